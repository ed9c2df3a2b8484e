import type { Refusal } from '../terms/index.ts'
import type { ModemHas, WriterAnswer } from './answer.ts'
import { saidToWriter } from './said-to-writer.ts'

/** Everything that is said of a reason, but for the number that comes with it. */
interface Reason {
  readonly what: (detail: string) => string
  readonly modemHas: ModemHas
  readonly likely: string
  readonly remedy: string
  /** Its detail is what the modem said. */
  readonly said?: true
}

const programmedWrong = 'the page was not erased before it was programmed, or the image was changed on its way'

/** By the number in bits 24 to 27: the table in examples/ncs/writer/README.md. */
const reasons: Readonly<Record<number, Reason>> = {
  1: {
    what: (said) => `the modem did not start: ${said}`,
    modemHas: 'nothing',
    likely: 'the modem firmware is absent, or its update was interrupted',
    remedy: 'program the modem firmware, then run this again',
    said: true,
  },
  2: {
    what: (said) => `the modem refused to switch its radio off: ${said}`,
    modemHas: 'nothing',
    likely: 'the modem did not start as it should',
    remedy: 'take the power off the board for a moment, then run this again',
    said: true,
  },
  3: {
    what: (said) => `the modem did not tell its IMEI: ${said}`,
    modemHas: 'nothing',
    likely: 'the modem has no IMEI yet, or did not start as it should',
    remedy: 'read the IMEI with another tool; where there is none, the module is not finished',
    said: true,
  },
  4: {
    what: (digits) => `what the modem gave as its IMEI begins with ${digits} digits, and not with 15`,
    modemHas: 'nothing',
    likely: 'the modem has no IMEI yet',
    remedy: 'read the IMEI with another tool; where there is none, the module is not finished',
  },
  5: {
    what: () => "the page's field for the IMEI held another one already",
    modemHas: 'nothing',
    likely: programmedWrong,
    remedy: 'erase the page and run this again',
  },
  6: {
    what: (word) => `flash did not keep what was programmed at word ${word} of the page`,
    modemHas: 'nothing',
    likely: programmedWrong,
    remedy: 'erase the page and run this again; if it stays, suspect the chip',
  },
  7: {
    what: () => 'there is no table on the page',
    modemHas: 'nothing',
    likely: 'the writer was programmed without credentials',
    remedy: 'give it at least one credential',
  },
  8: {
    what: () => 'the table does not end where the page ends',
    modemHas: 'nothing',
    likely: "the credentials take more room than this writer's page has, or the image was cut",
    remedy: 'give it fewer credentials at a time',
  },
  9: {
    what: (length) => `an item of ${length} bytes; a writer takes 1 to 4077`,
    modemHas: 'nothing',
    likely: 'a file with more than one chain in it',
    remedy: 'shorten the chain: the root CA belongs in a file of its own',
  },
  10: {
    what: (place) => `a quote or a NUL at byte ${place} of an item, which no AT command can carry`,
    modemHas: 'nothing',
    likely: 'the file is no text, or has text around its PEM',
    remedy: 'take out whatever is not PEM',
  },
  11: {
    what: (said) => `the modem refused an item: ${said}`,
    modemHas: 'before',
    likely: 'unknown: it gave no number',
    remedy: 'run this again once',
    said: true,
  },
  12: {
    what: (said) => `the modem did not answer to an item: ${said}`,
    modemHas: 'before-or-with',
    likely: 'the modem crashed, or its supply dipped while it wrote',
    remedy: 'check the supply, then run this again: writing the same once more does no harm',
    said: true,
  },
}

const noItem = 0xff

/** Reads a word of our own writer; undefined where it is none. */
export function ownAnswer(word: number): WriterAnswer | undefined {
  const reason = word >>> 28 === 5 ? reasons[(word >>> 24) & 0xf] : undefined
  if (reason === undefined) return undefined
  const detail = word & 0xffff
  const item = (word >>> 16) & 0xff
  const refusal = reason.said === true ? refusalIn(detail) : undefined
  const known =
    refusal?.kind === 'cme' || refusal?.kind === 'cms' ? saidToWriter(refusal.kind, refusal.code) : undefined
  return {
    word,
    is: 'refused',
    modemHas: reason.modemHas,
    what: reason.what(reason.said === true ? saidWords(detail) : String(detail)),
    likely: known?.likely ?? reason.likely,
    remedy: known?.remedy ?? reason.remedy,
    ...(item !== noItem && { item }),
    ...(refusal !== undefined && { refusal }),
  }
}

/** The kind in the two upper bits, the number below. An errno of the library is no refusal of the modem. */
function refusalIn(detail: number): Refusal | undefined {
  const code = detail & 0x3fff
  switch (detail >>> 14) {
    case 0:
      return { kind: 'cme', code }
    case 1:
      return { kind: 'cms', code }
    case 3:
      return { kind: 'error' }
    default:
      return undefined
  }
}

function saidWords(detail: number): string {
  const code = detail & 0x3fff
  switch (detail >>> 14) {
    case 0:
    case 1: {
      const kind = detail >>> 14 === 0 ? 'cme' : 'cms'
      const meaning = saidToWriter(kind, code)?.meaning ?? 'a number that is in no table of ours'
      return `+${kind.toUpperCase()} ERROR: ${code}, ${meaning}`
    }
    case 2:
      return `errno ${code} of the modem library`
    default:
      return 'ERROR, without a number'
  }
}

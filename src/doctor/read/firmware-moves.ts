import type { Tell } from '../ledger.ts'
import { type Line, noEnd, type Reader } from './line.ts'

/** A line that says which firmware the modem has, and nothing else: the answer to `AT+CGMR`, or a log line of a name and a value. */
const stated =
  /^\s*(?:<\s*)?(?:.{0,40}\b(?:firmware|fw)(?: (?:version|ver\.?|revision))?\s*[:=]\s*"?)?(mfw_nrf9[\w-]{1,12}_\d+\.\d+\.\d+[\w.-]{0,24})"?\s*$/i

/** Whose versions are meant in a sentence. */
const aboutModem = /\b(?:modem (?:firmware|fw)|mfw)/i
/** Versions of something else, which may stand in the same sentence. */
const ofOthers =
  /\b(?:NCS|nRF Connect SDK|SDK|sdk-nrf|nrf_modem|bsdlib|nrfxlib|zephyr)\W{0,3}(?:version )?v?\d+\.\d+\S{0,16}/gi

const version = '(?:mfw_nrf9[\\w-]{1,12}_|mfw |modem firmware |v)?(\\d\\.\\d{1,2}\\.\\d{1,2})\\b'
/** What stands between two versions of one sentence. */
const between = '[^.;\\d]{0,60}?'

/** How people say which of two versions came first. `first`: which of the two that are found is the earlier one. */
const told: readonly { readonly pattern: RegExp; readonly first: 1 | 2 }[] = [
  { pattern: new RegExp(`\\bfrom ${version}${between}\\bto ${version}`, 'i'), first: 1 },
  { pattern: new RegExp(`${version}\\s*(?:->|=>|→)\\s*${version}`, 'i'), first: 1 },
  { pattern: new RegExp(`\\b(?:back|down) to ${version}${between}\\bfrom ${version}`, 'i'), first: 2 },
  { pattern: new RegExp(`${version}[^\\w.;]{0,3}before${between}${version}`, 'i'), first: 1 },
  {
    pattern: new RegExp(
      `\\b(?:before|was|had|previously|formerly|originally)\\b[^.;\\d]{0,30}${version}.{1,60}?${version}`,
      'i',
    ),
    first: 1,
  },
  {
    pattern: new RegExp(
      `${version}${between}\\b(?:before that|before it|was|previously|formerly|earlier|instead of|in place of)\\b[^.;\\d]{0,20}${version}`,
      'i',
    ),
    first: 2,
  },
]

/**
 * Which modem firmware came after which: by the order of lines that state it, which is that of time, or by words such as
 * "from 1.3.1 to 1.2.8", "before the update".
 */
export function firmwareMoveReader(tell: Tell): Reader {
  const last = new Map<string, string>()
  return {
    line(line) {
      const text = line.text.includes('mfw_') ? stated.exec(line.text)?.[1] : undefined
      if (text !== undefined) follow(line, text, last, tell)
      else if (aboutModem.test(line.text)) readTold(line, tell)
    },
    end: noEnd,
  }
}

/** Of each board that lines name by itself: two boards with two firmwares are no move. */
function follow(line: Line, to: string, last: Map<string, string>, tell: Tell): void {
  const board = `${line.role} ${line.subject ?? ''}`
  const from = last.get(board)
  last.set(board, to)
  if (from !== undefined && from !== to) tell(line, 'firmware-move', { from, to })
}

function readTold(line: Line, tell: Tell): void {
  const text = line.text.slice(0, 1024).replaceAll(ofOthers, '')
  for (const { pattern, first } of told) {
    const [, one = '', two = ''] = pattern.exec(text) ?? []
    if (one === '' || one === two) continue
    const [from, to] = first === 1 ? [one, two] : [two, one]
    return tell(line, 'firmware-move', { from, to })
  }
}

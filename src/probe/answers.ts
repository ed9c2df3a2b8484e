import { keyLibraryCodes, untranslated } from '../numbers/index.ts'
import { notRun, type WriterAnswer } from './answer.ts'
import { ownAnswer } from './own-answers.ts'
import { saidToWriter } from './said-to-writer.ts'

/** The open writer is built with an SDK of NCS 1: its key library swaps 514 and 518, and names few refusals. */
const openWriterSdk = [1, 2, 0] as const

const done: WriterAnswer = {
  word: 0,
  is: 'done',
  modemHas: 'all',
  what: 'the modem has taken every item',
  likely: 'it said OK to each; that is presence, and no proof of a session',
  remedy: 'let its application connect',
}

/** The open writer's -EPERM, which its library makes of 514, has the bits of a blank word: -1. */
const silent: WriterAnswer = {
  word: notRun,
  is: 'silent',
  modemHas: 'unknown',
  what: 'the writer has left no result',
  likely:
    'it does not run on this chip, or its page is elsewhere; the open writer is silent too where the modem refuses CFUN=0, its IMEI, or an item with 514',
  remedy: "check that the writer is for this chip and that its page is where this image's is",
}

/**
 * Reads the result word of a writer, of the open one or of ours: no word of the one is a word of the other. Pure: nothing is asked.
 *
 * @example readAnswer(0x5b_00_02_06) // +CME ERROR: 518 to the first item
 */
export function readAnswer(word: number): WriterAnswer {
  const unsigned = word >>> 0
  if (unsigned === done.word) return done
  if (unsigned === notRun) return silent
  return ownAnswer(unsigned) ?? openAnswer(unsigned)
}

/** The open writer gives the number that its key library returned for the first write that failed, and not which one that was. */
function openAnswer(word: number): WriterAnswer {
  const signed = word | 0
  if (signed === untranslated)
    return refusedBy(word, 'the modem refused an item with a number that the writer does not name')
  if (signed > 0 || signed < -4095) return strange(word)
  const codes = keyLibraryCodes(signed, { ncs: openWriterSdk })
  const [code] = codes
  if (code === undefined || codes.length > 1) return refusedBy(word, `an item was refused with errno ${-signed}`)
  const known = saidToWriter('cme', code)
  return {
    ...refusedBy(
      word,
      `the modem refused an item: errno ${-signed}, which stands for +CME ERROR: ${code}, ${known?.meaning}`,
    ),
    likely: known?.likely ?? 'unknown',
    remedy: known?.remedy ?? 'run this again once',
    refusal: { kind: 'cme', code },
  }
}

function refusedBy(word: number, what: string): WriterAnswer {
  return {
    word,
    is: 'refused',
    modemHas: 'some',
    what,
    likely:
      'a file that is no PEM (527), a slot that is taken (519), or a low supply (528): this writer tells them no further apart',
    remedy: 'check the files and the supply, then run this again',
  }
}

function strange(word: number): WriterAnswer {
  return {
    word,
    is: 'refused',
    modemHas: 'unknown',
    what: 'that is the word of no writer that we know',
    likely: 'the page is not where this writer has it, or the writer is another one',
    remedy: 'name its page with --writer-page',
  }
}

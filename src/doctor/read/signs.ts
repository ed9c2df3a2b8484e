import type { Tell } from '../ledger.ts'
import { signsIn } from '../signs/signs.ts'
import { noEnd, type Reader } from './line.ts'

/** So much of a line is looked at: a command may be longer, and what it carries is no prose. */
const searched = 1024

/** A line that is a command and nothing else is for the reader of dialogues. */
const commandOnly = /^\s*>?\s*AT[+%#]\S*\s*$/i

/** What lines show and people tell that is no number: one search for each sign, of any log and any prose. */
export function signReader(tell: Tell): Reader {
  return {
    line(line) {
      if (commandOnly.test(line.text)) return
      const text = `${line.module ?? ''} ${line.text.slice(0, searched)}`.trimStart()
      for (const sign of signsIn(text)) tell(line, 'seen', { sign })
    },
    end: noEnd,
  }
}

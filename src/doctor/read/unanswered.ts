import type { Tell } from '../ledger.ts'
import { type Line, noEnd, type Reader } from './line.ts'

const question = /^\s*(?:[<>]{1,2} ?)?AT\s*$/
const answer = /^\s*(?:[<>]{1,2} ?)?(?:OK|ERROR|\+CM[ES] ERROR)\b/

/** A command that lost or changed a letter on its way: no such sign is in any command's name. */
const mangled = /^\s*(?:[<>]{1,2} ?)?AT[+%#][A-Z]{2,12}[[\]{}~^|`\\](?![A-Z]{3})/

/** So often somebody asks whether the modem is there before it is clear that nothing answers. */
const inVain = 3

/** `AT`, again and again, and no answer in between: nobody is at the other end of the line, or nobody who understands. */
export function unansweredReader(tell: Tell): Reader {
  let asked = 0
  return {
    line(line: Line) {
      if (mangled.test(line.text)) tell(line, 'seen', { sign: 'serial-path-odd' })
      if (answer.test(line.text)) asked = 0
      if (!question.test(line.text)) return
      asked++
      if (asked === inVain) tell(line, 'seen', { sign: 'at-unanswered' })
    },
    end: noEnd,
  }
}

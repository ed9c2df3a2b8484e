import type { Tell } from '../ledger.ts'
import { Prose } from '../prose/told.ts'
import { signsIn } from '../signs/signs.ts'
import { brokerFiles } from './broker-files.ts'
import { type Line, noEnd, type Reader } from './line.ts'

/** So much of a line is looked at: a command may be longer, and what it carries is no prose. */
const searched = 1024

/** A line that is a command and nothing else is for the reader of dialogues. */
const commandOnly = /^\s*>?\s*AT[+%#]\S*\s*$/i

/** Whether a person wrote it: no stamp, no level, no module, and a few words in a row. */
function isProse(line: Line): boolean {
  if (line.module !== undefined || line.text.length > searched || line.raw !== line.text) return false
  return (
    /[A-Za-z']{2,} [A-Za-z']+ [A-Za-z']{2,}/.test(line.text) &&
    !/^\s*(?:[[{<>]|[+%#]\w+[:=?])|^\d{9,11}: /.test(line.text)
  )
}

/** What lines show and people tell that is no number: one search for each sign, of any log and any prose. */
export function signReader(tell: Tell): Reader {
  const isOfBrokersFiles = brokerFiles()
  const prose = new Prose()
  return {
    line(line) {
      if (commandOnly.test(line.text)) return
      if (isOfBrokersFiles(line)) return tell(line, 'seen', { sign: 'listener-misconfigured' })
      const signs = signsIn(`${line.module ?? ''} ${line.text.slice(0, searched)}`.trimStart())
      for (const sign of signs) tell(line, 'seen', { sign })
      if (!isProse(line)) return
      const told = prose.line(line.text)
      for (const sign of told.signs) if (!signs.includes(sign)) tell(line, 'seen', { sign, loosely: true })
      for (const matter of told.matters) tell(line, 'matter', { matter })
    },
    end: noEnd,
  }
}

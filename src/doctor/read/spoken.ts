import { type Asked, askedIn } from './command.ts'

/** What a line is in a dialogue: a question, a line of an answer, the blank reply to one, or nothing of a dialogue. */
export type Spoken =
  | { readonly is: 'question'; readonly asked: Asked }
  | { readonly is: 'answer' | 'final'; readonly text: string }
  | { readonly is: 'blank' }

/** What people write beside the end of an answer: `OK (nothing else)`. */
const remark =
  /^(OK|ERROR|\+CM[ES] ERROR: ?\d+)(?:\s*\(.{0,160}|,? (?:and )?nothing(?: else| more)?|,? only|,? no lines)[.)]*$/
const finalLine = /^(?:OK|ERROR|\+CM[ES] ERROR: ?\d+)$/
const informationLine = /^[+%#][A-Z]\w+:/i
const blank = /^(?:\(?\s*(?:blank|empty|nothing|no text)\s*(?:reply|answer|message|sms)?\s*\)?|""|'')$/i
const marked = /^\s*([<>])(?: (.*))?$/s

/** People note down so much in a line; what is longer is a credential or noise. */
const longestNote = 400

/** Several exchanges in one line, as people note them down: `AT+CFUN=1 -> OK ; AT+CIMI -> ERROR`. */
function exchangesIn(text: string): string[] {
  if (text.length > longestNote) return [text]
  return /\bAT.*(?:->|→).*;\s*AT/i.test(text) ? text.split(/\s;\s|;\s(?=AT)/i) : [text]
}

/** Questions whose answer is a bare word, without the name of the command in front (ID facts). */
const bareAnswers = new Set(['+CGMR', '+CGMM', '+CGSN', '+CIMI', '%SHORTSWVER'])

/** What a line says in a dialogue. `asked`: the question that is open, which decides whether a bare word is an answer. */
export function spokenIn(text: string, asked: Asked | undefined): Spoken[] {
  const found: Spoken[] = []
  for (const exchange of exchangesIn(text)) {
    const open = asked !== undefined || found.length > 0
    const question = questionIn(exchange)
    if (question === undefined) found.push(...answerIn(exchange, open, bareAnswers.has(asked?.name ?? '')))
    else {
      found.push({ is: 'question', asked: question })
      if (question.reply !== undefined) found.push(...answerIn(`< ${question.reply}`, true, true))
    }
  }
  return found
}

function questionIn(text: string): Asked | undefined {
  const [, mark, behind = ''] = marked.exec(text) ?? []
  // A modem never begins a line with AT: whoever marks it so has the arrows the other way round.
  if (mark === '<') return /^AT[+%#]/i.test(behind) ? askedIn(behind.trim()) : undefined
  return askedIn(mark === '>' ? behind.trim() : text.trim())
}

function answerIn(line: string, open: boolean, bare: boolean): Spoken[] {
  const [, mark, behind = ''] = marked.exec(line) ?? []
  if (mark === '>' && !finalLine.test(behind.trim()) && !informationLine.test(behind)) return []
  const text = (mark === undefined ? line.replace(/^\s*(?:-+>|=+>|→)/, '') : behind).trim().replace(remark, '$1')
  if (finalLine.test(text)) return [{ is: 'final', text }]
  if (informationLine.test(text)) return [{ is: 'answer', text }]
  if (mark === '<' && text === '') return [{ is: 'blank' }]
  if (open && blank.test(text)) return [{ is: 'blank' }]
  const wordy = mark === '<' || (bare && /^[\w.-]{3,40}$/.test(text))
  return open && wordy && text !== '' ? [{ is: 'answer', text }] : []
}

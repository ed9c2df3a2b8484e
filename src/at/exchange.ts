import { type Outcome, ok, type Refusal, refused } from '../terms/index.ts'
import { type Command, commandText } from './command.ts'
import { finalOf } from './final.ts'

/** One command on its way: what was sent, and the information lines that came so far. */
export interface Exchange<Q, A> {
  readonly command: Command<Q, A>
  readonly sent: string
  readonly information: readonly string[]
}

/** What can happen to an exchange. Timers and streams stay outside. */
export type ExchangeInput =
  | { kind: 'line'; line: string }
  | { kind: 'deadline'; afterMs: number; unfinished: string }
  | { kind: 'misspoken'; why: string }
  | { kind: 'aborted' }
  | { kind: 'unplugged' }

/** What follows from it. `unsolicited` hands a line on that was not the answer's. */
export type ExchangeStep<Q, A> =
  | { kind: 'waiting'; exchange: Exchange<Q, A> }
  | { kind: 'unsolicited'; line: string }
  | { kind: 'done'; outcome: Outcome<A> }

/** An exchange before its first line. */
export function beginExchange<Q, A>(command: Command<Q, A>, request: Q): Exchange<Q, A> {
  return { command, sent: commandText(command, request), information: [] }
}

/** One step of the state machine: waiting → waiting → … → done. */
export function stepExchange<Q, A>(exchange: Exchange<Q, A>, input: ExchangeInput): ExchangeStep<Q, A> {
  switch (input.kind) {
    case 'line':
      return takeLine(exchange, input.line)
    case 'deadline':
      return { kind: 'done', outcome: refused(lateness(input)) }
    case 'misspoken':
      return { kind: 'done', outcome: refused({ kind: 'garbled', text: '', why: input.why }) }
    case 'aborted':
    case 'unplugged':
      return { kind: 'done', outcome: refused({ kind: input.kind }) }
  }
}

function takeLine<Q, A>(exchange: Exchange<Q, A>, line: string): ExchangeStep<Q, A> {
  const final = finalOf(line)
  if (final?.ok) return { kind: 'done', outcome: answerOf(exchange) }
  if (final !== undefined && !strayFinal(exchange, final.refusal)) return { kind: 'done', outcome: final }
  if (line === exchange.sent) return { kind: 'waiting', exchange }
  if (exchange.command.answer.claims(line)) {
    return { kind: 'waiting', exchange: { ...exchange, information: [...exchange.information, line] } }
  }
  return { kind: 'unsolicited', line }
}

/** `+CMS ERROR: 524` also comes by itself, when a delivery was not acknowledged (SMS-14): not an answer to `%CMNG`. */
function strayFinal<Q, A>(exchange: Exchange<Q, A>, refusal: Refusal): boolean {
  return refusal.kind === 'cms' && !/^\+C(MG|NM|MM|GSMS)/.test(exchange.command.name)
}

function answerOf<Q, A>(exchange: Exchange<Q, A>): Outcome<A> {
  const text = exchange.information.join('\r\n')
  try {
    return ok(exchange.command.answer.parse(text))
  } catch (error) {
    return refused({ kind: 'garbled', text, why: error instanceof Error ? error.message : String(error) })
  }
}

function lateness(input: { afterMs: number; unfinished: string }): Refusal {
  if (!input.unfinished.includes('"')) return { kind: 'silence', afterMs: input.afterMs }
  return { kind: 'garbled', text: input.unfinished, why: 'a quote was opened and never closed' }
}

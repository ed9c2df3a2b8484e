import { styleText } from 'node:util'
import { Striker } from '../at/index.ts'
import { type Clock, isoTime, type Proof, type Refusal, type Secret } from '../terms/index.ts'
import { type Exit, exitCodes } from './exit-codes.ts'
import type { Failure } from './failure.ts'

/** A place that text goes to. */
export type Write = (text: string) => void

/** How a verb ended. `left` says how the board stands, where it was changed. */
export interface Ending {
  readonly exit: Exit
  readonly proof?: Proof
  readonly verdict?: 'PASS' | 'FAIL' | 'UNKNOWN'
  readonly left?: unknown
  readonly refusal?: Refusal
  readonly failure?: Failure
  /** What else belongs into the last line of `--json`. */
  readonly more?: Record<string, unknown>
}

/** What is printed: tables for people, JSON lines for machines, or nothing but failures. */
export type Mode = 'table' | 'json' | 'quiet'

/** How something looks; only where a terminal shows colours. UNKNOWN is never green. */
export type Look = 'good' | 'bad' | 'unknown' | 'dim' | 'strong'

const styles = { good: 'green', bad: 'red', unknown: 'yellow', dim: 'dim', strong: 'bold' } as const

/** What an event carries beside its type. */
export type EventData = Readonly<Record<string, unknown>> & { readonly type?: never }

/** Where a verb speaks. Everything that leaves the process passes {@link Output.know}n secrets' striker. */
export class Output {
  readonly mode: Mode
  readonly #out: Write
  readonly #err: Write
  readonly #clock: Clock
  readonly #colour: { readonly out: boolean; readonly err: boolean }
  readonly #striker = new Striker()
  #sequence = 0

  /** How wide a line may be; undefined where no terminal shows it. */
  readonly columns: number | undefined

  constructor(options: {
    mode: Mode
    out: Write
    err: Write
    clock: Clock
    colour: { out: boolean; err: boolean }
    columns?: number
  }) {
    this.mode = options.mode
    this.#out = options.out
    this.#err = options.err
    this.#clock = options.clock
    this.#colour = options.colour
    this.columns = options.columns
  }

  /** Strikes a secret out of everything that is printed from now on. */
  know(secret: Secret): void {
    this.#striker.know(secret)
  }

  /** One event: a JSON line for machines, `words` for people. */
  event(type: string, data: EventData, words?: string): void {
    if (this.mode === 'json') this.#json(type, data)
    if (words !== undefined) this.say(words)
  }

  /** Words for people only, where machines have had the events already. */
  say(words: string): void {
    if (this.mode === 'table') this.#out(this.#clean(`${words}\n`))
  }

  /** Something worth knowing that is no result: to standard error, so that a table can be piped. `words` is how people see `text`. */
  notice(code: string, text: string, more: Record<string, unknown> = {}, words = text): void {
    if (this.mode === 'json') this.#json('notice', { code, text, ...more })
    if (this.mode === 'table') this.#err(this.#clean(`${words}\n`))
  }

  /** Something that nobody may miss, also with `--quiet`: what is in doubt, or not as it was found. */
  warn(code: string, words: string, more: Record<string, unknown> = {}): void {
    if (this.mode === 'json') this.#json('notice', { code, text: words, ...more })
    else this.#err(this.#clean(`${words}\n`))
  }

  /** A look on standard output, where a terminal shows it. */
  look(look: Look, text: string): string {
    return this.#colour.out ? styleText(styles[look], text, { validateStream: false }) : text
  }

  /** A look on standard error. */
  lookErr(look: Look, text: string): string {
    return this.#colour.err ? styleText(styles[look], text, { validateStream: false }) : text
  }

  /** The last words of a verb. */
  end(verb: string, ending: Ending): void {
    const { exit, failure, proof, verdict, left, refusal, more } = ending
    if (failure !== undefined) this.#fail(failure)
    if (this.mode !== 'json') return
    this.#json('result', {
      verb,
      ok: exit === 0,
      exit,
      meaning: exitCodes[exit],
      ...(verdict !== undefined && { verdict }),
      ...(proof !== undefined && { proof }),
      ...(left !== undefined && { left }),
      ...(refusal !== undefined && { refusal }),
      ...more,
    })
  }

  #fail(failure: Failure): void {
    if (this.mode === 'json') return this.#json('failure', { ...failure })
    const rows = [
      `${this.lookErr('bad', 'error')}  ${failure.what}`,
      `state  ${failure.state}`,
      `why    ${failure.why}`,
      `next   ${this.lookErr('strong', failure.next)}`,
    ]
    this.#err(this.#clean(`${rows.join('\n')}\n`))
  }

  #json(type: string, data: Record<string, unknown>): void {
    const head = { schema: 'sectag/1', seq: this.#sequence++, time: isoTime(this.#clock.now()), type }
    this.#out(`${JSON.stringify({ ...head, ...(this.#cleanValue(data) as object) })}\n`)
  }

  /** Texts are struck before they become JSON, so that what is struck can break no line. */
  #cleanValue(value: unknown): unknown {
    if (typeof value === 'string') return this.#clean(value)
    if (Array.isArray(value)) return value.map((item) => this.#cleanValue(item))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#cleanValue(item)]))
  }

  #clean(text: string): string {
    return text
      .split('\n')
      .map((line) => this.#striker.line(line).text)
      .join('\n')
  }
}

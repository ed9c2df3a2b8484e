import { type Bytes, byteText, bytesOf, type Clock, type Outcome, refused, type Secret } from '../terms/index.ts'
import { attend } from './attention.ts'
import { type Command, commandText } from './command.ts'
import { type Dialect, typedIn } from './dialect.ts'
import { Ear } from './ear.ts'
import { beginExchange, type Exchange, type ExchangeInput, stepExchange } from './exchange.ts'
import { Mailbox } from './mailbox.ts'
import type { Port, PortInfo } from './port.ts'
import { isShellRefusal } from './shell-framing.ts'
import { Striker } from './strike.ts'
import type { Entry, Tap } from './transcript.ts'

/** What a channel needs besides its port. */
export interface ChannelOptions {
  clock: Clock
  /** Hears every line, secrets struck out. */
  tap?: Tap
  /** Gives up every exchange when aborted: for dialogues that only ask. */
  signal?: AbortSignal
  /** Sent behind each command. CR LF suits an AT host of any build (HOST-04). */
  terminator?: string
  /** How the board wants to be spoken to; found out while attention is gained, unless given. */
  dialect?: Dialect
}

/** How one exchange may differ from its command's habit. */
export interface SendOptions {
  /** Milliseconds to wait for the final result, the time on the wire not counted. */
  patience?: number
  /** Gives up waiting. The modem may still carry the command out: ask it afterwards. */
  signal?: AbortSignal
}

interface Current {
  step(input: ExchangeInput): boolean
}

const defaultPatience = 5000
/** Milliseconds that closing a port may take. */
const closingTakes = 1000
const mostWaiting = 64
const mostUnsolicited = 1024
/** What a port that does not know its speed is taken to have: the AT host's default (HOST-01). */
const usualBaud = 115_200

/**
 * One AT dialogue over one port: one exchange at a time, each with a deadline. Nothing about a modem lives outside its
 * channel; two channels in one process know nothing of each other.
 */
export class Channel {
  readonly info: PortInfo
  /** Lines that no exchange asked for. Nobody has to read them; the last 1,024 are kept. */
  readonly unsolicited = new Mailbox<string>(mostUnsolicited)
  /** Resolves when the port is gone, and says whose doing it was. */
  readonly closed: Promise<'unplugged' | 'closed'>
  readonly #port: Port
  readonly #ear: Ear
  readonly #clock: Clock
  readonly #terminator: string
  readonly #tap: Tap | undefined
  readonly #signal: AbortSignal | undefined
  readonly #reader: ReadableStreamDefaultReader<Bytes>
  readonly #writer: WritableStreamDefaultWriter<Bytes>
  readonly #said = new Striker()
  readonly #heard = this.#said.twin()
  /** Milliseconds that one byte may take: ten bits, and a tenth more. */
  readonly #byteTime: number
  /** Bytes that were typed without waiting for an answer and may still be on the wire. */
  #typed = 0
  #pduFollows = false
  #current: Current | undefined
  #tail: Promise<unknown> = Promise.resolve()
  #waiting = 0
  #gone = false
  /** Whether an answer may still be on its way that the next exchange must not take for its own. */
  #suspect = false

  constructor(port: Port, options: ChannelOptions) {
    this.info = port.info
    this.#port = port
    this.#clock = options.clock
    this.#tap = options.tap
    this.#terminator = options.terminator ?? '\r\n'
    this.#ear = new Ear(options.dialect)
    this.#byteTime = 11_000 / (port.info.baud ?? usualBaud)
    this.#reader = port.readable.getReader()
    this.#writer = port.writable.getWriter()
    this.#signal = options.signal
    this.#writer.closed.catch(() => {})
    this.closed = port.closed.then((how) => {
      this.#leave()
      return how
    })
    void this.#listen()
  }

  /** How the board is spoken to; undefined until it has answered. */
  get dialect(): Dialect | undefined {
    return this.#ear.dialect
  }

  /** Strikes a secret out of everything the tap hears from now on. */
  strike(secret: Secret): void {
    this.#said.know(secret)
  }

  /** A text with the channel's secrets struck out: for whatever else might be printed. */
  struck(text: string): string {
    return this.#said.twin().line(text).text
  }

  /** Sends one command and waits for its outcome. Commands sent meanwhile wait their turn. */
  async send<Q, A>(command: Command<Q, A>, request: Q, options: SendOptions = {}): Promise<Outcome<A>> {
    if (this.#waiting >= mostWaiting) return refused({ kind: 'busy' })
    this.#waiting++
    const turn = this.#tail.then(async () => {
      const attention = this.#suspect ? await this.#attend() : undefined
      return attention?.ok === false ? attention : this.#exchange(command, request, options)
    })
    this.#tail = turn.catch(() => {})
    return turn.finally(() => this.#waiting--)
  }

  /**
   * Makes sure that somebody answers and that no unfinished command waits on the other side; one that does is
   * discarded and never carried out. Says whether there was one. See attention.ts.
   */
  async attention(): Promise<Outcome<{ torn: boolean }>> {
    const turn = this.#tail.then(() => this.#attend())
    this.#tail = turn.catch(() => {})
    return turn
  }

  /** Closes the port. An exchange under way ends as `unplugged`. */
  async close(): Promise<void> {
    this.#leave()
    const closing = this.#writer.close().catch(() => {})
    // A port that takes no more bytes never finishes its last write: then it is torn down.
    await this.#within(closingTakes, closing).catch(() => void this.#writer.abort().catch(() => {}))
    await this.#within(closingTakes, this.#reader.cancel()).catch(() => {})
  }

  /** Lets go of the port without closing it, for somebody else to use. */
  release(): Port {
    this.#leave()
    this.#reader.releaseLock()
    this.#writer.releaseLock()
    return this.#port
  }

  async #attend(): Promise<Outcome<{ torn: boolean }>> {
    const outcome = await attend({
      ask: (command, patience) => this.#exchange(command, undefined, { patience }),
      type: (text) => this.#type(text),
      finish: (text, patience) => this.#awaitFinal(text, patience),
      quiet: (ms) => this.#clock.sleep(ms),
      remark: (text) => this.#tell('#', text),
    })
    if (outcome.ok) {
      this.#suspect = false
      this.#ear.settle()
    }
    return outcome
  }

  async #exchange<Q, A>(command: Command<Q, A>, request: Q, options: SendOptions): Promise<Outcome<A>> {
    if (this.#gone) return refused({ kind: 'unplugged' })
    if (options.signal?.aborted || this.#signal?.aborted) return refused({ kind: 'aborted' })
    const text = commandText(command, request)
    const typed = typedIn(this.#ear.dialect ?? 'at-host', text)
    if (!typed.ok) return typed
    this.#tell('>', text)
    const outcome = await this.#await(beginExchange(command, request), typed.value, {
      ...options,
      patience: options.patience ?? command.patience ?? defaultPatience,
    })
    if (outcome.ok || outcome.refusal.kind !== 'garbled') return outcome
    return refused({ ...outcome.refusal, text: this.struck(outcome.refusal.text).slice(0, 500) })
  }

  /** Sends text that is no command of ours and waits for any final result. */
  #awaitFinal(text: string, patience: number): Promise<Outcome<string[]>> {
    const anything: Command<void, string[]> = {
      name: '',
      doc: 'whatever comes',
      request: { format: () => '', parse: () => {} },
      answer: { claims: () => false, format: () => '', parse: () => [] },
    }
    return this.#await(beginExchange(anything, undefined), text, { patience })
  }

  async #await<Q, A>(
    begun: Exchange<Q, A>,
    text: string,
    options: { patience: number; signal?: AbortSignal },
  ): Promise<Outcome<A>> {
    this.#dropUnfinished()
    const { promise, resolve } = Promise.withResolvers<Outcome<A>>()
    let exchange = begun
    this.#current = {
      step: (input) => {
        const step = stepExchange(exchange, input)
        if (step.kind === 'waiting') exchange = step.exchange
        if (step.kind === 'done') {
          // At once: what follows the final result in the same chunk is no longer this exchange's.
          this.#current = undefined
          resolve(step.outcome)
        }
        return step.kind !== 'unsolicited'
      },
    }
    const settled = new AbortController()
    const abort = () => this.#current?.step({ kind: 'aborted' })
    for (const signal of [options.signal, this.#signal]) signal?.addEventListener('abort', abort)
    this.#deadline(options.patience, text.length, settled.signal)
    this.#ear.expect(text)
    void this.#write(text + this.#terminator)
    const outcome = await promise
    settled.abort()
    for (const signal of [options.signal, this.#signal]) signal?.removeEventListener('abort', abort)
    const kind = outcome.ok ? 'ok' : outcome.refusal.kind
    if (kind === 'silence' || kind === 'aborted' || kind === 'garbled') this.#suspect = true
    return outcome
  }

  #deadline(patience: number, bytes: number, settled: AbortSignal): void {
    const late = (): void => {
      this.#current?.step({
        kind: 'deadline',
        afterMs: patience,
        unfinished: this.#ear.unfinished(),
      })
    }
    const onTheWire = (bytes + this.#typed) * this.#byteTime
    this.#typed = 0
    this.#clock.sleep(patience + onTheWire, settled).then(late, () => {})
  }

  async #type(text: string): Promise<void> {
    this.#typed += text.length
    await this.#within(defaultPatience + text.length * this.#byteTime, this.#write(text)).catch(() => {})
  }

  /** Waits for something no longer than so many milliseconds; rejects when they are over. */
  async #within(ms: number, something: Promise<unknown>): Promise<void> {
    const settled = new AbortController()
    const late = this.#clock.sleep(ms, settled.signal).then(() => Promise.reject(new Error('too late')))
    late.catch(() => {})
    await Promise.race([something, late]).finally(() => settled.abort())
  }

  async #write(text: string): Promise<void> {
    await this.#writer.write(bytesOf(text)).catch(() => this.#leave())
  }

  async #listen(): Promise<void> {
    for (;;) {
      const { value, done } = await this.#reader.read().catch(() => ({ value: undefined, done: true }))
      if (value !== undefined) this.#hear(byteText(value))
      if (done) return this.#leave()
    }
  }

  #hear(text: string): void {
    const { lines, found } = this.#ear.hear(text)
    if (found !== undefined) this.#tell('#', `dialect: ${found}`)
    // A shell has not understood what it was asked: that question is over.
    if (found === 'shell') this.#current?.step({ kind: 'misspoken', why: 'a shell answers here' })
    for (const line of lines) this.#take(line)
  }

  #take(line: string): void {
    this.#tell('<', line)
    const isPdu = this.#pduFollows // MODE-56: a PDU is no answer, whatever it looks like.
    this.#pduFollows = /^\+(?:CMT|CDS): /.test(line)
    const words = this.#ear.dialect === 'shell' && isShellRefusal(line) ? 'ERROR' : line
    if (isPdu || this.#current?.step({ kind: 'line', line: words }) !== true) this.unsolicited.put(line)
  }

  /** A quote that is still open when the next exchange begins never closes: what it swallowed is handed on as it stands. */
  #dropUnfinished(): void {
    const line = this.#ear.unfinished()
    if (line === '') return
    this.#ear.drop()
    this.#take(line)
  }

  #tell(direction: Entry['direction'], line: string): void {
    const striker = direction === '<' ? this.#heard : this.#said
    this.#tap?.({ direction, text: striker.line(line).text, at: this.#clock.now() })
  }

  #leave(): void {
    if (this.#gone) return
    this.#gone = true
    this.#current?.step({ kind: 'unplugged' })
    this.unsolicited.end()
  }
}

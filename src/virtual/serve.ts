import type { Port } from '../at/index.ts'
import { byteText, bytesOf, type Clock } from '../terms/index.ts'
import { type Dialect, type Front, type FrontLine, frontOf, type Typed } from './dialects/index.ts'
import type { Reply, VirtualModem } from './modem.ts'

/** How a virtual modem sits on its port. */
export interface ServeOptions {
  clock: Clock
  /** Bits a second at which bytes are paced, as a PTY or socket has no speed of its own; 0 does not pace. */
  baud?: number
  /** Whether the AT host types back what it hears; the library's never does (HOST-13). */
  echo?: boolean
  /** What the modem is reached through; the AT host library unless given. */
  dialect?: Dialect
}

/** The cable that a command came by. */
interface Cable {
  readonly say: (text: string) => Promise<void>
  /** Pulls it. */
  readonly pull: () => void
}

/**
 * What a board's application puts in front of its modem: an AT host, a shell or a Serial Modem. It outlives its cables: what
 * was typed into it and not ended waits there, as it does on a board that keeps its power. While a command is carried out
 * all that comes is lost but for the few bytes that are kept, whatever cable it came by (HOST-15).
 */
export class AtHost {
  readonly modem: VirtualModem
  readonly #options: ServeOptions
  readonly #perByte: number
  readonly #front: Front
  #line: FrontLine
  #busy = false
  /** What has been kept while a command was carried out. */
  #kept = ''
  #greeted = false
  readonly #cables = new Set<(text: string) => Promise<void>>()

  constructor(modem: VirtualModem, options: ServeOptions) {
    this.modem = modem
    this.#options = options
    this.#front = frontOf(options.dialect ?? { name: 'at-host' }, modem, (line) => this.#notice(line))
    this.#line = this.#front.start
    this.#perByte = options.baud === undefined || options.baud === 0 ? 0 : 10_000 / options.baud
  }

  /** Serves a port until its cable is pulled or the other side closes it. */
  async serve(port: Port): Promise<void> {
    const reader = port.readable.getReader()
    const writer = port.writable.getWriter()
    writer.closed.catch(() => {})
    let talking: Promise<void> = Promise.resolve()
    const say = (text: string): Promise<void> => {
      talking = talking.then(async () => {
        if (text === '') return
        await this.#onTheWire(text.length)
        await writer.write(bytesOf(text)).catch(() => {})
      })
      return talking
    }
    const cable: Cable = {
      say,
      pull: () => {
        void reader.cancel().catch(() => {})
        void writer.abort().catch(() => {})
      },
    }
    const deaf = this.modem.listen((line) => void say(this.#front.notice(line, this.#line)))
    this.#cables.add(say)
    try {
      if (!this.#greeted) void say(this.#front.greeting)
      this.#greeted = true
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return
        await this.#onTheWire(value.length)
        if (this.#options.echo === true) void say(byteText(value))
        this.#hear(byteText(value), cable)
      }
    } catch {
      // The cable was pulled: a modem does not mind.
    } finally {
      deaf()
      this.#cables.delete(say)
      await writer.close().catch(() => {})
    }
  }

  async #onTheWire(bytes: number): Promise<void> {
    if (this.#perByte > 0) await this.#options.clock.sleep(bytes * this.#perByte)
  }

  #notice(line: string): void {
    for (const say of this.#cables) void say(this.#front.notice(line, this.#line))
  }

  #hear(heard: string, cable: Cable): void {
    let echoed = ''
    for (const character of heard) {
      if (this.#busy) {
        if (this.#kept.length < this.#front.keeps) this.#kept += character
        continue
      }
      const typed = this.#front.type(this.#line, character)
      this.#line = typed.line
      if (typed.say !== undefined) echoed += typed.say
      if (typed.order === undefined) continue
      void cable.say(echoed)
      echoed = ''
      void this.#carryOut(typed.order, cable)
    }
    void cable.say(echoed)
  }

  async #carryOut(order: Required<Typed>['order'], cable: Cable): Promise<void> {
    this.#busy = true
    const reply = order.to === 'modem' ? await this.#askModem(order.text) : { text: await this.#front.own(order.text) }
    // It hears again when the answer begins to leave.
    this.#busy = false
    const kept = this.#kept
    this.#kept = ''
    void this.#answer(reply, cable)
    this.#hear(kept, cable)
  }

  async #answer({ text, later, unplugs }: Omit<Reply, 'takesMs'>, { say, pull }: Cable): Promise<void> {
    const said = text === '' ? Promise.resolve() : say(text)
    if (later !== undefined) {
      await this.#options.clock.sleep(later.afterMs)
      await say(later.text)
    }
    if (unplugs !== true) return
    await said
    pull()
  }

  async #askModem(text: string): Promise<Reply> {
    const reply = this.modem.execute(text)
    await this.#options.clock.sleep(reply.takesMs)
    const { later } = reply
    if (later === undefined) return { ...reply, text: this.#printed(reply.text) }
    // What comes in two parts is printed as one, and cut at the same place.
    const whole = this.#printed(reply.text + later.text)
    const at = reply.text.length
    return { ...reply, text: whole.slice(0, at), later: { ...later, text: whole.slice(at) } }
  }

  #printed(text: string): string {
    return text === '' ? '' : this.#front.answer(text)
  }
}

import type { Port } from '../at/index.ts'
import { byteText, bytesOf, type Clock } from '../terms/index.ts'
import { type AtHostLine, emptyLine, typeCharacter } from './at-host.ts'
import type { Reply, VirtualModem } from './modem.ts'

/** How a virtual modem sits on its port. */
export interface ServeOptions {
  clock: Clock
  /** Bits a second at which bytes are paced, as a PTY or socket has no speed of its own; 0 does not pace. */
  baud?: number
  /** Whether the AT host types back what it hears; the library's never does (HOST-13). */
  echo?: boolean
}

/** The cable that a command came by. */
interface Cable {
  readonly say: (text: string) => Promise<void>
  /** Pulls it. */
  readonly pull: () => void
}

/** Bytes that a UART keeps while its receiver is switched off. */
const fifo = 6

/**
 * An AT host in front of a modem. It outlives its cables: what was typed into it and not ended waits there, as it does on
 * a board that keeps its power. While a command is carried out its receiver is off, and all that comes is lost but for the
 * few bytes that the UART keeps, whatever cable it came by (HOST-15).
 */
export class AtHost {
  readonly modem: VirtualModem
  readonly #options: ServeOptions
  readonly #perByte: number
  #line: AtHostLine = emptyLine
  #busy = false
  /** What the UART has kept while the receiver was off. */
  #kept = ''

  constructor(modem: VirtualModem, options: ServeOptions) {
    this.modem = modem
    this.#options = options
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
    const deaf = this.modem.listen((line) => void say(`${line}\r\n`))
    try {
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
      await writer.close().catch(() => {})
    }
  }

  async #onTheWire(bytes: number): Promise<void> {
    if (this.#perByte > 0) await this.#options.clock.sleep(bytes * this.#perByte)
  }

  #hear(heard: string, cable: Cable): void {
    for (const character of heard) {
      if (this.#busy) {
        if (this.#kept.length < fifo) this.#kept += character
        continue
      }
      const typed = typeCharacter(this.#line, character)
      this.#line = typed.line
      if (typed.command !== undefined) void this.#carryOut(typed.command, cable)
    }
  }

  async #carryOut(command: string, cable: Cable): Promise<void> {
    this.#busy = true
    const reply = this.modem.execute(command)
    await this.#options.clock.sleep(reply.takesMs)
    // The receiver is on again when the answer begins to leave.
    this.#busy = false
    const kept = this.#kept
    this.#kept = ''
    void this.#answer(reply, cable)
    this.#hear(kept, cable)
  }

  async #answer({ text, later, unplugs }: Reply, { say, pull }: Cable): Promise<void> {
    const said = text === '' ? Promise.resolve() : say(text)
    if (later !== undefined) {
      await this.#options.clock.sleep(later.afterMs)
      await say(later.text)
    }
    if (unplugs !== true) return
    await said
    pull()
  }
}

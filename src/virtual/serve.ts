import type { Port } from '../at/index.ts'
import { byteText, bytesOf, type Clock } from '../terms/index.ts'
import { type AtHostLine, emptyLine, typeCharacter } from './at-host.ts'
import type { VirtualModem } from './modem.ts'

/** How a virtual modem sits on its port. */
export interface ServeOptions {
  clock: Clock
  /** Bits a second at which bytes are paced, as a PTY or socket has no speed of its own; 0 does not pace. */
  baud?: number
  /** Whether the AT host types back what it hears; the library's never does (HOST-13). */
  echo?: boolean
}

/** Bytes that a UART keeps while its receiver is switched off. */
const fifo = 6

/**
 * An AT host in front of a modem. It outlives its cables: what was typed into it and not ended waits there, as it does on
 * a board that keeps its power. While a command is carried out, nothing is received and what comes is lost (HOST-15).
 */
export class AtHost {
  readonly modem: VirtualModem
  readonly #options: ServeOptions
  readonly #perByte: number
  #line: AtHostLine = emptyLine

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
    const say = async (text: string): Promise<void> => {
      await this.#onTheWire(text.length)
      await writer.write(bytesOf(text)).catch(() => {})
    }
    const deaf = this.modem.listen((line) => void say(`${line}\r\n`))
    try {
      for (;;) {
        const { value, done } = await reader.read()
        if (done) return
        await this.#onTheWire(value.length)
        if (this.#options.echo === true) await say(byteText(value))
        await this.#hear(byteText(value), say)
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

  async #hear(heard: string, say: (text: string) => Promise<void>): Promise<void> {
    let text = heard
    for (let at = 0; at < text.length; at++) {
      const typed = typeCharacter(this.#line, text.charAt(at))
      this.#line = typed.line
      if (typed.command === undefined) continue
      const reply = this.modem.execute(typed.command)
      await this.#options.clock.sleep(reply.takesMs)
      await say(reply.text)
      text = text.slice(0, at + 1 + fifo)
    }
  }
}

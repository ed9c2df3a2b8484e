import type { Port } from '../at/index.ts'
import { type Bytes, byteText, bytesOf, type Clock } from '../terms/index.ts'
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
 * Puts an AT host in front of a modem and serves a port until it closes. While a command is carried out, nothing is
 * received and what comes is lost (HOST-15).
 */
export async function serveAtHost(modem: VirtualModem, port: Port, options: ServeOptions): Promise<void> {
  const perByte = options.baud === undefined || options.baud === 0 ? 0 : 10_000 / options.baud
  const reader = port.readable.getReader()
  const writer = port.writable.getWriter()
  writer.closed.catch(() => {})
  const say = async (text: string): Promise<void> => {
    if (perByte > 0) await options.clock.sleep(text.length * perByte)
    await writer.write(bytesOf(text)).catch(() => {})
  }
  const deaf = modem.listen((line) => void say(`${line}\r\n`))
  let line: AtHostLine = emptyLine
  try {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      if (perByte > 0) await options.clock.sleep(value.length * perByte)
      if (options.echo === true) await say(byteText(value))
      line = await hear(modem, line, value, { ...options, say })
    }
  } catch {
    // The cable was pulled: a modem does not mind.
  } finally {
    deaf()
    await writer.close().catch(() => {})
  }
}

async function hear(
  modem: VirtualModem,
  line: AtHostLine,
  bytes: Bytes,
  options: ServeOptions & { say: (text: string) => Promise<void> },
): Promise<AtHostLine> {
  let current = line
  let text = byteText(bytes)
  for (let at = 0; at < text.length; at++) {
    const typed = typeCharacter(current, text.charAt(at))
    current = typed.line
    if (typed.command === undefined) continue
    const reply = modem.execute(typed.command)
    await options.clock.sleep(reply.takesMs)
    await options.say(reply.text)
    text = text.slice(0, at + 1 + fifo)
  }
  return current
}

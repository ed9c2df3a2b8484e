import { createServer, type Server, type Socket } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import type { Port } from '../../src/at/index.ts'
import { bytesOf, byteText } from '../../src/terms/index.ts'

/** What J-Link's TCP port of RTT prints to whoever connects, before anything else (RTT-03). */
const greeting =
  'SEGGER J-Link V7.96 - Real time terminal output\r\nSEGGER J-Link ARM V10.1, SN=600111924\r\nProcess: JLinkExe\r\n'

/** The line that may come first, and only first (RTT-02). */
const header = /^\$\$SEGGER_TELNET_ConfigStr=RTTCh;(\d+)\$\$/

/** How much the chip's buffer for what comes from the host takes at a time (RTT-05). */
const downBuffer = 16

type Down = WritableStreamDefaultWriter<Uint8Array<ArrayBuffer>>

/**
 * J-Link's TCP port of RTT, as its documentation describes it, in front of a board: it greets, takes a header line as the first
 * thing said and hands on everything else, sixteen bytes at a time.
 */
export class RttChannel {
  readonly port: number
  /** The channels that were asked for by a header line, in the order of the connections; undefined where none came. */
  readonly channels: (number | undefined)[] = []
  /** Everything that was handed on to the chip. */
  passed = ''
  /** Called with all that was handed on so far. */
  onPassed: (passed: string) => void = () => {}
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  #served: Promise<void> = Promise.resolve()

  private constructor(server: Server, port: number) {
    this.#server = server
    this.port = port
  }

  /** @param plug plugs a cable in to the board behind it: the chip's two buffers, which no session closes */
  static async start(plug: () => Port): Promise<RttChannel> {
    const server = createServer({ noDelay: true })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const board = plug()
    const made = new RttChannel(server, typeof address === 'object' && address !== null ? address.port : 0)
    const writer = board.writable.getWriter()
    server.on('connection', (socket) => made.#take(socket, writer))
    void made.#up(board)
    return made
  }

  /** What happens when the debug session ends: J-Link closes the connection. */
  endSession(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  async close(): Promise<void> {
    this.endSession()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** One after the other: what one caller said last is with the chip before the next is heard. */
  #take(socket: Socket, writer: Down): void {
    this.#sockets.add(socket)
    socket.on('error', () => {})
    socket.write(greeting)
    this.#served = this.#served.then(() => this.#serve(socket, writer))
  }

  async #serve(socket: Socket, writer: Down): Promise<void> {
    let first = true
    try {
      for await (const chunk of socket as AsyncIterable<Uint8Array>) {
        let text = byteText(chunk)
        if (first) text = this.#withoutHeader(text)
        first = false
        // What J-Link had not fed to the chip when its session ended is lost.
        for (let at = 0; at < text.length && !socket.destroyed; at += downBuffer) {
          const part = text.slice(at, at + downBuffer)
          await writer.write(bytesOf(part))
          this.passed += part
          this.onPassed(this.passed)
          await turn()
        }
      }
    } catch {
      // The session has ended.
    }
    this.#sockets.delete(socket)
  }

  async #up(board: Port): Promise<void> {
    for await (const chunk of board.readable) for (const socket of this.#sockets) socket.write(chunk)
  }

  #withoutHeader(text: string): string {
    const channel = header.exec(text)?.[1]
    this.channels.push(channel === undefined ? undefined : Number(channel))
    return text.replace(header, '')
  }
}

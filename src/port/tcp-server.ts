import { createServer, type Socket } from 'node:net'
import type { Port } from '../at/index.ts'
import { duplexPort } from './duplex-port.ts'

/** Milliseconds that a caller waits for the one before to be gone. */
const leavingTakes = 500

/** A TCP port that offers something. */
export interface TcpServer {
  readonly host: string
  /** The number that the system chose, where 0 was asked for. */
  readonly port: number
  close(): Promise<void>
}

/** Offers a port to one connection at a time, as a serial server does; a second one is turned away. */
export async function offerTcp(host: string, port: number, serve: (port: Port) => Promise<void>): Promise<TcpServer> {
  let current: Socket | undefined
  const take = (socket: Socket): void => {
    current = socket
    const address = `tcp://${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`
    void serve(duplexPort(socket, { address, kind: 'tcp' })).finally(() => socket.destroy())
    socket.once('close', () => {
      current = undefined
    })
  }
  const server = createServer({ noDelay: true }, (socket) => {
    if (current === undefined) return take(socket)
    // The caller before may just be leaving: its end and this beginning race each other.
    const impatient = setTimeout(() => socket.destroy(), leavingTakes)
    current.once('close', () => {
      clearTimeout(impatient)
      if (current === undefined && !socket.destroyed) take(socket)
      else socket.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const bound = server.address()
  return {
    host,
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    close: () =>
      new Promise((resolve) => {
        current?.destroy()
        server.close(() => resolve())
      }),
  }
}

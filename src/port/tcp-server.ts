import { createServer, type Socket } from 'node:net'
import type { Port } from '../at/index.ts'
import { duplexPort } from './duplex-port.ts'

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
  const server = createServer({ noDelay: true }, (socket) => {
    if (current !== undefined) return socket.destroy()
    current = socket
    const address = `tcp://${socket.remoteAddress ?? '?'}:${socket.remotePort ?? 0}`
    void serve(duplexPort(socket, { address, kind: 'tcp' })).finally(() => {
      current = undefined
      socket.destroy()
    })
    return undefined
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

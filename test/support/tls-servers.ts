import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createTlsServer, type TlsOptions, type TLSSocket } from 'node:tls'
import { findProgram } from './outside.ts'
import { type Spawned, spawned } from './spawned.ts'
import type { Issued } from './tls-paper.ts'

/** A server that listens on the loopback. */
export interface Listening {
  readonly port: number
  stop(): Promise<void>
}

async function listening(server: Server, sockets: Set<Socket>): Promise<Listening> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A server of Node's. */
export async function nodeTls(options: TlsOptions, serve: (socket: TLSSocket) => void): Promise<Listening> {
  const server = createTlsServer({ minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ...options }, (socket) => {
    socket.on('error', () => {})
    serve(socket)
  })
  server.on('tlsClientError', () => {})
  return listening(server, new Set())
}

/** A server that speaks no TLS, or whatever `serve` makes of it. */
export function plainTcp(serve: (socket: Socket) => void): Promise<Listening> {
  return listening(createTcpServer({ allowHalfOpen: true }, serve), new Set())
}

/** A folder of PEM files for a program. */
export function pemFolder(files: Readonly<Record<string, string>>): { path: string; clear: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'sectag-tls-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text)
  return { path, clear: () => rmSync(path, { recursive: true, force: true }) }
}

export const openssl = findProgram('openssl', 'SECTAG_OPENSSL')

/** OpenSSL's test server, with whatever it prints. */
export async function opensslServer(server: Issued, args: readonly string[]): Promise<Listening & { said: Spawned }> {
  const folder = pemFolder({ 'server.pem': server.pem, 'server.key': server.key })
  const paths = ['-cert', 'server.pem', '-key', 'server.key']
  const said = spawned(openssl ?? '', ['s_server', '-accept', '127.0.0.1:0', ...paths, ...args], { cwd: folder.path })
  const [, port] = await said.prints(/ACCEPT 127\.0\.0\.1:(\d+)/)
  return {
    port: Number(port),
    said,
    async stop() {
      await said.stop()
      folder.clear()
    },
  }
}

import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { generate, parser } from 'mqtt-packet'

/** How one attempt to open a session ended. */
export interface Attempt {
  readonly connack?: number
  readonly error?: string
  readonly socket: TLSSocket
}

/** A device made of Node's own TLS and an MQTT CONNECT: for what a broker answers, not for what a modem does. */
export function attempt(port: number, clientId: string, tls: ConnectionOptions): Promise<Attempt> {
  return new Promise((resolve) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      ...tls,
    })
    const reader = parser({ protocolVersion: 4 })
    reader.on('packet', (packet) => packet.cmd === 'connack' && resolve({ socket, connack: packet.returnCode ?? 0 }))
    socket.on('data', (chunk) => void reader.parse(chunk))
    socket.once('secureConnect', () =>
      socket.write(
        generate({ cmd: 'connect', clientId, clean: true, keepalive: 60, protocolId: 'MQTT', protocolVersion: 4 }),
      ),
    )
    socket.on('error', (error: Error & { code?: string }) => resolve({ socket, error: error.code ?? error.message }))
    socket.once('close', () => resolve({ socket, error: 'closed' }))
  })
}

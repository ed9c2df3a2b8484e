import type { TLSSocket } from 'node:tls'
import { generate, parser } from 'mqtt-packet'

/** Milliseconds and bytes that somebody who is to be refused may take to say who he is. */
const patience = 10_000
const mostBytes = 4096
/** CONNACK return code: not authorised (MQTT 3.1.1, 3.2.2.3). */
const notAuthorised = 5

/** Answers the CONNECT of a client that may not come in with CONNACK 5 and hangs up; resolves to the client id it gave. */
export function turnAway(socket: TLSSocket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const reader = parser({ protocolVersion: 4 })
    let bytes = 0
    const end = (clientId?: string): void => {
      socket.removeAllListeners('data')
      socket.setTimeout(0)
      socket.end(generate({ cmd: 'connack', returnCode: notAuthorised, sessionPresent: false }))
      // A client that never closes its side must not keep ours.
      socket.setTimeout(patience, () => socket.destroy())
      socket.resume()
      resolve(clientId)
    }
    reader.on('packet', (packet) => end(packet.cmd === 'connect' ? packet.clientId : undefined))
    reader.on('error', () => end())
    socket.setTimeout(patience, () => end())
    socket.once('close', () => resolve(undefined))
    socket.on('data', (chunk) => {
      bytes += chunk.length
      if (bytes > mostBytes) return end()
      return void reader.parse(chunk)
    })
  })
}

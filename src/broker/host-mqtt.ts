import type { TLSSocket } from 'node:tls'
import { generate, parser } from 'mqtt-packet'
import type { Obstacle } from './rehearsal-order.ts'

/** An MQTT session that was opened and, where asked, used once; or what stood in the way. */
export type SessionResult = { ok: true } | { ok: false; obstacle: Obstacle; detail: string }

/** What to open it with. */
export interface SessionOrder {
  readonly clientId: string
  readonly topic?: string
  readonly timeoutMs: number
}

const returnCodes: Record<number, string> = {
  1: 'unacceptable protocol version',
  2: 'identifier rejected',
  3: 'server unavailable',
  4: 'bad user name or password',
  5: 'not authorised',
}

/** CONNECT with a clean session; then, where a topic was named, one QoS 1 message to it; then DISCONNECT. */
export function openSession(socket: TLSSocket, order: SessionOrder): Promise<SessionResult> {
  return new Promise((resolve) => {
    const reader = parser({ protocolVersion: 4 })
    const end = (result: SessionResult): void => {
      socket.removeAllListeners('data')
      if (result.ok) socket.write(generate({ cmd: 'disconnect' }))
      resolve(result)
    }
    const lost = (detail: string): void => end({ ok: false, obstacle: 'mqtt-refused', detail })
    reader.on('error', (error) => lost(`no MQTT: ${error.message}`))
    reader.on('packet', (packet) => {
      if (packet.cmd === 'puback') return end({ ok: true })
      if (packet.cmd !== 'connack') return undefined
      const code = packet.returnCode ?? 0
      if (code !== 0)
        return end({
          ok: false,
          obstacle: code === 5 ? 'not-authorised' : 'mqtt-refused',
          detail: `CONNACK ${code}, ${returnCodes[code] ?? 'unknown'}`,
        })
      if (order.topic === undefined) return end({ ok: true })
      socket.write(
        generate({
          cmd: 'publish',
          topic: order.topic,
          payload: '{"sectag":"rehearsal"}',
          qos: 1,
          messageId: 1,
          dup: false,
          retain: false,
        }),
      )
      return undefined
    })
    socket.on('data', (chunk) => void reader.parse(chunk))
    socket.once('close', () => lost('the broker closed the connection without a CONNACK'))
    socket.setTimeout(order.timeoutMs, () => lost(`no CONNACK within ${order.timeoutMs / 1000} s`))
    socket.write(
      generate({
        cmd: 'connect',
        clientId: order.clientId,
        clean: true,
        keepalive: 30,
        protocolId: 'MQTT',
        protocolVersion: 4,
      }),
    )
  })
}

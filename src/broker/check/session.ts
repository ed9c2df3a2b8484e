import type { Duplex } from 'node:stream'
import { generate, parser } from 'mqtt-packet'
import type { Clock } from '../../terms/index.ts'

/** What a broker said to a CONNECT. */
export interface MqttAnswer {
  readonly accepted: boolean
  /** The code of its CONNACK; none where it hung up or said nothing. */
  readonly code?: number
  /** Bytes of the longest packet that it will handle, where it tells (MQTT 5, 3.2.2.3.6). */
  readonly longestPacket?: number
}

/** How to ask: 5 tells more, 4 is what boards speak (MQTT 3.1.1). */
export interface MqttQuestion {
  readonly clientId: string
  readonly version: 4 | 5
  readonly clock: Clock
  readonly patience: number
}

const mostBytes = 4096

/** One CONNECT with a clean session and nothing to remember, then DISCONNECT. Publishes nothing and subscribes to nothing. */
export async function askForSession(stream: Duplex, question: MqttQuestion): Promise<MqttAnswer> {
  const { clientId, version, clock, patience } = question
  const { promise, resolve } = Promise.withResolvers<MqttAnswer>()
  const reader = parser({ protocolVersion: version })
  const settled = new AbortController()
  const never = (): void => resolve({ accepted: false })
  let bytes = 0
  reader.on('error', never)
  reader.on('packet', (packet) => {
    if (packet.cmd !== 'connack') return never()
    const code = packet.reasonCode ?? packet.returnCode ?? 0
    const longest = packet.properties?.maximumPacketSize
    return resolve({ accepted: code === 0, code, ...(longest !== undefined && { longestPacket: longest }) })
  })
  stream.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > mostBytes) never()
    else reader.parse(chunk)
  })
  stream.on('close', never).on('error', never)
  clock.sleep(patience, settled.signal).then(never, () => {})
  stream.write(
    generate({ cmd: 'connect', clientId, clean: true, keepalive: 30, protocolId: 'MQTT', protocolVersion: version }),
  )
  const answer = await promise
  settled.abort()
  stream.removeAllListeners('data').resume()
  stream.end(answer.accepted ? generate({ cmd: 'disconnect' }, { protocolVersion: version }) : undefined)
  return answer
}

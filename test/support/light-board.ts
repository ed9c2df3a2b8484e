import { connect } from 'node:tls'
import { generate, type Packet, parser } from 'mqtt-packet'
import type { Pass } from '../../src/broker/index.ts'
import { fromUtf8 } from '../../src/terms/index.ts'

/** A client with a real mTLS MQTT session, which hears one topic for as long as its connection lives. It never reconnects. */
export interface LightBoard {
  readonly clientId: string
  /** Whether its first and only connection is up. */
  isUp(): boolean
  /** Resolves when its connection is over. */
  readonly over: Promise<void>
  /** Resolves when it has heard this text; rejects when its connection ends before. */
  hears(text: string): Promise<void>
  /** QoS 1; resolves when the broker has it. */
  publish(text: string): Promise<void>
  leave(): void
}

const topic = 'all'

/** Connects and subscribes; rejects with what stood in the way. */
export function lightBoard(port: number, clientId: string, { chain, key }: Pass): Promise<LightBoard> {
  const version = 'TLSv1.2'
  const tls = { cert: chain, key: fromUtf8(key.reveal()), minVersion: version, maxVersion: version } as const
  const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...tls })
  const heard = new Set<string>()
  let up = false
  let waiting: { wanted: () => boolean; go: () => void; fail: (error: Error) => void }[] = []
  const look = (): void => {
    const ready = waiting.filter(({ wanted }) => wanted())
    waiting = waiting.filter((one) => !ready.includes(one))
    for (const { go } of ready) go()
  }
  const until = (wanted: () => boolean): Promise<void> =>
    new Promise((go, fail) => {
      waiting.push({ wanted, go, fail })
      look()
    })
  let why = 'the connection ended'
  const over = new Promise<void>((resolve) => {
    socket.once('close', () => {
      up = false
      for (const { fail } of waiting.splice(0)) fail(new Error(`${clientId}: ${why}`))
      resolve()
    })
  })
  socket.on('error', (error: Error & { code?: string }) => {
    why = error.code ?? error.message
  })
  const acknowledged = new Set<string>()
  const take = (packet: Packet): void => {
    if (packet.cmd === 'publish') heard.add(String(packet.payload))
    else if (packet.cmd !== 'connack' || packet.returnCode === 0) acknowledged.add(packet.cmd)
    else {
      why = `CONNACK ${packet.returnCode}`
      socket.destroy()
    }
    look()
  }
  const reader = parser({ protocolVersion: 4 })
  reader.on('packet', take)
  socket.on('data', (chunk) => void reader.parse(chunk))
  socket.once('secureConnect', () =>
    socket.write(
      generate({ cmd: 'connect', clientId, clean: true, keepalive: 600, protocolId: 'MQTT', protocolVersion: 4 }),
    ),
  )
  const opened = async (): Promise<LightBoard> => {
    await until(() => acknowledged.has('connack'))
    socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos: 0 }] }))
    await until(() => acknowledged.has('suback'))
    up = true
    return {
      clientId,
      isUp: () => up,
      over,
      hears: (text) => until(() => heard.has(text)),
      async publish(payload) {
        acknowledged.delete('puback')
        socket.write(generate({ cmd: 'publish', topic, payload, qos: 1, messageId: 2, dup: false, retain: false }))
        await until(() => acknowledged.has('puback'))
      },
      leave: () => socket.destroy(),
    }
  }
  return opened()
}

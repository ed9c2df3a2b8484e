import { Duplex, duplexPair } from 'node:stream'
import fc from 'fast-check'
import { generate, type Packet, parser } from 'mqtt-packet'
import { expect, test } from 'vitest'
import { MqttSession } from '../../src/board/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { type VirtualClock, virtualClock } from '../../src/terms/index.ts'
import { scaled } from '../support/scale.ts'

interface OtherSide {
  readonly stream: Duplex
  readonly heard: Packet[]
  /** Resolves with the next packet of this kind. */
  hears(cmd: Packet['cmd']): Promise<Packet>
  say(packet: Packet): void
}

/** The broker's end of a stream in memory, and the client's. */
function line(): { client: Duplex; broker: OtherSide } {
  const [client, stream] = duplexPair()
  const heard: Packet[] = []
  const waiting: (() => void)[] = []
  const reader = parser()
  reader.on('packet', (packet) => {
    heard.push(packet)
    for (const look of waiting.splice(0)) look()
  })
  stream.on('data', (chunk: Buffer) => void reader.parse(chunk))
  const hears = async (cmd: Packet['cmd']): Promise<Packet> => {
    for (;;) {
      const at = heard.findIndex((packet) => packet.cmd === cmd)
      const [found] = at < 0 ? [] : heard.splice(at, 1)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => waiting.push(resolve))
    }
  }
  return { client, broker: { stream, heard, hears, say: (packet) => void stream.write(generate(packet)) } }
}

const order = (clock: VirtualClock | typeof systemClock, keepAlive = 0) => ({
  clientId: 'nrf-7',
  keepAlive,
  cleanSession: true,
  clock,
  patience: 10_000,
})

async function opened(clock: VirtualClock | typeof systemClock, keepAlive = 0) {
  const { client, broker } = line()
  const opening = MqttSession.open(client, order(clock, keepAlive))
  const connect = await broker.hears('connect')
  broker.say({ cmd: 'connack', returnCode: 0, sessionPresent: false })
  const session = await opening
  if (!session.ok) throw new Error(JSON.stringify(session.refusal))
  return { session: session.value, broker, connect }
}

test('CONNECT carries client id, keep-alive and clean session, and a session says DISCONNECT at its end', async () => {
  const { session, broker, connect } = await opened(virtualClock(), 45)
  expect(connect).toMatchObject({
    clientId: 'nrf-7',
    keepalive: 45,
    clean: true,
    protocolVersion: 4,
    protocolId: 'MQTT',
  })
  session.disconnect()
  await broker.hears('disconnect')
  expect(await session.ended).toBeUndefined()
})

test.each([1, 2, 3, 4, 5])('CONNACK %i is a refusal with its number', async (code) => {
  const { client, broker } = line()
  const opening = MqttSession.open(client, order(virtualClock()))
  await broker.hears('connect')
  broker.say({ cmd: 'connack', returnCode: code, sessionPresent: false })
  expect(await opening).toEqual({ ok: false, refusal: { kind: 'refused', code } })
})

test('a message with QoS 1 waits for its own PUBACK, one with QoS 0 for nothing; a refused subscription says 128', async () => {
  const { session, broker } = await opened(virtualClock())
  const first = session.publish('a', 'one', 1)
  const second = session.publish('a', 'two', 1)
  const numbers = [await broker.hears('publish'), await broker.hears('publish')].map((packet) => packet.messageId ?? 0)
  expect(new Set(numbers).size).toBe(2)
  broker.say({ cmd: 'puback', messageId: numbers[1] ?? 0 })
  expect(await second).toEqual({ ok: true, value: undefined })
  broker.say({ cmd: 'puback', messageId: numbers[0] ?? 0 })
  expect(await first).toEqual({ ok: true, value: undefined })
  expect(await session.publish('a', 'three', 0)).toEqual({ ok: true, value: undefined })
  for (const [granted, outcome] of [
    [1, { ok: true, value: undefined }],
    [128, { ok: false, refusal: { kind: 'refused', code: 128 } }],
  ] as const) {
    const subscribing = session.subscribe('b')
    broker.say({ cmd: 'suback', messageId: (await broker.hears('subscribe')).messageId ?? 0, granted: [granted] })
    expect(await subscribing).toEqual(outcome)
  }
})

test('what the broker sends comes as messages, and QoS 1 is acknowledged', async () => {
  const { session, broker } = await opened(virtualClock())
  broker.say({ cmd: 'publish', topic: 'in', payload: 'hello', qos: 1, messageId: 77, dup: false, retain: false })
  expect(await broker.hears('puback')).toMatchObject({ messageId: 77 })
  for await (const message of session.messages) {
    expect(message).toEqual({ topic: 'in', payload: 'hello' })
    break
  }
})

test('a PINGREQ goes out in every keep-alive; one that is not answered ends the session as silence', async () => {
  const clock = virtualClock()
  const { session, broker } = await opened(clock, 60)
  for (let round = 0; round < 3; round++) {
    clock.advance(60_000)
    await broker.hears('pingreq')
    broker.say({ cmd: 'pingresp' })
    // Its answer is on its way to the session, which then sleeps again.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)))
  }
  clock.advance(60_000)
  await broker.hears('pingreq')
  clock.advance(10_000)
  expect(await session.ended).toEqual({ kind: 'silence' })
  expect(await session.publish('a', 'late', 1)).toEqual({ ok: false, refusal: { kind: 'closed' } })
})

test('no CONNACK, a closed line, an abort and what is no MQTT are refusals of their own', async () => {
  const clock = virtualClock()
  const silent = line()
  const waiting = MqttSession.open(silent.client, order(clock))
  await silent.broker.hears('connect')
  clock.advance(10_000)
  expect(await waiting).toEqual({ ok: false, refusal: { kind: 'silence' } })
  const closed = line()
  const closing = MqttSession.open(closed.client, order(clock))
  closed.broker.stream.end()
  expect(await closing).toEqual({ ok: false, refusal: { kind: 'closed' } })
  const aborted = line()
  const stop = new AbortController()
  const aborting = MqttSession.open(aborted.client, { ...order(clock), signal: stop.signal })
  stop.abort()
  expect(await aborting).toEqual({ ok: false, refusal: { kind: 'aborted' } })
  expect(aborted.client.destroyed).toBe(true)
  const garbled = line()
  const reading = MqttSession.open(garbled.client, order(clock))
  garbled.broker.stream.write('HTTP/1.1 400 Bad Request\r\n\r\n')
  expect(await reading).toMatchObject({ ok: false })
})

test('whatever bytes a broker sends, in a session or instead of one, nothing throws', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.boolean(), async (bytes, inside) => {
      const stop = new AbortController()
      const { client, broker } = line()
      const opening = MqttSession.open(client, { ...order(virtualClock()), signal: stop.signal })
      if (inside) broker.say({ cmd: 'connack', returnCode: 0, sessionPresent: false })
      broker.stream.write(bytes)
      await new Promise((resolve) => setImmediate(resolve))
      stop.abort()
      const outcome = await opening
      if (outcome.ok) await outcome.value.ended
    }),
    { numRuns: scaled(5000, 200) },
  )
})

import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { EmbeddedBroker, unfitness } from '../../../src/broker/index.ts'
import { systemClock } from '../../../src/port/index.ts'
import { dial, gcmProfile } from '../../../src/tls/index.ts'
import { brokerDesk } from '../../support/broker-desk.ts'
import { freePort } from '../../support/mosquitto.ts'
import { attempt } from '../../support/mqtt-client.ts'
import { type Issued, issue, material, tlsPaper } from '../../support/tls-paper.ts'
import { generate } from 'mqtt-packet'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function start(server: Issued, behind: readonly Issued[] = []): Promise<EmbeddedBroker> {
  const broker = await EmbeddedBroker.start({
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    serverChain: [server, ...behind].map(({ pem }) => pem).join(''),
    serverKey: server.key,
    clientRoots: (await tlsPaper()).root.pem,
  })
  close.push(() => broker.close())
  return broker
}

const unfit: readonly [what: string, wish: Parameters<typeof issue>[0], fault: string][] = [
  ['has expired', { subject: 'old', from: -10, until: -1 }, 'server-expired'],
  ['is not valid yet', { subject: 'early', from: 2 }, 'server-not-yet-valid'],
  ['is larger than a modem takes', { subject: 'large', padding: 70 }, 'chain-too-large'],
  ['has a key that no modem takes', { subject: 'p521', kind: 'P-521' }, 'key-type'],
]

for (const [what, wish, fault] of unfit) {
  test(`an embedded broker does not start where its certificate ${what}`, async () => {
    const { root } = await tlsPaper()
    const thrown = await start(await issue({ under: root, ...wish })).catch((error: unknown) => error)
    expect(unfitness(thrown)).toMatchObject({ class: fault, weight: 'refuses' })
  })
}

test('an embedded broker starts with what a modem takes, whatever else it carries, and has seen nobody by then', async () => {
  const { root, server, stranger } = await tlsPaper()
  for (const [first, behind] of [
    [server, []],
    [server, [root]],
    [server, [stranger]],
    [await issue({ subject: 'alone' }), []],
    [await issue({ subject: 'rsa', under: root, kind: 'RSA' }), [root]],
  ] as const) {
    const broker = await start(first, behind)
    await broker.close()
    const seen = []
    for await (const sighting of broker.sightings) seen.push(sighting)
    expect(seen).toEqual([])
  }
})

test('watch says in four parts why its listener did not start, and nobody listens there', async () => {
  const made = await brokerDesk()
  close.push(() => made.clear())
  const large = await issue({ subject: 'large', padding: 70 })
  made.file('large.crt', large.pem)
  made.file('large.key', large.key)
  const at = await freePort()
  const files = ['--server-cert', 'large.crt', '--server-key', 'large.key', '--client-ca', 'root.crt']
  const ran = await made.run(['watch', '--cert', 'board.crt', '--listen', String(at), ...files])
  expect(ran).toMatchObject({ exit: 2, out: '' })
  expect(ran.err).toMatch(/^error .*no modem could enter.*\d+ too many \[chain-too-large\]$/m)
  expect(ran.err).toMatch(/^state .*nobody listens$/m)
  expect(ran.err).toMatch(/^why .*TLS-10/m)
  expect(ran.err).toMatch(/^next .*sectag watch/m)
  const [error] = (await once(connectTcp(at, '127.0.0.1'), 'error')) as [NodeJS.ErrnoException]
  expect(error.code).toBe('ECONNREFUSED')
})

test('a message of any length reaches a board in records of at most 2,048 bytes (TLS-05)', async () => {
  const { root, server, board } = await tlsPaper()
  const broker = await start(server)
  const dialled = await dial({
    host: '127.0.0.1',
    port: broker.port,
    profile: gcmProfile,
    material: material(root, board),
    knowsTime: true,
    clock: systemClock,
    patience: 10_000,
  })
  if (!dialled.ok) throw new Error(JSON.stringify(dialled.refusal))
  const { stream } = dialled.value
  stream.write(
    generate({ cmd: 'connect', clientId: 'board', clean: true, keepalive: 60, protocolId: 'MQTT', protocolVersion: 4 }),
  )
  stream.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 'long', qos: 0 }] }))
  const { socket } = await attempt(broker.port, 'sender', { cert: board.pem, key: board.key })
  const payload = 'x'.repeat(40_000)
  let heard = 0
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    if (heard === 0)
      socket.write(generate({ cmd: 'publish', topic: 'long', payload, qos: 0, dup: false, retain: true }))
    heard += chunk.length
    if (heard > payload.length) break
  }
  expect(heard).toBeGreaterThan(payload.length)
  socket.destroy()
})

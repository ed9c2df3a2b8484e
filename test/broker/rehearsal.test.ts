import { createServer } from 'node:net'
import { createServer as createTls, type Server } from 'node:tls'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { EmbeddedBroker, type Rehearsal, type RehearsalOrder, rehearse, type Sighting } from '../../src/broker/index.ts'
import { systemRandom } from '../../src/cli/system-random.ts'
import { systemClock } from '../../src/port/index.ts'
import { Secret, utf8 } from '../../src/terms/index.ts'
import {
  freePort,
  type MosquittoFiles,
  mosquittoProgram,
  type RunningMosquitto,
  startMosquitto,
} from '../support/mosquitto.ts'
import { embedded as startEmbedded } from '../support/broker-desk.ts'
import { needs } from '../support/outside.ts'
import { type BrokerPaper, brokerPaper } from '../support/paper.ts'

let paper: BrokerPaper
beforeAll(async () => {
  paper = await brokerPaper()
})

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

const good = (port: number): RehearsalOrder => ({
  host: '127.0.0.1',
  port,
  name: 'localhost',
  roots: paper.root,
  chain: paper.board.chain,
  key: new Secret(utf8(paper.board.key)),
  timeoutMs: 10_000,
  random: systemRandom,
  now: systemClock.now(),
})

async function embedded(): Promise<EmbeddedBroker> {
  const broker = await startEmbedded(paper)
  close.push(() => broker.close())
  return broker
}

async function mosquitto(more: Pick<MosquittoFiles, 'plain' | 'version' | 'more'> = {}): Promise<RunningMosquitto> {
  const running = await startMosquitto({
    ca: paper.root,
    chain: paper.server.chain,
    key: paper.server.key,
    ...more,
  })
  close.push(() => running.stop())
  return running
}

const who = (of: { chain: string; key: string }): Partial<RehearsalOrder> => ({
  chain: of.chain,
  key: new Secret(utf8(of.key)),
})

const brokers: [string, () => Promise<{ port: number }>, typeof test | typeof test.skip][] = [
  ['the embedded broker', embedded, test],
  ['Mosquitto', mosquitto, needs('mosquitto', mosquittoProgram !== undefined)],
]

for (const [name, start, on] of brokers) {
  const onMosquitto = name === 'Mosquitto'

  on(`${name}: the right files reach a session, under a client id of the rehearsal's own`, async () => {
    const { port } = await start()
    const rehearsal = await rehearse(good(port))
    expect(rehearsal).toMatchObject({ reached: true, server: { subject: 'localhost', issuer: 'test root' } })
    expect(rehearsal.clientId).toMatch(/^sectag-rehearsal-[0-9a-f]{8}$/)
  })

  on(`${name}: each obstacle has its own name`, async () => {
    const { port } = await start()
    const cases: [Rehearsal['obstacle'], Partial<RehearsalOrder>][] = [
      ['unknown-server-ca', { roots: paper.foreign.root }],
      ['name-mismatch', { name: 'broker.example.com' }],
      [onMosquitto ? 'client-certificate-refused' : 'not-authorised', who(paper.foreign)],
      ['client-certificate-expired', who(paper.expired)],
      ['key-does-not-fit', { key: new Secret(utf8(paper.foreign.key)) }],
      ['no-such-host', { host: 'broker.invalid' }],
      ['no-listener', { port: await freePort() }],
    ]
    for (const [obstacle, change] of cases) {
      const rehearsal = await rehearse({ ...good(port), ...change })
      expect(rehearsal, obstacle).toMatchObject({ reached: false, obstacle })
    }
    const { chain: _, key: __, ...without } = good(port)
    expect(await rehearse(without)).toMatchObject({ reached: false, obstacle: 'client-certificate-missing' })
  })
}

const onMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

onMosquitto('a broker that listens in clear is a plain port', async () => {
  const { port } = await mosquitto({ plain: true })
  expect(await rehearse(good(port))).toMatchObject({ reached: false, obstacle: 'plain-port' })
})

onMosquitto('a broker without a suite that modems have says so', async () => {
  const { port } = await mosquitto({ more: ['ciphers AES256-SHA'] })
  expect(await rehearse(good(port))).toMatchObject({ reached: false, obstacle: 'no-common-suite', alert: 40 })
})

onMosquitto('a broker that speaks only TLS 1.3 says so', async () => {
  const { port } = await mosquitto({ version: 'tlsv1.3' })
  expect(await rehearse(good(port))).toMatchObject({ reached: false, obstacle: 'protocol-version', alert: 70 })
})

onMosquitto('no session of a board is disturbed and nothing is published, unless a topic is named', async () => {
  const running = await mosquitto()
  await rehearse(good(running.port))
  await running.says(/as sectag-rehearsal-\w+ \(p2, c1,/)
  await running.says(/Client sectag-rehearsal-\w+ disconnected/)
  expect(running.lines().join('\n')).not.toMatch(/PUBLISH/)
  await rehearse({ ...good(running.port), topic: 'lab/sectag' })
  expect(await running.says(/Received PUBLISH/)).toMatch(/'lab\/sectag'/)
})

test('an expired server is not an unknown one', async () => {
  const server = await listening(
    createTls({ cert: paper.expired.chain, key: paper.expired.key, maxVersion: 'TLSv1.2' }, (socket) => socket.end()),
  )
  expect(await rehearse({ ...good(server), name: 'board-old' })).toMatchObject({ obstacle: 'server-expired' })
})

test('what speaks neither TLS nor MQTT, and what never answers, are told apart', async () => {
  const talker = await listening(createServer((socket) => socket.on('error', () => {}).end('220 mail\r\n')))
  expect(await rehearse(good(talker))).toMatchObject({ obstacle: 'not-tls' })
  const mute = await listening(createServer((socket) => void socket.on('error', () => {})))
  expect(await rehearse({ ...good(mute), timeoutMs: 200 })).toMatchObject({ obstacle: 'no-answer' })
})

test('a rehearsal that passes is no proof: the broker saw no board’s certificate in a board’s session', async () => {
  const broker = await embedded()
  await rehearse(good(broker.port))
  for await (const sighting of broker.sightings) return expect(clientOf(sighting)).toMatch(/^sectag-rehearsal-/)
})

const clientOf = (sighting: Sighting): string => sighting.clientId ?? ''

async function listening(server: ReturnType<typeof createServer> | Server): Promise<number> {
  const open = new Set<{ destroy(): unknown }>()
  server.on('connection', (socket: { destroy(): unknown }) => open.add(socket))
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  close.push(() => {
    for (const socket of open) socket.destroy()
    return new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as { port: number }).port
}

import { once } from 'node:events'
import { afterEach, expect, test } from 'vitest'
import { MqttSession } from '../../src/board/index.ts'
import { dial, gcmProfile, type TlsConnection } from '../../src/tls/index.ts'
import { MosquittoWitness, Observer, proves, type Sighting } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import type { TlsSessions } from '../../src/virtual/index.ts'
import { embedded } from '../support/broker-desk.ts'
import { mosquittoProgram, startMosquitto } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { type BrokerPaper, brokerPaper } from '../support/paper.ts'
import { issue, material, tlsPaper } from '../support/tls-paper.ts'
import { openssl, opensslServer } from '../support/tls-servers.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

type Order = Parameters<typeof dial>[0]

async function connected(port: number, held: Order['material'], more: Partial<Order>): Promise<TlsConnection> {
  const order = { host: '127.0.0.1', port, profile: gcmProfile, knowsTime: true, clock: systemClock, patience: 10_000 }
  const dialled = await dial({ ...order, material: held, ...more })
  if (!dialled.ok) throw new Error(JSON.stringify(dialled.refusal))
  return dialled.value
}

const withOpenssl = needs('openssl', openssl !== undefined)
const withMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

withOpenssl.each([0xc02b, 0xc024, 0xc009])(
  'OPEN-13: suite %i, openssl s_server goes on with a session by its id, and data flows both ways; without a cache it never does',
  async (suite) => {
    const { root, board } = await tlsPaper()
    const server = await issue({ subject: 'broker', under: root })
    const listening = await opensslServer(server, [
      '-tls1_2',
      '-cipher',
      'ALL:@SECLEVEL=0',
      '-verify',
      '2',
      '-no_ticket',
    ])
    close.push(() => listening.stop())
    const sessions: TlsSessions = new Map()
    const profile = { ...gcmProfile, suites: [suite] }
    for (const [cache, resumed] of [
      [sessions, false],
      [sessions, true],
      [sessions, true],
      [undefined, false],
    ] as const) {
      const before = listening.said.out().length
      const own = { profile, ...(cache !== undefined && { sessions: cache }) }
      const connection = await connected(listening.port, material(root, board), own)
      expect(connection.resumed).toBe(resumed)
      connection.stream.write(utf8('hello from a board\n'))
      await listening.said.prints(/hello from a board/, before)
      listening.said.say('hello from a server\n')
      expect(String((await once(connection.stream, 'data'))[0])).toContain('hello from a server')
      connection.stream.end()
      await listening.said.prints(/^DONE/m, before)
      expect(/Reused session-id/.test(listening.said.out().slice(before))).toBe(resumed)
    }
  },
)

withOpenssl(
  'OPEN-13: a server that knows the session no more shakes hands in full, and a failed handshake forgets it',
  async () => {
    const { root, board } = await tlsPaper()
    const server = await issue({ subject: 'broker', under: root })
    const listening = await opensslServer(server, ['-tls1_2', '-verify', '2', '-no_ticket'])
    close.push(() => listening.stop())
    const server127 = `127.0.0.1:${listening.port}`
    const stale = {
      id: utf8('0123456789abcdef0123456789abcdef'),
      suite: 0xc02b,
      master: new Uint8Array(48),
      extended: true,
    }
    const sessions: TlsSessions = new Map([[server127, stale]])
    const full = await connected(listening.port, material(root, board), { sessions })
    expect(full.resumed).toBe(false)
    full.stream.end()
    const known = sessions.get(server127)
    if (known === undefined) throw new Error('no session was kept')
    // The right name with another secret: what the server seals cannot be opened.
    sessions.set(server127, { ...known, master: new Uint8Array(48) })
    await expect(connected(listening.port, material(root, board), { sessions })).rejects.toThrow()
    expect(sessions.size).toBe(0)
    const again = await connected(listening.port, material(root, board), { sessions })
    expect(again.resumed).toBe(false)
    again.stream.end()
  },
)

/** What lies between two sessions of one board: nothing, where the first is still up when the second begins. */
type Between = (first: Sighting) => Promise<unknown>
const nothing: Between = () => Promise.resolve()

/** Two sessions of one board with one session cache, as a witness sees them. */
async function twice(
  port: number,
  paper: BrokerPaper,
  sightings: AsyncIterable<Sighting>,
  ends?: Between,
): Promise<Sighting[]> {
  const held = { roots: [utf8(paper.root)], chain: utf8(paper.board.chain), key: utf8(paper.board.key) }
  const sessions: TlsSessions = new Map()
  const seen: Sighting[] = []
  const iterator = sightings[Symbol.asyncIterator]()
  for (let index = 0; index < 2; index++) {
    const { stream } = await connected(port, held, { sessions })
    close.push(() => stream.destroy())
    const opened = await MqttSession.open(stream, {
      clientId: `board-${index}`,
      keepAlive: 60,
      cleanSession: true,
      clock: systemClock,
      patience: 10_000,
    })
    expect(opened.ok).toBe(true)
    const { value } = await iterator.next()
    if (value !== undefined) seen.push(value)
    if (ends !== undefined) stream.destroy()
    if (value !== undefined) await (ends ?? nothing)(value)
  }
  return seen
}

test('OPEN-13: the embedded broker lets no board go on with a session: both are full, and each proves it', async () => {
  const paper = await brokerPaper()
  const broker = await embedded(paper)
  close.push(() => broker.close())
  const seen = await twice(broker.port, paper, broker.sightings, nothing)
  expect(seen.map(({ handshake }) => handshake)).toEqual(['full', 'full'])
})

/** A Mosquitto with an observer in front of it. */
async function observed(paper: BrokerPaper) {
  const broker = await startMosquitto({ ca: paper.root, chain: paper.server.chain, key: paper.server.key })
  close.push(() => broker.stop())
  const observer = await Observer.start({
    clock: systemClock,
    listen: { host: '127.0.0.1', port: 0 },
    broker: { host: '127.0.0.1', port: broker.port },
  })
  close.push(() => observer.close())
  return { broker, observer, witness: new MosquittoWitness(observer, broker.log(), systemClock) }
}

withMosquitto(
  'OPEN-13: Mosquitto goes on with a session that is still up: it is told, and proves nothing',
  async () => {
    const paper = await brokerPaper()
    const { observer, witness } = await observed(paper)
    const [first, second] = await twice(observer.port, paper, witness.sightings)
    expect([first?.handshake, second?.handshake]).toEqual(['full', 'resumed'])
    const fingerprint = first?.certificate?.fingerprint ?? ''
    const proven = [first, second].map((seen) => seen !== undefined && proves(seen, { fingerprint, after: 0 }))
    expect(proven).toEqual([true, false])
  },
)

withMosquitto('OPEN-13: with one whose connection broke off it does not go on, once it has noticed', async () => {
  const paper = await brokerPaper()
  const { broker, observer, witness } = await observed(paper)
  const noticed: Between = ({ clientId }) => broker.says(new RegExp(`Client ${clientId} (?:closed|disconnected)`))
  const seen = await twice(observer.port, paper, witness.sightings, noticed)
  expect(seen.map(({ handshake }) => handshake)).toEqual(['full', 'full'])
})

withOpenssl(
  'OPEN-13: in front of a server that goes on with sessions, the witness tells which, and that they prove nothing',
  async () => {
    const paper = await brokerPaper()
    const listening = await opensslServer(
      { ...(await issue({ subject: 'any' })), pem: paper.server.chain, key: paper.server.key },
      ['-tls1_2', '-verify', '2', '-no_ticket'],
    )
    close.push(() => listening.stop())
    const observer = await Observer.start({
      clock: systemClock,
      listen: { host: '127.0.0.1', port: 0 },
      broker: { host: '127.0.0.1', port: listening.port },
    })
    close.push(() => observer.close())
    const held = { roots: [utf8(paper.root)], chain: utf8(paper.board.chain), key: utf8(paper.board.key) }
    const sessions: TlsSessions = new Map()
    const seen: Sighting[] = []
    const sightings = observer.sightings[Symbol.asyncIterator]()
    for (let index = 0; index < 2; index++) {
      const { stream } = await connected(observer.port, held, { sessions })
      const { value } = await sightings.next()
      // Had an MQTT session followed, it would prove nothing all the same.
      if (value !== undefined) seen.push({ ...value, session: value.at })
      stream.end()
    }
    const fingerprint = seen[0]?.certificate?.fingerprint ?? ''
    expect(seen.map(({ handshake }) => handshake)).toEqual(['full', 'resumed'])
    expect(seen.map((one) => proves(one, { fingerprint, after: 0 }))).toEqual([true, false])
  },
)

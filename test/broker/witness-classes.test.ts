import { X509Certificate } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { MqttSession } from '../../src/board/index.ts'
import { dial, gcmProfile } from '../../src/tls/index.ts'
import type { Sighting } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { figure } from '../support/figures.ts'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { scaled } from '../support/scale.ts'
import { type RefusedCase, refusedCases } from '../support/refused-paper.ts'
import { issue, type Issued, material, revocationListOf, type TlsPaper, tlsPaper } from '../support/tls-paper.ts'
import { type Bench, benchBoard } from '../support/virtual-board.ts'
import {
  embeddedWitness,
  firstSighting,
  mosquittoWitness,
  type Witnessed,
  type WitnessedFiles,
} from '../support/witnessed.ts'

let paper: TlsPaper
let cases: RefusedCase[]
beforeAll(async () => {
  paper = await tlsPaper()
  cases = await refusedCases()
})

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** Milliseconds for the full figure on a loaded machine. */
const patience = 300_000
/** Connections of each class at each broker. */
const rounds = scaled(50)
const rows: { class: string; broker: string; told: string; device: string; connections: number; right: number }[] = []
afterAll(() => {
  const sum = (of: 'connections' | 'right'): number => rows.reduce((total, row) => total + row[of], 0)
  figure('witness-classes', { connections: sum('connections'), right: sum('right'), table: rows })
})

const brokers = [
  { name: 'embedded', start: embeddedWitness, on: test },
  { name: 'Mosquitto', start: mosquittoWitness, on: needs('mosquitto', mosquittoProgram !== undefined) },
] as const

const printOf = (pem: string | undefined): string | undefined =>
  pem === undefined ? undefined : new X509Certificate(pem).fingerprint256.replaceAll(':', '')

async function witnessed(start: (files: WitnessedFiles) => Promise<Witnessed>, files: Partial<WitnessedFiles> = {}) {
  const { root, server } = paper
  const place = await start({ roots: root.pem, server: { chain: server.pem, key: server.key }, ...files })
  close.push(() => place.stop())
  return place
}

/** An application that tries again at once, and one that does not. */
const eager = { first: 1, factor: 1, most: 1 }
const once = { first: 1e9, factor: 1, most: 1e9 }

/** A virtual board that is switched on. */
function switchedOn(port: number, texts: RefusedCase['board'], options: Parameters<typeof benchBoard>[2] = {}): Bench {
  const bench = benchBoard(port, texts, options)
  close.push(() => bench.board.halt())
  void bench.board.boot()
  return bench
}

/** Holds what was told of each connection against what is so, and keeps the row. */
function holds(
  row: { class: string; broker: string },
  seen: readonly Sighting[],
  reason: string,
  chain?: string,
): void {
  const print = printOf(chain)
  const right = seen.filter(
    ({ refused, certificate }) => refused?.reason === reason && certificate?.fingerprint === print,
  )
  const [first] = seen
  const device = first?.certificate?.subject ?? 'not shown'
  rows.push({ ...row, told: first?.refused?.reason ?? '', device, connections: seen.length, right: right.length })
  const wrong = seen.find((sighting) => !right.includes(sighting))
  expect(wrong, `${row.class}, ${reason}`).toBeUndefined()
}

for (const { name, start, on } of brokers) {
  on(
    `${name}: each class of a refused handshake is named, and the device wherever it showed its certificate`,
    async () => {
      for (const { title, reason, named, detail, server, roots, crl, board, profile, name: called } of cases) {
        const files = {
          ...(server && { server }),
          ...(roots !== undefined && { roots }),
          ...(crl !== undefined && { crl }),
        }
        if (name === 'embedded' && reason === 'server-chain-too-long') {
          // A broker of ours that no modem could enter does not start: nobody is ever refused for it.
          await expect(witnessed(start, files)).rejects.toThrow('too many')
          continue
        }
        const place = await witnessed(start, files)
        const broker = { host: '127.0.0.1', port: place.port, ...(called !== undefined && { name: called }) }
        const options = { broker, retry: eager, ...(profile !== undefined && { profile }) }
        const { board: running } = switchedOn(place.port, board, options)
        const seen: Sighting[] = []
        while (seen.length < rounds) seen.push(await firstSighting(place))
        await running.halt()
        holds({ class: title, broker: name }, seen, reason, named ? board.chain : undefined)
        for (const { refused } of seen) if (detail !== undefined) expect(refused?.detail).toMatch(detail)
      }
    },
    patience,
  )

  on(`${name}: of two boards with one client id it is told whose place was taken, and by whom`, async () => {
    const place = await witnessed(start)
    const { root, board } = paper
    const rival = await issue({ subject: 'rival', under: root })
    switchedOn(place.port, { root: root.pem, chain: board.pem, key: board.key })
    await firstSighting(place, ({ session }) => session !== undefined)
    switchedOn(place.port, { root: root.pem, chain: rival.pem, key: rival.key })
    const sighting = await firstSighting(place, ({ refused }) => refused !== undefined)
    holds({ class: 'client id clash', broker: name }, [sighting], 'client-id-clash', board.pem)
    expect(sighting.refused?.rival?.fingerprint).toBe(printOf(rival.pem))
    expect(sighting.clientId).toBe('nrf-7')
  })
}

test('embedded: a subscription that it does not allow is told of the certificate that asked for it', async () => {
  const place = await witnessed(embeddedWitness)
  const { root, board } = paper
  const order = { host: '127.0.0.1', port: place.port, profile: gcmProfile, material: material(root, board) }
  const line = await dial({ ...order, knowsTime: true, clock: systemClock, patience: 30_000 })
  if (!line.ok) throw new Error(JSON.stringify(line.refusal))
  close.push(() => line.value.stream.destroy())
  const more = { keepAlive: 60, cleanSession: true, clock: systemClock, patience: 30_000 }
  const session = await MqttSession.open(line.value.stream, { clientId: 'nrf-7', ...more })
  if (!session.ok) throw new Error(JSON.stringify(session.refusal))
  void session.value.subscribe('$share/g/x')
  const sighting = await firstSighting(place, ({ refused }) => refused !== undefined)
  holds({ class: 'ACL', broker: 'embedded' }, [sighting], 'acl-denied', board.pem)
  expect(sighting.refused?.detail).toBe('SUBSCRIBE to $share/g/x')
})

const onMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

onMosquitto('Mosquitto: a topic that is denied is told of the certificate, once for each session', async () => {
  const place = await witnessed(mosquittoWitness, { acl: 'topic read boards/#\n' })
  const { root, board } = paper
  switchedOn(place.port, { root: root.pem, chain: board.pem, key: board.key })
  const sighting = await firstSighting(place, ({ refused }) => refused !== undefined)
  holds({ class: 'ACL', broker: 'Mosquitto' }, [sighting], 'acl-denied', board.pem)
  expect(sighting.refused?.detail).toBe('PUBLISH to boards/nrf-7/hello')
})

onMosquitto('Mosquitto: a CONNECT that is refused is told of the only connection that it can have been', async () => {
  const place = await witnessed(mosquittoWitness, { more: ['clientid_prefixes other-'] })
  const { root, board } = paper
  switchedOn(place.port, { root: root.pem, chain: board.pem, key: board.key })
  const sighting = await firstSighting(place)
  holds({ class: 'not authorised', broker: 'Mosquitto' }, [sighting], 'not-authorised', board.pem)
})

onMosquitto(
  'Mosquitto: without its files, what one alert has in common is left open, with the candidates',
  async () => {
    const open: Record<string, string[]> = {
      'unknown CA': ['client-unknown-ca', 'client-chain-too-long', 'crl-unusable'],
      'stale CRL': ['crl-stale', 'ca-expired', 'broker-differs'],
      'CRL not yet valid': ['crl-unusable', 'broker-differs'],
    }
    const plain = new Set(['expired', 'not yet valid', 'revoked', 'wrong key use'])
    for (const { title, reason, crl, board } of cases) {
      if (open[title] === undefined && !plain.has(title)) continue
      const place = await witnessed(mosquittoWitness, { ...(crl !== undefined && { crl }), blind: true })
      const { board: running } = switchedOn(place.port, board)
      const { refused } = await firstSighting(place)
      await running.halt()
      expect(refused?.reason, title).toBe(plain.has(title) ? reason : 'undecided')
      expect(refused?.candidates, title).toEqual(open[title])
    }
  },
)

for (const { name, start, on } of brokers) {
  on(
    `${name}: of a crowd that comes all at once, each is told with its own class`,
    async () => {
      const { root, board, foreign, expired } = paper
      const revoked = await issue({ subject: 'revoked', under: root })
      const kinds: { client: Issued | undefined; reason: string | undefined }[] = [
        { client: board, reason: undefined },
        { client: foreign, reason: 'client-unknown-ca' },
        { client: expired, reason: 'client-expired' },
        { client: revoked, reason: 'client-revoked' },
        { client: undefined, reason: 'no-client-certificate' },
      ]
      const place = await witnessed(start, { crl: await revocationListOf(root, { revoked: [revoked] }) })
      const crowd = Array.from({ length: scaled(100, 20) }, (_, index) => {
        const kind = kinds[index % kinds.length]
        return { index, client: kind?.client, reason: kind?.reason }
      })
      for (const { index, client } of crowd)
        switchedOn(
          place.port,
          { root: root.pem, ...(client && { chain: client.pem, key: client.key }) },
          { clientId: `board-${index}`, retry: once, patience: 1e8 },
        )
      const told: string[] = []
      for (let count = 0; count < crowd.length; count++) {
        const { certificate, refused } = await firstSighting(place)
        told.push(`${certificate?.fingerprint} ${refused?.reason}`)
      }
      const wanted = crowd.map(({ client, reason }) => `${printOf(client?.pem)} ${reason}`)
      expect(told.sort()).toEqual(wanted.sort())
      const right = { connections: crowd.length, right: crowd.length }
      rows.push({
        class: 'a crowd of five kinds',
        broker: name,
        told: 'each its own',
        device: 'each its own',
        ...right,
      })
    },
    patience,
  )
}

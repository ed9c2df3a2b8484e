import { execFile } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { connect as tcp } from 'node:net'
import type { ConnectionOptions } from 'node:tls'
import { promisify } from 'node:util'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { MosquittoWitness, Observer, readBrokerFiles, type Sighting, waitForProof } from '../../src/broker/index.ts'
import { armour, makeRequest, newKeyPair } from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { testAuthority } from '../support/authority.ts'
import { mosquittoProgram, startMosquitto } from '../support/mosquitto.ts'
import { attempt } from '../support/mqtt-client.ts'
import { embedded as startEmbedded } from '../support/broker-desk.ts'
import { findProgram, needs } from '../support/outside.ts'
import { type BrokerPaper, brokerPaper } from '../support/paper.ts'

let paper: BrokerPaper
beforeAll(async () => {
  paper = await brokerPaper()
})

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** A broker, and the sightings of its witness. */
interface Place {
  readonly port: number
  readonly sightings: AsyncIterable<Sighting>
}

async function embedded(): Promise<Place> {
  const broker = await startEmbedded(paper)
  close.push(() => broker.close())
  return broker
}

async function mosquitto(): Promise<Place> {
  const running = await startMosquitto({ ca: paper.root, chain: paper.server.chain, key: paper.server.key })
  close.push(() => running.stop())
  const observer = await Observer.start({
    clock: systemClock,
    listen: { host: '127.0.0.1', port: 0 },
    broker: { host: '127.0.0.1', port: running.port },
    files: () => readBrokerFiles({ roots: paper.root }),
  })
  close.push(() => observer.close())
  return { port: observer.port, sightings: new MosquittoWitness(observer, running.log(), systemClock).sightings }
}

const fingerprint = (pem: string): string => new X509Certificate(pem).fingerprint256.replaceAll(':', '')

async function next(place: Place): Promise<Sighting> {
  for await (const sighting of place.sightings) return sighting
  throw new Error('nothing was seen')
}

async function meets(
  place: Place,
  clientId: string,
  tls: ConnectionOptions,
): Promise<{ sighting: Sighting; answer: string }> {
  const [sighting, tried] = await Promise.all([next(place), attempt(place.port, clientId, tls)])
  tried.socket.destroy()
  return { sighting, answer: tried.connack === undefined ? 'dropped' : `CONNACK ${tried.connack}` }
}

const brokers: [string, () => Promise<Place>, typeof test | typeof test.skip][] = [
  ['the embedded broker', embedded, test],
  ['Mosquitto', mosquitto, needs('mosquitto', mosquittoProgram !== undefined)],
]

for (const [name, start, on] of brokers) {
  on(`${name}: a good board is seen with its certificate, its client id, a full handshake and a session`, async () => {
    const place = await start()
    const before = systemClock.now()
    const { sighting, answer } = await meets(place, 'board-7', { cert: paper.board.chain, key: paper.board.key })
    expect(answer).toBe('CONNACK 0')
    expect(sighting).toMatchObject({
      handshake: 'full',
      clientId: 'board-7',
      certificate: { fingerprint: fingerprint(paper.board.chain) },
    })
    expect(sighting.at).toBeGreaterThanOrEqual(before)
    expect(sighting.session).toBeGreaterThanOrEqual(sighting.at)
    expect(sighting.refused).toBeUndefined()
  })

  on(`${name}: a board whose certificate is missing, foreign or expired is refused, and it is seen why`, async () => {
    const place = await start()
    const cases: [ConnectionOptions, string][] = [
      [{}, 'no-client-certificate'],
      [{ cert: paper.foreign.chain, key: paper.foreign.key }, 'client-unknown-ca'],
      [{ cert: paper.expired.chain, key: paper.expired.key }, 'client-expired'],
    ]
    for (const [tls, reason] of cases) {
      const { sighting, answer } = await meets(place, 'board-7', tls)
      expect(answer, reason).toBe(name === 'Mosquitto' ? 'dropped' : 'CONNACK 5')
      expect(sighting.session, reason).toBeUndefined()
      expect(sighting.refused?.reason).toBe(reason)
    }
  })

  on(`${name}: no handshake is resumed on the embedded broker, and a resumed one never proves a board`, async () => {
    const place = await start()
    const first = await attempt(place.port, 'board-7', { cert: paper.board.chain, key: paper.board.key })
    const session = first.socket.getSession()
    await next(place)
    first.socket.destroy()
    const [sighting, second] = await Promise.all([
      next(place),
      attempt(place.port, 'board-7', {
        cert: paper.board.chain,
        key: paper.board.key,
        ...(session !== undefined && { session }),
      }),
    ])
    const resumed = second.socket.isSessionReused()
    second.socket.destroy()
    expect(sighting.handshake).toBe(resumed ? 'resumed' : 'full')
    if (name !== 'Mosquitto') expect(resumed).toBe(false)
  })

  on(`${name}: a device that does not trust the broker is seen to have said so`, async () => {
    const place = await start()
    const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
    if (openssl === undefined) throw new Error('openssl is absent')
    const { mkdtempSync, rmSync, writeFileSync } = await import('node:fs')
    const folder = mkdtempSync('/tmp/sectag-openssl-')
    writeFileSync(`${folder}/ca.pem`, paper.foreign.root)
    const asked = promisify(execFile)(
      openssl,
      [
        's_client',
        '-connect',
        `127.0.0.1:${place.port}`,
        '-tls1_2',
        '-CAfile',
        `${folder}/ca.pem`,
        '-verify_return_error',
      ],
      { timeout: 10_000 },
    ).catch(() => {})
    const sighting = await next(place)
    await asked
    rmSync(folder, { recursive: true })
    expect(sighting).toMatchObject({
      handshake: 'none',
      refused: { by: 'device', reason: 'server-unknown-ca', alert: 48 },
    })
  })

  on(`${name}: waiting for proof goes past other boards and ends with the one`, async () => {
    const place = await start()
    const other = await brokerPaper()
    const expected = { fingerprint: fingerprint(paper.board.chain), clientId: 'board-7', after: systemClock.now() - 1 }
    const seen: Sighting[] = []
    const waiting = waitForProof(place.sightings, expected, {
      signal: new AbortController().signal,
      onSighting: (sighting) => seen.push(sighting),
    })
    for (const [clientId, tls] of [
      ['board-7', { cert: other.foreign.chain, key: other.foreign.key }],
      ['board-8', { cert: paper.board.chain, key: paper.board.key }],
      ['board-7', { cert: paper.board.chain, key: paper.board.key }],
    ] as const) {
      const { socket } = await attempt(place.port, clientId, tls)
      socket.destroy()
    }
    const waited = await waiting
    expect(waited.proven).toBe(true)
    expect(seen.length).toBe(3)
  })
}

test('waiting for proof ends unproven when it is told to', async () => {
  const place = await embedded()
  const stop = new AbortController()
  const waiting = waitForProof(place.sightings, { fingerprint: 'AA', after: 0 }, { signal: stop.signal })
  stop.abort()
  expect(await waiting).toEqual({ proven: false, seen: [] })
})

test('the embedded broker refuses shared subscriptions instead of granting and never serving them', async () => {
  const place = await embedded()
  const { generate, parser } = await import('mqtt-packet')
  const { socket } = await attempt(place.port, 'board-7', { cert: paper.board.chain, key: paper.board.key })
  const reader = parser({ protocolVersion: 4 })
  const granted = new Promise<unknown>((resolve) =>
    reader.on('packet', (packet) => packet.cmd === 'suback' && resolve(packet.granted)),
  )
  socket.on('data', (chunk) => void reader.parse(chunk))
  socket.write(generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: '$share/g/x', qos: 0 }] }))
  expect(await granted).toEqual([128])
  socket.destroy()
})

test('what is no TLS at all is seen as that', async () => {
  const place = await embedded()
  const socket = tcp(place.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write('\x10\x0c\x00\x04MQTT\x04\x02\x00\x3c')
  expect(await next(place)).toMatchObject({ handshake: 'none', refused: { reason: 'not-tls' } })
  socket.destroy()
})

test('of the certificates behind the leaf it is known whether the device sent them, or it is not said', async () => {
  const { files, issue } = await testAuthority()
  const pair = await newKeyPair()
  const { chain } = await issue({ profile: 'device', request: await makeRequest(pair, 'board-7') })
  const device = { cert: chain, key: armour({ label: 'PRIVATE KEY', der: pair.privateKey.pkcs8 }) }
  const seen = async (root: string): Promise<Sighting['certificate']> => {
    const broker = await startEmbedded({ ...paper, root })
    close.push(() => broker.close())
    return (await meets(broker, 'board-7', device)).sighting.certificate
  }
  // A broker that has only the root could not do without the issuing CA; one that has both could.
  expect(await seen(files.rootCertificate)).toMatchObject({ issuers: 'needed' })
  expect(await seen(`${files.rootCertificate}${files.issuingCertificate}`)).not.toHaveProperty('issuers')
})

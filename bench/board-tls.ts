import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer, type TLSSocket } from 'node:tls'
import { cbcProfile, dial, gcmProfile, type TlsMaterial, type TlsProfile } from '../src/tls/index.ts'
import { makePaper } from './paper.ts'
import { systemClock } from '../src/port/index.ts'
import { utf8 } from '../src/terms/index.ts'
import type { Figure } from './run.ts'

const rounds = 500
const bytes = 32 * 2 ** 20
const tls12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const

interface Call {
  readonly port: number
  readonly profile: TlsProfile
  readonly material: TlsMaterial
}

async function open({ port, profile, material }: Call) {
  const order = { host: '127.0.0.1', port, profile, material, knowsTime: true, clock: systemClock, patience: 10_000 }
  const connected = await dial(order)
  if (!connected.ok) throw new Error(JSON.stringify(connected.refusal))
  return connected.value
}

/** One after the other, in one process with the server: both halves of each handshake are in the figure. */
async function handshakes(what: string, call: Call): Promise<Figure> {
  for (let round = 0; round < 20; round++) (await open(call)).stream.destroy()
  const started = performance.now()
  for (let round = 0; round < rounds; round++) (await open(call)).stream.destroy()
  return { what, value: rounds / ((performance.now() - started) / 1000), unit: '/s' }
}

async function sending(what: string, call: Call, server: { received: Promise<void> }): Promise<Figure> {
  const { stream } = await open(call)
  const started = performance.now()
  stream.write(new Uint8Array(bytes))
  await server.received
  const seconds = (performance.now() - started) / 1000
  stream.destroy()
  return { what, value: bytes / 2 ** 20 / seconds, unit: 'MiB/s' }
}

/** Full handshakes a second of the virtual board's TLS client against Node's server, and how fast it sends. */
export async function measure(): Promise<Figure[]> {
  const paper = await makePaper('nrf-bench', Date.now())
  // A board's certificate does for a server here: names are not checked unless an application asks (TLS-12).
  let received = Promise.withResolvers<void>()
  const serve = (socket: TLSSocket): void => {
    let seen = 0
    socket
      .on('error', () => {})
      .on('data', (chunk: Buffer) => {
        seen += chunk.length
        if (seen >= bytes) received.resolve()
      })
  }
  const identity = { cert: paper.certificate, key: paper.key, ca: paper.ca, requestCert: true }
  const server = createServer({ ...identity, ...tls12 }, serve)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const material = { roots: [utf8(paper.ca)], chain: utf8(paper.certificate), key: utf8(paper.key) }
  const figures: Figure[] = []
  for (const [name, profile] of [
    ['AES-128-GCM', gcmProfile],
    ['AES-256-CBC', cbcProfile],
  ] as const) {
    const call = { port, profile, material }
    figures.push(await handshakes(`${name}: mutual handshakes a second, both ends in one process`, call))
    received = Promise.withResolvers<void>()
    figures.push(await sending(`${name}: sending`, call, { received: received.promise }))
  }
  server.close()
  await once(server, 'close')
  return figures
}

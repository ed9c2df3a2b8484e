import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmbeddedBroker, MosquittoWitness, Observer, readBrokerFiles, type Sighting } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { type RunningMosquitto, startMosquitto } from './mosquitto.ts'

/** What a broker is to be. PEM texts. */
export interface WitnessedFiles {
  readonly roots: string
  readonly server: { readonly chain: string; readonly key: string }
  readonly crl?: string
  /** Mosquitto's rules for topics. */
  readonly acl?: string
  /** Further lines of Mosquitto's configuration. */
  readonly more?: readonly string[]
  /** Whether the witness is given the broker's files; it is, unless a test wants to see it without. */
  readonly blind?: boolean
}

/** A broker with its witness: where boards connect to, and what was seen. */
export interface Witnessed {
  readonly port: number
  readonly sightings: AsyncIterable<Sighting>
  /** Mosquitto, where it is that. */
  readonly mosquitto?: RunningMosquitto
  stop(): Promise<void>
}

/** The broker of ours. */
export async function embeddedWitness({ roots, server, crl }: WitnessedFiles): Promise<Witnessed> {
  const broker = await EmbeddedBroker.start({
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    serverChain: server.chain,
    serverKey: server.key,
    clientRoots: roots,
    ...(crl !== undefined && { revocations: crl }),
  })
  return { port: broker.port, sightings: broker.sightings, stop: () => broker.close() }
}

/** Mosquitto behind an observer, their reports joined. */
export async function mosquittoWitness(files: WitnessedFiles): Promise<Witnessed> {
  const { roots, server, crl, acl, more = [], blind } = files
  const folder = mkdtempSync(join(tmpdir(), 'sectag-witness-'))
  // Started by root, Mosquitto becomes the user mosquitto.
  chmodSync(folder, 0o755)
  const line = (word: string, name: string, text: string | undefined): string[] => {
    if (text === undefined) return []
    writeFileSync(join(folder, name), text, { mode: 0o644 })
    return [`${word} ${join(folder, name)}`]
  }
  const lines = [...line('crlfile', 'crl.pem', crl), ...line('acl_file', 'acl', acl), ...more]
  const mosquitto = await startMosquitto({ ca: roots, ...server, more: lines })
  const observer = await Observer.start({
    clock: systemClock,
    listen: { host: '127.0.0.1', port: 0 },
    broker: { host: '127.0.0.1', port: mosquitto.port },
    files: () => readBrokerFiles(blind === true ? {} : { roots, revocations: crl ?? false }),
  })
  const { sightings } = new MosquittoWitness(observer, mosquitto.log(), systemClock)
  const stop = async (): Promise<void> => {
    await observer.close()
    await mosquitto.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { port: observer.port, sightings, mosquitto, stop }
}

/** The first sighting that is as wanted; those before it are passed over. */
export async function firstSighting(
  { sightings }: Pick<Witnessed, 'sightings'>,
  wanted: (sighting: Sighting) => boolean = () => true,
): Promise<Sighting> {
  const iterator = sightings[Symbol.asyncIterator]()
  for (;;) {
    const next = await iterator.next()
    if (next.done === true) throw new Error('nothing more was seen')
    if (wanted(next.value)) return next.value
  }
}

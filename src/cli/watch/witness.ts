import { EmbeddedBroker, MosquittoWitness, Observer, type Sighting } from '../../broker/index.ts'
import type { Context } from '../context.ts'
import type { SeenSession } from '../home/sessions.ts'
import { certificateProblem, type NamedText, pairProblem } from '../key-pair.ts'
import type { Ending } from '../output.ts'
import { placeWords, readPlace } from '../place.ts'
import { readText } from '../read-file.ts'
import type { Typed } from '../verb.ts'
import { type BrokerPaths, followBrokerFiles } from './broker-files.ts'
import { followFile } from './follow-file.ts'
import type { Place } from './refusals.ts'
import { resolve } from 'node:path'

/** A witness at work. */
export interface Witness {
  readonly kind: SeenSession['witness']
  readonly host: string
  readonly port: number
  /** Where what it refuses can be looked into. */
  readonly place: Place
  readonly sightings: AsyncIterable<Sighting>
  close(): Promise<void>
}

/** What a witness is to be, as it was typed: a broker of ours, or an observer in front of another. */
export type WitnessOrder =
  | { readonly kind: 'embedded'; readonly listen: Listen; readonly files: ServerFiles }
  | {
      readonly kind: 'observer'
      readonly listen: Listen
      readonly broker: Listen
      readonly log: string
      readonly paths: BrokerPaths
      readonly failOpen: boolean
    }

interface Listen {
  readonly host: string
  readonly port: number
}

interface ServerFiles {
  readonly serverChain: string
  readonly serverKey: string
  readonly clientRoots: string
  readonly revocations?: string
}

/** Reads the flags that say where to watch; an Ending where they do not say it. */
export function readWitness(context: Context, { options }: Typed): WitnessOrder | Ending {
  const { host = '127.0.0.1', port } = readPlace(String(options['listen'])) ?? {}
  if (port === undefined)
    return wrong(
      `${String(options['listen'])} is no place to listen at`,
      'a port is expected, with a host in front if need be',
    )
  const listen = { host, port }
  const front = options['inFrontOf']
  if (typeof front === 'string') return inFront(context, options, listen, front)
  const files = serverFiles(context, options)
  return 'exit' in files ? files : { kind: 'embedded', listen, files }
}

function inFront(context: Context, options: Typed['options'], listen: Listen, front: string): WitnessOrder | Ending {
  const broker = readPlace(front)
  if (broker?.host === undefined) return wrong(`${front} is no place of a broker`, 'HOST:PORT is expected')
  const log = options['brokerLog']
  if (typeof log !== 'string')
    return wrong(
      '--in-front-of needs --broker-log',
      "whether a session followed a handshake, only the broker's own log says",
    )
  const paths = brokerPaths(context, options)
  if ('exit' in paths) return paths
  return {
    kind: 'observer',
    listen,
    broker: { host: broker.host, port: broker.port ?? 8883 },
    log: resolve(context.cwd, log),
    paths,
    failOpen: options['failOpen'] === true,
  }
}

/** The files that the other broker uses; read once here, so that a wrong name is said before anything listens. */
function brokerPaths({ cwd }: Context, options: Typed['options']): BrokerPaths | Ending {
  const found: { roots?: string; revocations?: string } = {}
  for (const [flag, name, of] of [
    ['--client-ca', 'clientCa', 'roots'],
    ['--crl', 'crl', 'revocations'],
  ] as const) {
    const value = options[name]
    if (typeof value !== 'string') continue
    const path = resolve(cwd, value)
    const text = readText(path, flag)
    if (typeof text !== 'string') return text
    found[of] = path
  }
  return found
}

function serverFiles({ cwd }: Context, options: Typed['options']): ServerFiles | Ending {
  const read = (flag: string, name: string): string | Ending | undefined =>
    typeof options[name] === 'string' ? readText(resolve(cwd, options[name]), flag) : undefined
  const chain = read('--server-cert', 'serverCert')
  const key = read('--server-key', 'serverKey')
  const roots = read('--client-ca', 'clientCa')
  const crl = read('--crl', 'crl')
  for (const file of [chain, key, roots, crl]) if (typeof file === 'object') return file
  if (typeof chain !== 'string' || typeof key !== 'string' || typeof roots !== 'string')
    return wrong(
      'nothing says at which broker to watch',
      'either --in-front-of with --broker-log, or --server-cert, --server-key and --client-ca for a broker of our own, is needed',
    )
  const named = (flag: string, name: string, text: string): NamedText => ({ flag, name: String(options[name]), text })
  const shown = named('--server-cert', 'serverCert', chain)
  const problem =
    certificateProblem(shown) ??
    pairProblem(shown, named('--server-key', 'serverKey', key)) ??
    certificateProblem(named('--client-ca', 'clientCa', roots))
  if (problem !== undefined) return { exit: 2, failure: { ...problem, state: 'nothing was begun' } }
  return {
    serverChain: chain,
    serverKey: key,
    clientRoots: roots,
    ...(typeof crl === 'string' && { revocations: crl }),
  }
}

/** Starts it; throws what the system or the TLS library throws where it cannot. */
export async function startWitness(context: Context, order: WitnessOrder, signal: AbortSignal): Promise<Witness> {
  const { clock } = context
  if (order.kind === 'embedded') {
    const broker = await EmbeddedBroker.start({ clock, ...order.listen, ...order.files })
    return {
      kind: 'embedded',
      host: order.listen.host,
      port: broker.port,
      place: { broker: placeWords(order.listen.host, broker.port) },
      sightings: broker.sightings,
      close: () => broker.close(),
    }
  }
  const lines = followFile(order.log, clock, signal)
  const { listen, broker, failOpen, log } = order
  const files = followBrokerFiles(order.paths)
  const observer = await Observer.start({ clock, listen, broker, files, failOpen })
  const { sightings } = new MosquittoWitness(observer, lines, clock)
  const place = { broker: placeWords(broker.host, broker.port), log }
  const close = (): Promise<void> => observer.close()
  return { kind: 'observer', host: listen.host, port: observer.port, place, sightings, close }
}

function wrong(what: string, why: string): Ending {
  return { exit: 2, failure: { what, state: 'nothing was begun', why, next: 'sectag watch --help' } }
}

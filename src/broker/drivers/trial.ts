import type { Clock, Random, Secret } from '../../terms/index.ts'
import { rehearse } from '../rehearsal.ts'
import type { Obstacle } from '../rehearsal-order.ts'

/** The broker's door, as this computer reaches it. */
export interface Door {
  readonly host: string
  readonly port: number
  /** The name that its certificate bears, where it is not the host's. */
  readonly name?: string
  /** PEM of the root CAs that its certificate comes from. */
  readonly roots: string
}

/** A certificate of this computer's own, made for trying a door. */
export interface Pass {
  /** PEM, leaf first. */
  readonly chain: string
  readonly key: Secret
  /** Hexadecimal. */
  readonly serial: string
}

/** How it was received. */
export type Received =
  | { readonly is: 'in' }
  | { readonly is: 'refused'; readonly words: string }
  /** Nobody looked at the certificate, so nothing is known of it. */
  | { readonly is: 'unreached'; readonly words: string }

/** Milliseconds for one try. */
const patience = 10_000

/** Obstacles that lie before the certificate is looked at. */
const before = new Set<Obstacle>([
  'no-such-host',
  'no-listener',
  'no-answer',
  'plain-port',
  'not-tls',
  'no-common-suite',
  'protocol-version',
  'unknown-server-ca',
  'server-expired',
  'name-mismatch',
  'key-does-not-fit',
])

/** Tries a door: a full handshake and a clean session under a client id of our own, ended at once. Publishes nothing. */
export async function knock(door: Door, pass: Pass, world: { clock: Clock; random: Random }): Promise<Received> {
  const { chain, key } = pass
  const { random, clock } = world
  const tried = await rehearse({ ...door, chain, key, timeoutMs: patience, random, now: clock.now() })
  if (tried.reached) return { is: 'in' }
  const words = [tried.obstacle, tried.detail].filter((word) => word !== undefined).join(': ')
  const { obstacle } = tried
  return { is: obstacle === undefined || before.has(obstacle) ? 'unreached' : 'refused', words }
}

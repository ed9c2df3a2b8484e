import { randomBytes } from 'node:crypto'
import { type Outcome, refused } from '../terms/index.ts'
import type { TlsFailure } from './failure.ts'
import type { TlsMaterial, TlsSessions } from '../virtual/index.ts'
import { readMaterial } from './material.ts'
import type { TlsProfile } from './profile.ts'
import { type TlsConnection, TlsSession } from './session.ts'
import type { SessionMemory } from './steps.ts'
import { connectTcp, type Place, sweep, within } from './tcp.ts'

/** A secure socket as an application orders it from its modem. */
export interface DialOrder extends Place {
  /** What the server is called: sent to it, and checked where the profile says so. Addresses are not sent (RFC 6066 §3). */
  readonly name?: string
  readonly profile: TlsProfile
  readonly material: TlsMaterial
  /** Whether the modem knows the time: only then are dates of certificates looked at (MODE-43). */
  readonly knowsTime: boolean
  /** The modem's session cache, where it has one switched on. */
  readonly sessions?: TlsSessions
}

/** Opens a TCP connection and shakes hands on it, in the order of a modem: the store first, then the network. */
export async function dial(order: DialOrder): Promise<Outcome<TlsConnection, TlsFailure>> {
  const material = readMaterial(order.material)
  if (!material.ok) return refused({ stage: 'local', reason: material.refusal })
  const wire = await connectTcp(order)
  if (!wire.ok) return refused({ stage: 'tcp', reason: wire.refusal })
  const session = new TlsSession(wire.value, {
    profile: order.profile,
    material: material.value,
    random: Uint8Array.from(randomBytes(32)),
    ...(order.name !== undefined && { name: order.name }),
    ...(order.knowsTime && { now: order.clock.now() }),
    ...(order.sessions !== undefined && { sessions: memoryOf(order.sessions, `${order.host}:${order.port}`) }),
  })
  const outcome = await within(order, session.connect(), (reason) => session.give(reason))
  if (outcome.ok) void outcome.value.ended.then(() => sweep(wire.value, order))
  else void sweep(wire.value, order)
  return outcome
}

function memoryOf(sessions: TlsSessions, server: string): SessionMemory {
  const offer = sessions.get(server)
  return {
    ...(offer !== undefined && { offer }),
    keep: (session) => void sessions.set(server, session),
    forget: () => void sessions.delete(server),
  }
}

import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { type Clock, type Outcome, refused } from '../../terms/index.ts'
import type { TlsFailure, TlsReason } from './failure.ts'
import type { TlsMaterial, TlsSessions } from '../../virtual/index.ts'
import { readMaterial } from './material.ts'
import type { TlsProfile } from './profile.ts'
import { type TlsConnection, TlsSession } from './session.ts'
import type { SessionMemory } from './steps.ts'

/** A connection as an application orders it from its modem. */
export interface TcpOrder {
  readonly host: string
  readonly port: number
  readonly clock: Clock
  /** Milliseconds for each part of it. */
  readonly patience: number
  readonly signal?: AbortSignal
}

/** A secure socket: TCP, and the handshake, each within the patience. */
export interface DialOrder extends TcpOrder {
  /** What the server is called: sent to it, and checked where the profile says so. Addresses are not sent (RFC 6066 §3). */
  readonly name?: string
  readonly profile: TlsProfile
  readonly material: TlsMaterial
  /** Whether the modem knows the time: only then are dates of certificates looked at (MODE-43). */
  readonly knowsTime: boolean
  /** The modem's session cache, where it has one switched on. */
  readonly sessions?: TlsSessions
}

/** Milliseconds until a socket whose other side does not close is closed over its head. */
const lingers = 2000

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

/** Waits, and gives up when patience or the caller is at an end. */
async function within<T>(
  order: TcpOrder,
  something: Promise<T>,
  give: (reason: 'timeout' | 'aborted') => void,
): Promise<T> {
  const settled = new AbortController()
  const abort = (): void => give('aborted')
  order.signal?.addEventListener('abort', abort)
  if (order.signal?.aborted === true) abort()
  order.clock.sleep(order.patience, settled.signal).then(
    () => give('timeout'),
    () => {},
  )
  try {
    return await something
  } finally {
    settled.abort()
    order.signal?.removeEventListener('abort', abort)
  }
}

/** Opens a TCP connection, as a modem does for a socket that is secured and for one that is not. */
export async function connectTcp(order: TcpOrder): Promise<Outcome<Socket, TlsReason>> {
  const socket = connect({ host: order.host, port: order.port, noDelay: true })
  const { promise, resolve } = Promise.withResolvers<Outcome<Socket, TlsReason>>()
  const fails = (error: NodeJS.ErrnoException): void => resolve(refused(tcpReasons[error.code ?? ''] ?? 'unreachable'))
  socket.once('error', fails)
  socket.once('connect', () => {
    socket.off('error', fails)
    resolve({ ok: true, value: socket })
  })
  const outcome = await within(order, promise, (reason) => resolve(refused(reason)))
  if (!outcome.ok) socket.destroy()
  return outcome
}

const tcpReasons: Record<string, TlsReason> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'reset',
  ENOTFOUND: 'name-not-found',
  EAI_AGAIN: 'name-not-found',
}

/** Leaves the other side a moment to read our last words and close; no socket outlives it. */
async function sweep(socket: Socket, { clock, signal }: DialOrder): Promise<void> {
  if (socket.destroyed) return
  const gone = new AbortController()
  const stop = (): void => gone.abort()
  socket.once('close', stop)
  signal?.addEventListener('abort', stop)
  if (signal?.aborted === true) stop()
  await clock.sleep(lingers, gone.signal).catch(() => {})
  signal?.removeEventListener('abort', stop)
  socket.destroy()
}

import { connect, type Socket } from 'node:net'
import { type Clock, type Outcome, refused } from '../terms/index.ts'
import type { TlsReason } from './failure.ts'

/** Where to connect to, and how long to wait for it. */
export interface Place {
  readonly host: string
  readonly port: number
  readonly clock: Clock
  /** Milliseconds for TCP, and again for what is said on it. */
  readonly patience: number
  readonly signal?: AbortSignal
}

/** Milliseconds until a socket whose other side does not close is closed over its head. */
const lingers = 2000

/** Waits, and gives up when patience or the caller is at an end. */
export async function within<T>(
  order: Place,
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

/** Opens a TCP connection, as a modem does for a socket that is secured and for one that is not; or why there is none. */
export async function connectTcp(order: Place): Promise<Outcome<Socket, TlsReason>> {
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
export async function sweep(socket: Socket, { clock, signal }: Place): Promise<void> {
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

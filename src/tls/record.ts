import { type Bytes, concatBytes } from '../terms/index.ts'
import { uint, vector } from './cursor.ts'

/** Content types of records (RFC 5246 §6.2.1). */
export const contentType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const

/** The one version that a modem has (TLS-01). */
export const tls12 = 0x0303

/** A record as it stands on the wire, still sealed if its direction is. */
export interface WireRecord {
  readonly type: number
  readonly body: Bytes
}

/** What stands at the beginning of received bytes. */
export type Taken =
  | { is: 'record'; record: WireRecord; rest: Bytes }
  | { is: 'more' }
  | { is: 'broken'; reason: 'not-tls' | 'record-too-large' }

/** RFC 5246 §6.2.3: no ciphertext is longer. */
const longestSealed = 2 ** 14 + 2048

/** Takes the first record off; any first version 3.x is read, because a server that cannot agree may say so in an older one. */
export function takeRecord(received: Bytes): Taken {
  const [type = 0, major = 3] = received
  if (received.length > 0 && (type < 20 || type > 23 || major !== 3)) return { is: 'broken', reason: 'not-tls' }
  if (received.length < 5) return { is: 'more' }
  const length = (received[3] ?? 0) * 256 + (received[4] ?? 0)
  if (length > longestSealed) return { is: 'broken', reason: 'record-too-large' }
  if (received.length < 5 + length) return { is: 'more' }
  return { is: 'record', record: { type, body: received.slice(5, 5 + length) }, rest: received.subarray(5 + length) }
}

/** A record on the wire. */
export function formatRecord(type: number, body: Uint8Array): Bytes {
  return concatBytes([uint(type, 1), uint(tls12, 2), vector(2, body)])
}

import { type Bytes, concatBytes } from '../terms/index.ts'
import { Cursor, uint, vector } from './cursor.ts'
import { curveNumber } from './hello.ts'
import { readSchemes, readSigned } from './signature.ts'

/** A handshake message as it goes out and into the transcript. */
export function formatMessage(type: number, body: Uint8Array): Bytes {
  return concatBytes([uint(type, 1), vector(3, body)])
}

/** The DER of each certificate of a Certificate message, leaf first; undefined where it is none. */
export function readCertificates(body: Uint8Array): Bytes[] | undefined {
  const message = new Cursor(body)
  const list = new Cursor(message.vector(3))
  const certificates: Bytes[] = []
  while (list.left > 0) certificates.push(list.vector(3))
  return message.whole && list.whole ? certificates : undefined
}

/** The content of a Certificate message; an empty list says that there is none. */
export function certificates(list: readonly Uint8Array[]): Bytes {
  return vector(3, ...list.map((der) => vector(3, der)))
}

/** A server's half of the key exchange. */
export interface KeyExchange {
  readonly curve: keyof typeof curveNumber
  readonly point: Bytes
  /** The bytes that are signed, the randoms in front not included. */
  readonly params: Bytes
  readonly signed: { scheme: number; signature: Bytes }
}

const namedCurve = 3

/** Reads a ServerKeyExchange (RFC 8422 §5.4); undefined where it is none or names a curve that no modem has. */
export function readKeyExchange(body: Bytes): KeyExchange | undefined {
  const cursor = new Cursor(body)
  const form = cursor.uint(1)
  const number = cursor.uint(2)
  const point = cursor.vector(1)
  const params = body.slice(0, body.length - cursor.left)
  const signed = readSigned(cursor)
  const curve = (['P-256', 'P-384'] as const).find((curve) => curveNumber[curve] === number)
  if (!cursor.whole || form !== namedCurve || curve === undefined) return undefined
  return { curve, point, params, signed }
}

/** What a server wants to see of its client (RFC 5246 §7.4.4). */
export interface CertificateRequest {
  /** Kinds of keys: 1 RSA, 64 ECDSA. */
  readonly kinds: readonly number[]
  /** Numbers of signatures that it takes. */
  readonly signatures: readonly number[]
  /** Names of authorities, DER; none says any. They do not matter to a modem. */
  readonly authorities: readonly Bytes[]
}

/** Reads a CertificateRequest; undefined where it is none. */
export function readCertificateRequest(body: Uint8Array): CertificateRequest | undefined {
  const cursor = new Cursor(body)
  const kinds = [...cursor.vector(1)]
  const signatures = readSchemes(cursor.vector(2))
  const names = new Cursor(cursor.vector(2))
  const authorities: Bytes[] = []
  while (names.left > 0) authorities.push(names.vector(2))
  return cursor.whole && names.whole ? { kinds, signatures, authorities } : undefined
}

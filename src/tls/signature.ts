import { type KeyObject, sign, verify } from 'node:crypto'
import { type Bytes, concatBytes } from '../terms/index.ts'
import { Cursor, uint, vector } from './cursor.ts'

/** A pair of hash and key (RFC 5246 §7.4.1.4.1), best first. */
const schemes = [
  { number: 0x0403, hash: 'sha256', key: 'ec' },
  { number: 0x0401, hash: 'sha256', key: 'rsa' },
  { number: 0x0503, hash: 'sha384', key: 'ec' },
  { number: 0x0501, hash: 'sha384', key: 'rsa' },
  { number: 0x0603, hash: 'sha512', key: 'ec' },
  { number: 0x0601, hash: 'sha512', key: 'rsa' },
] as const

/** What a ClientHello offers. SHA-1 is left out: whether a modem takes it is not known (TLS-20). */
export const offeredSignatures: readonly number[] = schemes.map(({ number }) => number)

/** Something signed: `DigitallySigned` on the wire, the scheme's number first. */
export function readSigned(cursor: Cursor): { scheme: number; signature: Bytes } {
  return { scheme: cursor.uint(2), signature: cursor.vector(2) }
}

/** Whether the signature is that key's; a scheme that was not offered never is. */
export function isSigned(data: Uint8Array, signed: { scheme: number; signature: Uint8Array }, key: KeyObject): boolean {
  const scheme = schemes.find(({ number, key: kind }) => number === signed.scheme && kind === key.asymmetricKeyType)
  if (scheme === undefined) return false
  try {
    return verify(scheme.hash, data, key, signed.signature)
  } catch {
    return false
  }
}

/** Signs with the first scheme that the key can do and the other side takes; undefined where there is none. */
export function signedWith(data: Uint8Array, key: KeyObject, taken: readonly number[]): Bytes | undefined {
  const scheme = schemes.find(({ number, key: kind }) => kind === key.asymmetricKeyType && taken.includes(number))
  if (scheme === undefined) return undefined
  return concatBytes([uint(scheme.number, 2), vector(2, sign(scheme.hash, data, key))])
}

/** The numbers in a vector of schemes. */
export function readSchemes(bytes: Uint8Array): number[] {
  const cursor = new Cursor(bytes)
  const found: number[] = []
  while (cursor.left > 1) found.push(cursor.uint(2))
  return found
}

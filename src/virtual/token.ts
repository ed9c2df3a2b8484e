import { encode } from 'cborg'
import { type Bytes, concatBytes } from '../terms/index.ts'
import { type DeviceKey, signWith } from './device-key.ts'

/** `{1: -7}`, which is ES256, as the octets that are signed. */
const es256 = Uint8Array.of(0xa1, 0x01, 0x26)
/** A CBOR number inside a byte string: -2, the identity key (KEY-27). */
const identityKid = Uint8Array.of(0x21)
/** CBOR tags are written as octets: 18 is COSE_Sign1, 55799 says "this is CBOR". */
const [coseSign1, selfDescribed] = [Uint8Array.of(0xd2), Uint8Array.of(0xd9, 0xd9, 0xf7)]

/** A message of a modem: tag 55799 and an array (KEY-28, KEY-41). */
export function message(members: readonly unknown[]): Bytes {
  return concatBytes([selfDescribed, encode(members)])
}

/** What a signature covers beside its header: octets that are elsewhere, and octets that are inside. */
export interface Covered {
  readonly outside: Bytes
  readonly payload: Bytes | null
}

/**
 * `<base64url>.<base64url>`: a body, and a COSE_Sign1 by the identity key (KEY-26, KEY-33). Written apart from the reader
 * in `identity`, so that the two do not share mistakes.
 */
export function token(body: Bytes, covered: Covered, key: DeviceKey): string {
  const signature = signWith(key, encode(['Signature1', es256, covered.outside, covered.payload]))
  const envelope = encode([es256, new Map([[4, identityKid]]), covered.payload, signature])
  return [body, concatBytes([coseSign1, envelope])].map(base64url).join('.')
}

/** KEY-08: without padding. */
export function base64url(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

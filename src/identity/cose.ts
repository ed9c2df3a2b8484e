import { encode } from 'cborg'
import { type Bytes, sameBytes } from '../terms/index.ts'
import { byteString, readCbor, readTagged } from './cbor.ts'

/** The second half of a token: COSE_Sign1 (RFC 9052, 4.2) as modems write it (KEY-26). */
export interface CoseSign1 {
  /** The number of the key that signed: -2 is the identity key (KEY-27). */
  readonly kid: number
  /** Null where what was signed is not inside (KEY-36). */
  readonly payload: Bytes | null
  /** r and s, 64 octets. */
  readonly signature: Bytes
}

/** The number under which modems know their identity key (KEY-27). */
export const identityKid = -2

const tag18 = [0xd2]
const [labelKid, es256] = [4, Uint8Array.of(0xa1, 0x01, 0x26)]

/** Reads COSE_Sign1; undefined where it is none, or where the algorithm is not ES256. */
export function readCose(bytes: Bytes): CoseSign1 | undefined {
  const [header, unprotected, content, signed] = readTagged(bytes, tag18, 4) ?? []
  const algorithm = byteString(header)
  const signature = byteString(signed, 64)
  const payload = content === null ? null : byteString(content)
  const kid = readKid(unprotected)
  if (algorithm === undefined || !sameBytes(algorithm, es256)) return undefined
  return signature === undefined || payload === undefined || kid === undefined ? undefined : { kid, payload, signature }
}

/** `{ 4: h'21' }`: a byte string that holds a CBOR number. */
function readKid(unprotected: unknown): number | undefined {
  if (!(unprotected instanceof Map) || unprotected.size !== 1) return undefined
  const inner = byteString(unprotected.get(labelKid))
  const kid = inner === undefined ? undefined : readCbor(inner)
  return typeof kid === 'number' && Number.isInteger(kid) ? kid : undefined
}

/** The octets that are signed (RFC 9052, 4.4). A payload that is not inside is null here too, and no empty string (KEY-36). */
export function signedOctets(externalAad: Bytes, payload: Bytes | null): Bytes {
  return Uint8Array.from(encode(['Signature1', es256, externalAad, payload]))
}

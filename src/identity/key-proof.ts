import { type Bytes, type Outcome, ok } from '../terms/index.ts'
import { byteString, readCbor, readTagged } from './cbor.ts'
import { signedOctets } from './cose.ts'
import { messageHead, no, readToken, type SignedToken, type TokenProblem, uuidText } from './token.ts'

/** What `%KEYGEN` says: that a key was born in a tag of a device, signed by the device. Nothing of it is checked yet. */
export interface KeyProof extends SignedToken {
  /** Whether `der` is a PKCS#10 request or a SubjectPublicKeyInfo. */
  readonly kind: 'request' | 'public-key'
  /** The first half, as it came. */
  readonly der: Bytes
  /** The security tag that the modem says it made the key in. */
  readonly tag: number
  /** SHA-256 of the first half, as the modem says. */
  readonly digest: Bytes
  /** Sixteen octets. */
  readonly nonce: Bytes
}

/** Message numbers inside the COSE payload (KEY-29). */
const kinds: Record<number, KeyProof['kind']> = { 8: 'public-key', 9: 'request' }

/** Reads the answer of `%KEYGEN`, without its quotes (KEY-08, KEY-28 to KEY-30). */
export function readKeyProof(text: string): Outcome<KeyProof, TokenProblem> {
  const token = readToken(text)
  if (!token.ok) return token
  const { body, cose } = token.value
  const payload = cose.payload === null ? undefined : readPayload(cose.payload)
  if (payload === undefined || cose.payload === null)
    return no('not-this-message', 'it is no proof of a key that was born in a modem')
  return ok({
    ...payload,
    der: body,
    kid: cose.kid,
    // OPEN-22: which firmware signs in which way is not known.
    forms: [
      { covers: 'payload', octets: signedOctets(new Uint8Array(), cose.payload) },
      { covers: 'payload and body', octets: signedOctets(body, cose.payload) },
    ],
    signature: cose.signature,
  })
}

function readPayload(payload: Bytes): Pick<KeyProof, 'kind' | 'deviceUuid' | 'tag' | 'digest' | 'nonce'> | undefined {
  const [message, device, place, hash, random] = readTagged(payload, messageHead, 5) ?? []
  const kind = typeof message === 'number' ? kinds[message] : undefined
  const [deviceUuid, digest, nonce] = [byteString(device, 16), byteString(hash, 32), byteString(random, 16)]
  // KEY-30: the tag is a CBOR number inside a byte string.
  const inner = byteString(place)
  const tag = inner === undefined ? undefined : readCbor(inner)
  if (kind === undefined || deviceUuid === undefined || digest === undefined || nonce === undefined) return undefined
  if (typeof tag !== 'number' || !Number.isInteger(tag) || tag < 0 || tag > 0xffff_ffff) return undefined
  return { kind, deviceUuid: uuidText(deviceUuid), tag, digest, nonce }
}

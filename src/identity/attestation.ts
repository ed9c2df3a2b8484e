import { type Bytes, type Outcome, ok } from '../terms/index.ts'
import { byteString, readTagged } from './cbor.ts'
import { signedOctets } from './cose.ts'
import { messageHead, no, readToken, type SignedToken, type TokenProblem, uuidText } from './token.ts'

/**
 * What `%ATTESTTOKEN` says: which device this is. It holds no key, and anybody can make one up that is consistent in
 * itself; trust comes from the channel that it was read over.
 */
export interface Attestation extends SignedToken {
  readonly kind: 'attestation'
  /** Which chip, by the number that KEY-42 lists: 3 nRF9160 SICA, 6 nRF9151 LACA. */
  readonly deviceType: number
  readonly firmwareUuid: string
  /** Sixteen octets: the challenge where one was given, else the modem's own. */
  readonly nonce: Bytes
}

/** The first member of an attestation's body (KEY-41). */
const deviceIdentity = 1

/** Reads the answer of `%ATTESTTOKEN`, without its quotes (KEY-39, KEY-41). */
export function readAttestation(text: string): Outcome<Attestation, TokenProblem> {
  const token = readToken(text)
  if (!token.ok) return token
  const { body, cose } = token.value
  const [message, device, deviceType, firmware, given] = readTagged(body, messageHead, 5) ?? []
  const [deviceUuid, firmwareUuid, nonce] = [byteString(device, 16), byteString(firmware, 16), byteString(given, 16)]
  if (message !== deviceIdentity || deviceUuid === undefined || firmwareUuid === undefined || nonce === undefined)
    return no('not-this-message', 'it is no attestation token')
  if (typeof deviceType !== 'number' || cose.payload !== null)
    return no('not-this-message', 'it is not an attestation token of the kind that is known')
  return ok({
    kind: 'attestation',
    deviceUuid: uuidText(deviceUuid),
    deviceType,
    firmwareUuid: uuidText(firmwareUuid),
    nonce,
    kid: cose.kid,
    // KEY-36: the body is outside of what COSE carries.
    forms: [{ covers: 'body', octets: signedOctets(body, null) }],
    signature: cose.signature,
  })
}

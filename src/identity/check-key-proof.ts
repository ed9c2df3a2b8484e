import { sha256 } from '@noble/hashes/sha2.js'
import { type PublicKeyKind, publicKeyKind, readRequest } from '../pki/index.ts'
import { type Bytes, type Outcome, ok, refused, sameBytes } from '../terms/index.ts'
import { candidateKeys, signedForm } from './candidate-keys.ts'
import { identityKid } from './cose.ts'
import type { KeyProof } from './key-proof.ts'
import type { SignedForm } from './token.ts'

/** What is asked of a proof. Without an identity key its signature shows nothing: see {@link CheckedProof.identityKeys}. */
export interface ExpectedProof {
  readonly tag: number
  readonly deviceUuid?: string
  /** The uncompressed point, 65 octets. */
  readonly identityKey?: Bytes
}

/** A proof that is what was expected. */
export interface CheckedProof {
  /** DER of the born key's SubjectPublicKeyInfo. */
  readonly spki: Bytes
  /** What the identity key has signed; undefined where no identity key was given. */
  readonly covers?: SignedForm['covers']
  /** The identity key; where none was given, the keys of which one is it. */
  readonly identityKeys: readonly Bytes[]
}

/** Why a proof shows nothing. */
export interface ProofProblem {
  readonly code: 'wrong-tag' | 'wrong-device' | 'wrong-digest' | 'not-identity-key' | 'wrong-signature' | 'bad-body'
  readonly text: string
}

/**
 * Whether a key was born in this tag of this device: the digest is that of the first half, the tag and the device are
 * those that were expected, and the identity key, where it is known, has signed it in either of the two known ways
 * (KEY-31 to KEY-35).
 */
export async function checkKeyProof(
  proof: KeyProof,
  expected: ExpectedProof,
): Promise<Outcome<CheckedProof, ProofProblem>> {
  if (proof.kid !== identityKid)
    return no('not-identity-key', `it is signed by key ${proof.kid}, not by the identity key`)
  if (proof.tag !== expected.tag) return no('wrong-tag', `it speaks of tag ${proof.tag}, not of ${expected.tag}`)
  const { deviceUuid, identityKey } = expected
  if (deviceUuid !== undefined && proof.deviceUuid !== deviceUuid.toLowerCase())
    return no('wrong-device', `it is of device ${proof.deviceUuid}, not of ${deviceUuid}`)
  if (!sameBytes(sha256(proof.der), proof.digest))
    return no('wrong-digest', 'the digest that is signed is not that of its first half')
  const spki = bornKey(proof)
  if (spki === undefined) return no('bad-body', 'its first half holds no P-256 key of the kind that it says')
  if (identityKey === undefined) return ok({ spki, identityKeys: candidateKeys(proof) })
  const form = await signedForm(proof, identityKey)
  if (form === undefined) return no('wrong-signature', 'it is not signed by the identity key of this device')
  return ok({ spki, covers: form.covers, identityKeys: [identityKey] })
}

function no(code: ProofProblem['code'], text: string): { ok: false; refusal: ProofProblem } {
  return refused({ code, text })
}

/** KEY-12: always P-256. */
function bornKey({ kind, der }: KeyProof): Bytes | undefined {
  if (kind === 'public-key') return isP256(der) ? der : undefined
  const request = readRequest(der)
  return request.ok && isP256(request.value.spki) ? request.value.spki : undefined
}

function isP256(spki: Bytes): boolean {
  try {
    const key: PublicKeyKind = publicKeyKind(spki)
    return key.kind === 'EC' && key.curve === 'P-256'
  } catch {
    return false
  }
}

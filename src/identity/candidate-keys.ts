import { p256 } from '@noble/curves/nist.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type Bytes, hex } from '../terms/index.ts'
import type { Signed, SignedForm } from './token.ts'

/**
 * The keys that may have signed a token, as uncompressed points of 65 octets: a P-256 signature leaves two for each form
 * of what is signed (SEC 1, 4.1.6). One of them is the device's; nobody can know a private key for the others.
 */
export function candidateKeys(signed: Signed): readonly Bytes[] {
  return signed.forms.flatMap((form) => [0, 1].flatMap((bit) => recover(form, signed.signature, bit) ?? []))
}

function recover(form: SignedForm, signature: Bytes, bit: number): Bytes | undefined {
  try {
    const recoverable = p256.Signature.fromBytes(signature, 'compact').addRecoveryBit(bit)
    return Uint8Array.from(recoverable.recoverPublicKey(sha256(form.octets)).toBytes(false))
  } catch {
    // r or s out of range, or no point has this x: no key at all could have made it.
    return undefined
  }
}

/**
 * The one key that may have signed all of these tokens of one device: its identity key, found without asking the vendor.
 * Undefined for a single token, for the same one twice, for tokens of several devices, and where no key is common.
 */
export function commonKey(signed: readonly Signed[]): Bytes | undefined {
  const [first, ...others] = signed
  if (first === undefined || others.some((other) => other.deviceUuid !== first.deviceUuid)) return undefined
  const sets = others.map((other) => new Set(candidateKeys(other).map(hex)))
  const common = candidateKeys(first).filter((key) => sets.every((set) => set.has(hex(key))))
  return common.length === 1 ? common[0] : undefined
}

const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/** Which form of a token this key has signed; undefined where none. Both s of a signature are accepted (KEY-88, KEY-89). */
export async function signedForm(signed: Signed, key: Bytes): Promise<SignedForm | undefined> {
  try {
    const verifier = await crypto.subtle.importKey('raw', key, ecdsa, false, ['verify'])
    for (const form of signed.forms)
      if (await crypto.subtle.verify(ecdsa, verifier, signed.signature, form.octets)) return form
  } catch {
    // These octets are no point of the curve: nobody can have signed with it.
  }
  return undefined
}

import type { Bytes } from '../terms/index.ts'
import { derChildren, derTag, readDer, readWhole } from './der.ts'
import { readBits, readOid, readUnsigned } from './der-values.ts'
import { oids } from './oids.ts'

/** What kind of key a SubjectPublicKeyInfo holds; `other` where it is none that is issued for here. */
export type PublicKeyKind =
  | { readonly kind: 'EC'; readonly curve: 'P-256' | 'P-384' }
  | { readonly kind: 'RSA'; readonly bits: number }
  | { readonly kind: 'other'; readonly oid: string }

const curves: Record<string, 'P-256' | 'P-384'> = { [oids.prime256v1]: 'P-256', [oids.secp384r1]: 'P-384' }

/** The kind of a public key, from the DER of its SubjectPublicKeyInfo (RFC 5280, 4.1.2.7). Throws a SectagError `der`. */
export function publicKeyKind(spki: Bytes): PublicKeyKind {
  const [algorithm, key] = derChildren(readWhole(spki, derTag.sequence).value)
  const [name, parameters] = derChildren(algorithm?.value ?? new Uint8Array())
  const oid = readOid(name)
  if (oid === oids.rsaEncryption) {
    const [modulus] = derChildren(readDer(readBits(key)).value)
    return { kind: 'RSA', bits: bitLength(readUnsigned(modulus)) }
  }
  // RFC 5480, 2.1.1: the curve is named; other forms of the parameters must not be used.
  const curve = oid === oids.ecPublicKey && parameters?.tag === derTag.oid ? curves[readOid(parameters)] : undefined
  return curve === undefined ? { kind: 'other', oid } : { kind: 'EC', curve }
}

function bitLength(unsigned: Bytes): number {
  return unsigned.length * 8 - Math.clz32(unsigned[0] ?? 0) + 24
}

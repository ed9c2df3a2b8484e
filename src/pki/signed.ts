import { type Bytes, concatBytes, SectagError } from '../terms/index.ts'
import { brokenDer, type DerElement, der, derChildren, derTag, readWhole } from './der.ts'
import { derBits, derInteger, readBits, readOid, readUnsigned } from './der-values.ts'
import { oids } from './oids.ts'
import type { PrivateKey } from './private-key.ts'
import { publicKeyKind } from './public-key.ts'
import { type Signing, signingOf } from './signing.ts'

/** What certificates, requests and CRLs have in common: a body, how it was signed, and the signature. */
export interface Signed {
  /** The octets that were signed, as they came: never written anew before they are verified. */
  readonly body: Bytes
  /** The OID of the signature algorithm. */
  readonly algorithm: string
  readonly signature: Bytes
}

type Hash = 'SHA-256' | 'SHA-384' | 'SHA-512'

const algorithms: Record<string, { readonly key: 'EC' | 'RSA'; readonly hash: Hash }> = {
  [oids.ecdsaWithSha256]: { key: 'EC', hash: 'SHA-256' },
  [oids.ecdsaWithSha384]: { key: 'EC', hash: 'SHA-384' },
  [oids.ecdsaWithSha512]: { key: 'EC', hash: 'SHA-512' },
  [oids.sha256WithRsa]: { key: 'RSA', hash: 'SHA-256' },
  [oids.sha384WithRsa]: { key: 'RSA', hash: 'SHA-384' },
  [oids.sha512WithRsa]: { key: 'RSA', hash: 'SHA-512' },
}

/** Octets of a coordinate of a curve, or of half a signature. */
const width = { 'P-256': 32, 'P-384': 48 } as const

/**
 * Takes a signed structure apart. What the parameters of its algorithm hold is not looked at: modems write a NULL where
 * there must be nothing (KEY-16, KEY-17), and it changes no meaning.
 */
export function readSigned(bytes: Bytes): Signed {
  const { value } = readWhole(bytes, derTag.sequence)
  const [body, algorithm, signature, ...more] = derChildren(value)
  if (body?.tag !== derTag.sequence || algorithm?.tag !== derTag.sequence || more.length > 0)
    throw brokenDer('a body, an algorithm and a signature are expected')
  return {
    body: value.slice(0, body.end),
    algorithm: readOid(derChildren(algorithm.value)[0]),
    signature: readBits(signature),
  }
}

/** Whether the signature is by the key of this SubjectPublicKeyInfo; false also where the algorithm is none of ours. */
export async function verifySigned(signed: Signed, spki: Bytes): Promise<boolean> {
  const algorithm = algorithms[signed.algorithm]
  try {
    const key = publicKeyKind(spki)
    if (algorithm === undefined || key.kind !== algorithm.key) return false
    const { hash } = algorithm
    if (key.kind === 'RSA') return await verifyWith({ name: 'RSASSA-PKCS1-v1_5', hash }, signed, spki, signed.signature)
    const raw = rawSignature(signed.signature, width[key.curve])
    return await verifyWith({ name: 'ECDSA', namedCurve: key.curve, hash }, signed, spki, raw)
  } catch {
    return false
  }
}

async function verifyWith(
  algorithm: { name: string; hash: Hash; namedCurve?: string },
  signed: Signed,
  spki: Bytes,
  signature: Bytes,
): Promise<boolean> {
  const verifier = await crypto.subtle.importKey('spki', spki, algorithm, false, ['verify'])
  return crypto.subtle.verify(algorithm, verifier, signature, signed.body)
}

/** Signs a body: `SEQUENCE { body, algorithm, signature }`. A key of a kind that signs nothing here is an error of ours. */
export async function signed(body: Bytes, key: PrivateKey): Promise<Bytes> {
  const { algorithm, identifier } = signingWith(key)
  const signer = await crypto.subtle.importKey('pkcs8', key.pkcs8, algorithm, false, ['sign'])
  const raw = new Uint8Array(await crypto.subtle.sign(algorithm, signer, body))
  return der(derTag.sequence, body, identifier, derBits(algorithm.name === 'ECDSA' ? derSignature(raw) : raw))
}

/** How this key signs. */
export function signingWith({ algorithm }: PrivateKey): Signing {
  const signing = signingOf(algorithm)
  if (signing === undefined) throw new SectagError('internal', 'nothing is signed with a key of this kind')
  return signing
}

/** r and s as X.509 writes them (RFC 3279, 2.2.3), from the fixed halves that WebCrypto and COSE use. */
export function derSignature(raw: Uint8Array): Bytes {
  const half = raw.length / 2
  return der(derTag.sequence, derInteger(raw.slice(0, half)), derInteger(raw.slice(half)))
}

function rawSignature(signature: Bytes, half: number): Bytes {
  const [r, s, ...more] = derChildren(readWhole(signature, derTag.sequence).value)
  if (more.length > 0) throw brokenDer('a signature is two numbers')
  return concatBytes([padded(r, half), padded(s, half)])
}

function padded(element: DerElement | undefined, length: number): Bytes {
  const octets = readUnsigned(element)
  if (octets.length > length) throw brokenDer('a number of the signature is too long for its curve')
  return concatBytes([new Uint8Array(length - octets.length), octets])
}

import { type Bytes, utf8 } from '../terms/index.ts'
import type { Certificate } from './certificate.ts'
import type { KeyKind, PrivateKey } from './private-key.ts'

const hash = { 'P-256': 'SHA-256', 'P-384': 'SHA-384', 'P-521': 'SHA-512' } as const
const message: Bytes = utf8('does this key fit this certificate?')

/** What WebCrypto wants to know of a key that signs or verifies. */
export function importAlgorithm(kind: KeyKind): { name: string; namedCurve: string } | { name: string; hash: string } {
  if (kind.kind === 'EC') return { name: 'ECDSA', namedCurve: kind.curve }
  return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
}

function signAlgorithm(kind: KeyKind): { name: string; hash: string } | { name: string } {
  return kind.kind === 'EC' ? { name: 'ECDSA', hash: hash[kind.curve] } : { name: 'RSASSA-PKCS1-v1_5' }
}

/**
 * Whether a private key belongs to a certificate, shown by the key signing something that the certificate's public key
 * verifies: the same question that a broker asks in the handshake.
 */
export async function keyFits(key: PrivateKey, certificate: Certificate): Promise<boolean> {
  const importing = importAlgorithm(key.algorithm)
  try {
    const signer = await crypto.subtle.importKey('pkcs8', key.pkcs8, importing, false, ['sign'])
    const verifier = await crypto.subtle.importKey('spki', certificate.spki, importing, false, ['verify'])
    const algorithm = signAlgorithm(key.algorithm)
    const signature = await crypto.subtle.sign(algorithm, signer, message)
    return await crypto.subtle.verify(algorithm, verifier, signature, message)
  } catch {
    return false
  }
}

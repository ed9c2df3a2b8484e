import type { Bytes } from '../terms/index.ts'
import type { PrivateKey } from './private-key.ts'

/** A private key and the SubjectPublicKeyInfo that goes with it. */
export interface KeyPair {
  readonly privateKey: PrivateKey
  readonly spki: Bytes
}

/** A new P-256 key pair, from the randomness of WebCrypto itself. */
export async function newKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify'])
  const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey))
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
  return { privateKey: { algorithm: { kind: 'EC', curve: 'P-256' }, pkcs8 }, spki }
}

import type { Bytes } from '../terms/index.ts'
import { importAlgorithm } from './fits.ts'
import type { PrivateKey } from './private-key.ts'

/** The members of a JSON web key that are public (RFC 7518, 6.2.1 and 6.3.1). */
const publicMembers = ['kty', 'crv', 'x', 'y', 'n', 'e'] as const

/** DER of the SubjectPublicKeyInfo that goes with a private key: by it a key can be named without being shown. Undefined where the key cannot be used. */
export async function publicHalf(key: PrivateKey): Promise<Bytes | undefined> {
  const algorithm = importAlgorithm(key.algorithm)
  try {
    const whole = await crypto.subtle.importKey('pkcs8', key.pkcs8, algorithm, true, ['sign'])
    const jwk = await crypto.subtle.exportKey('jwk', whole)
    const half = Object.fromEntries(publicMembers.flatMap((name) => (name in jwk ? [[name, jwk[name]]] : [])))
    const shown = await crypto.subtle.importKey('jwk', half, algorithm, true, ['verify'])
    return new Uint8Array(await crypto.subtle.exportKey('spki', shown))
  } catch {
    return undefined
  }
}

import { constants, verify, X509Certificate } from 'node:crypto'
import { concatBytes } from '../../terms/index.ts'
import type { HandshakeView } from '../tls/handshake.ts'

const hashes: Record<number, string> = { 2: 'sha1', 4: 'sha256', 5: 'sha384', 6: 'sha512' }
/** RFC 8446, 4.2.3: in these the second byte names the hash, and the padding is PSS. */
const pss: Record<number, string> = { 4: 'sha256', 5: 'sha384', 6: 'sha512', 9: 'sha256', 10: 'sha384', 11: 'sha512' }

/**
 * Whether what the device signed in its handshake was signed by the key of the certificate that it showed (RFC 5246, 7.4.8).
 * Both are in clear. Undefined where it signed nothing, or in a way that is not known here.
 */
export function isSignedByItsKey({ keyUse, clientChain, transcript }: HandshakeView): boolean | undefined {
  const leaf = clientChain?.[0]
  if (keyUse === undefined || leaf === undefined) return undefined
  const [first = 0, second = 0] = keyUse
  const hash = first === 8 ? pss[second] : hashes[first]
  if (hash === undefined) return undefined
  const padding = first === 8 ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING
  try {
    const key = new X509Certificate(leaf).publicKey
    const how = key.asymmetricKeyType === 'ec' ? { key, dsaEncoding: 'der' as const } : { key, padding }
    return verify(hash, concatBytes(transcript), how, keyUse.subarray(4))
  } catch {
    return undefined
  }
}

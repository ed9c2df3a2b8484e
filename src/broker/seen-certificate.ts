import { parsePem, readCertificate, sha256Hex } from '../pki/index.ts'
import type { Bytes } from '../terms/index.ts'

/** A client certificate as the broker's side saw it. */
export interface SeenCertificate {
  /** SHA-256 of its DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly subject: string
  readonly serial: string
  /**
   * SHA-256 of the certificates that the device sent behind it; `needed` where the witness does not see them and knows that
   * without them the device would not have been let in.
   */
  readonly issuers?: readonly string[] | 'needed'
}

/** What is to be remembered of a chain that was shown, leaf first; undefined for bytes that are no certificate. */
export function seenCertificate([leaf, ...issuers]: readonly Bytes[]): SeenCertificate | undefined {
  if (leaf === undefined || leaf.length === 0) return undefined
  try {
    const { fingerprint, subject, serial } = readCertificate(leaf)
    return { fingerprint, subject, serial, ...(issuers.length > 0 && { issuers: issuers.map(sha256Hex) }) }
  } catch {
    return undefined
  }
}

/**
 * The same for a broker that is handed the leaf only, as Node's servers are: where none of its roots has issued the leaf, the
 * device has sent what lies between.
 *
 * @param roots the subjects of the broker's roots
 */
export function acceptedCertificate(leaf: Bytes, roots: ReadonlySet<string>): SeenCertificate | undefined {
  const seen = seenCertificate([leaf])
  if (seen === undefined || roots.has(readCertificate(leaf).issuer)) return seen
  return { ...seen, issuers: 'needed' }
}

/** The subjects of the certificates of a PEM text. */
export function subjectsOf(pem: string): Set<string> {
  const certificates = parsePem(pem).blocks.filter(({ label }) => label === 'CERTIFICATE')
  return new Set(certificates.map(({ der }) => readCertificate(der).subject))
}

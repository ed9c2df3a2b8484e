import { readCertificate } from '../pki/index.ts'
import type { Bytes } from '../terms/index.ts'

/** A client certificate as the broker's side saw it. */
export interface SeenCertificate {
  /** SHA-256 of its DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly subject: string
  readonly serial: string
}

/** What is to be remembered of a certificate that was shown; undefined for bytes that are none. */
export function seenCertificate(der: Bytes | undefined): SeenCertificate | undefined {
  if (der === undefined || der.length === 0) return undefined
  try {
    const { fingerprint, subject, serial } = readCertificate(der)
    return { fingerprint, subject, serial }
  } catch {
    return undefined
  }
}

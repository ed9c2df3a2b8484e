import type { Certificate } from './certificate.ts'
import { readSigned, verifySigned } from './signed.ts'

/** Whether a certificate was issued by the holder of another one: names chain, the issuer is a CA, and its key has signed (RFC 5280, 6.1.3 (a)). Dates and revocation are not looked at. */
export async function issuedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  if (certificate.issuer !== issuer.subject || !issuer.ca) return false
  try {
    return await verifySigned(readSigned(certificate.der), issuer.spki)
  } catch {
    // What the X.509 library reads leniently may be no DER.
    return false
  }
}

import type { Certificate } from './certificate.ts'
import { readSigned, verifySigned } from './signed.ts'

/** Whether this certificate was issued by that one: the names chain and the signature holds (RFC 5280, 6.1.3 (a)). */
export async function issuedBy(certificate: Certificate, issuer: Certificate): Promise<boolean> {
  return certificate.issuer === issuer.subject && verifySigned(readSigned(certificate.der), issuer.spki)
}

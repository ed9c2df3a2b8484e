import type { Certificate } from './certificate.ts'
import { readSigned, verifySigned } from './signed.ts'

/** Whether a CA has signed a certificate, by name and by key (RFC 5280, 6.1.3 (a) (1) and (4)). Its dates are not looked at. */
export async function issuedBy({ issuer, der }: Certificate, ca: Certificate): Promise<boolean> {
  return issuer === ca.subject && (await verifySigned(readSigned(der), ca.spki))
}

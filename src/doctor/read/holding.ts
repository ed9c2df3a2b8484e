import type { CertificateDetails } from '../../pki/index.ts'

/** What a certificate is for. One that it issued to itself stands for itself, whatever it says (RFC 5280, 4.2.1.9). */
export function holdingOfCertificate(details: CertificateDetails): 'authority' | 'client' | 'leaf' {
  return signsOthers(details) ? 'authority' : purposeOf(details)
}

/** Whether others can be checked with it. */
export function signsOthers({ certificate }: CertificateDetails): boolean {
  return certificate.ca || certificate.subject === certificate.issuer
}

/** `client`: for clients and for nothing else. */
export function purposeOf({ purposes = [] }: CertificateDetails): 'client' | 'leaf' {
  return purposes.length === 1 && purposes[0] === 'clientAuth' ? 'client' : 'leaf'
}

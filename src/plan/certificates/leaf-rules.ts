import type { CertificateDetails } from '../../pki/index.ts'
import { error, type Examined, type Finding, note, warning } from './finding.ts'

const purposeOf = { device: 'clientAuth', server: 'serverAuth' } as const

/** What is to say of the certificate that a board or a broker shows as its own: the first of its file. */
export function leafFindings(leaf: CertificateDetails, examined: Examined): Finding[] {
  const { role, origin } = examined
  if (role === 'root') return []
  const where = `${origin}, certificate 1`
  return [
    ...standing(leaf, examined, where),
    ...purpose(leaf, role, where),
    ...usage(leaf, where),
    ...names(leaf, role, where),
    ...revocable(leaf, where),
  ]
}

/** A leaf that signs itself is trusted by its bytes: whoever trusts it must be changed when it is renewed. */
function standing({ certificate }: CertificateDetails, { role, chain }: Examined, where: string): Finding[] {
  const { ca, subject, issuer } = certificate
  if (subject === issuer) {
    const what = `${subject} signed itself: every board that trusts it must be written anew when it is renewed`
    return [
      warning('self-signed', where, what, role === 'server' ? 'PEM-36' : 'RFC 5280, 3.2', 'sectag ca issue --help'),
    ]
  }
  if (!ca) return []
  const next = chain.length > 1 ? 'put the own certificate first, its issuer behind it' : 'name the right file'
  return [
    error('leaf-is-ca', where, `${subject} is a CA; the own certificate must stand first`, 'RFC 5246, 7.4.2', next),
  ]
}

function purpose({ purposes, certificate }: CertificateDetails, role: 'device' | 'server', where: string): Finding[] {
  const wanted = purposeOf[role]
  const next = `sectag ca issue --profile ${role} …`
  if (purposes === undefined) {
    if (certificate.ca) return []
    return [note('no-purpose', where, `it is good for anything; ${wanted} is narrower`, 'RFC 5280, 4.2.1.12', next)]
  }
  if (purposes.includes(wanted) || purposes.includes('2.5.29.37.0')) return []
  const what = `it is for ${purposes.join(', ')}, and a ${role} needs ${wanted}`
  return [error('wrong-purpose', where, what, 'RFC 5280, 4.2.1.12', next)]
}

/** All suites of a modem but the oldest RSA ones have the key sign (RFC 5246, 7.4.3 and 7.4.8). */
function usage({ keyUsage, certificate }: CertificateDetails, where: string): Finding[] {
  if (keyUsage === undefined || keyUsage.includes('digitalSignature') || certificate.ca) return []
  const what = `its key may be used for ${keyUsage.join(', ') || 'nothing'} and not for signing`
  return [error('key-usage', where, what, 'RFC 5280, 4.2.1.3', 'issue it again with keyUsage = digitalSignature')]
}

function names({ names }: CertificateDetails, role: 'device' | 'server', where: string): Finding[] {
  if (role === 'device' || names.length > 0) return []
  const what = 'a server without names: boards that check the host name refuse it'
  return [warning('no-names', where, what, 'TLS-12', 'sectag ca issue --profile server --name NAME …')]
}

/** Some brokers look for a CRL only where the certificate says that there is one. */
function revocable({ distributionPoints, certificate }: CertificateDetails, where: string): Finding[] {
  if (distributionPoints.length > 0 || certificate.ca || certificate.subject === certificate.issuer) return []
  const what = 'it does not say where its CRL is; a broker that fetches CRLs by themselves cannot see it revoked'
  return [note('no-distribution-point', where, what, 'RFC 5280, 4.2.1.13', 'issue it again from a CA that names one')]
}

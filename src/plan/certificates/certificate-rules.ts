import type { CertificateDetails } from '../../pki/index.ts'
import { isoTime, relativeTime } from '../../terms/index.ts'
import { error, type Examined, type Finding, note, warning } from './finding.ts'

const day = 86_400_000
/** How near its end a certificate may come before this says so. */
const near = 30 * day
const issueAgain = 'issue it again: sectag ca issue --help'
const renew = 'renew it, for the same key or another: sectag ca renew --cert OLD.crt --out NEW.crt'
const nextCa = 'the next CA, from whoever runs this one; every board and broker that trusts it needs it too'

/** What is to say of one certificate, wherever it stands in its file. */
export function certificateFindings(details: CertificateDetails, examined: Examined, index: number): Finding[] {
  const where = `${examined.origin}, certificate ${index + 1}`
  return [
    ...dates(details, examined.now, where),
    ...key(details, where),
    ...signature(details, where),
    ...serial(details, where),
    ...identifiers(details, where),
    ...(details.certificate.ca ? authority(details, where) : []),
  ]
}

/** RFC 5280, 4.1.2.5; a modem looks at dates as soon as it has a clock. */
function dates(
  { certificate: { ca, notBefore, notAfter, subject } }: CertificateDetails,
  now: number,
  where: string,
): Finding[] {
  const ends = `${isoTime(notAfter)} (${relativeTime(notAfter, now)})`
  const another = ca ? nextCa : renew
  if (notAfter < now) return [error('expired', where, `${subject} expired ${ends}`, 'TLS-14', another)]
  const next = 'set the clock of the computer that issued it, and issue it again; or wait'
  if (notBefore > now) {
    const begins = `${isoTime(notBefore)} (${relativeTime(notBefore, now)})`
    return [error('not-yet-valid', where, `${subject} is not valid before ${begins}`, 'MODE-43', next)]
  }
  if (notAfter - now > near) return []
  return [warning('runs-out', where, `${subject} runs out ${ends}`, 'TLS-14', another)]
}

/** What a TLS 1.2 handshake with the suites of a modem can use. */
function key({ certificate: { key, ca, subject } }: CertificateDetails, where: string): Finding[] {
  const next = 'openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout FILE.key -out FILE.csr'
  const what = `the key of ${subject} is ${key}`
  if (key === 'EC P-256') return []
  if (key === 'EC P-384') return ca ? [] : [note('key-kind', where, `${what}; P-256 is smaller`, 'TLS-18', next)]
  const bits = Number(/^RSA (\d+)$/.exec(key)?.[1] ?? 0)
  if (bits >= 2048)
    return [note('key-kind', where, `${what}: its certificate is twice as large as with P-256`, 'TLS-18', next)]
  if (bits > 0) return [error('weak-key', where, `${what}; brokers refuse RSA below 2048 bits`, 'TLS-18', next)]
  return [error('key-kind', where, `${what}; no suite of a modem uses it`, 'TLS-16', next)]
}

function signature({ certificate, signature }: CertificateDetails, where: string): Finding[] {
  const anchor = certificate.ca && certificate.issuer === certificate.subject
  // The signature of a trust anchor on itself is checked by nobody (RFC 5280, 6.1.1).
  if (!signature.broken || anchor) return []
  const what = `${certificate.subject} is signed by ${signature.name}; brokers refuse it, and nobody knows whether a modem does`
  return [error('broken-hash', where, what, 'TLS-20', 'have it signed again, with SHA-256')]
}

function serial({ serialOctets: octets }: CertificateDetails, where: string): Finding[] {
  const [first = 0] = octets
  const zero = octets.every((octet) => octet === 0)
  const next = 'issue it again with a positive serial number of at most 20 octets'
  if (zero || first >= 0x80)
    return [warning('serial-number', where, 'its serial number is not positive', 'RFC 5280, 4.1.2.2', next)]
  if (octets.length <= 20) return []
  return [warning('serial-number', where, `its serial number has ${octets.length} octets`, 'RFC 5280, 4.1.2.2', next)]
}

/** With these a verifier finds the right issuer where several bear one name, as after a renewal of the CA. */
function identifiers({ certificate, subjectKeyId, authorityKeyId }: CertificateDetails, where: string): Finding[] {
  const { ca, issuer, subject } = certificate
  const found: Finding[] = []
  if (authorityKeyId === undefined && issuer !== subject) {
    const what = 'it does not say which key of its issuer signed it (authority key identifier)'
    found.push(warning('no-authority-key-id', where, what, 'RFC 5280, 4.2.1.1', issueAgain))
  }
  if (ca && subjectKeyId === undefined) {
    const what = 'a CA without a subject key identifier'
    found.push(warning('no-subject-key-id', where, what, 'RFC 5280, 4.2.1.2', 'make the CA with -extensions v3_ca'))
  }
  return found
}

function authority({ keyUsage, certificate }: CertificateDetails, where: string): Finding[] {
  if (keyUsage === undefined || keyUsage.includes('keyCertSign')) return []
  const what = `${certificate.subject} is a CA whose key usage does not let it sign certificates`
  return [error('ca-key-usage', where, what, 'RFC 5280, 4.2.1.3', 'make it again with keyUsage = keyCertSign, cRLSign')]
}

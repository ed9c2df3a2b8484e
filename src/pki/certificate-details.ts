import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  CRLDistributionPointsExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
} from '@peculiar/x509'
import { type Bytes, SectagError } from '../terms/index.ts'
import { type Certificate, readCertificate } from './certificate.ts'
import { derChildren, derTag, readWhole } from './der.ts'
import { printable } from './name.ts'
import { readSigned } from './signed.ts'
import { type SignatureName, signatureName } from './signature-name.ts'

/** All that a person, or a rule, may want to know of a certificate. What is absent in it is undefined here. */
export interface CertificateDetails {
  readonly certificate: Certificate
  readonly signature: SignatureName
  /** Octets of its serial number as they stand in it, the most significant first (RFC 5280, 4.1.2.2). */
  readonly serialOctets: Bytes
  /** RFC 5280, 4.2.1.9 */
  readonly pathLength: number | undefined
  /** Names of its key usages (RFC 5280, 4.2.1.3). */
  readonly keyUsage: readonly string[] | undefined
  /** `clientAuth`, `serverAuth`, or the OID of another purpose (RFC 5280, 4.2.1.12). */
  readonly purposes: readonly string[] | undefined
  /** `broker.example`, `192.0.2.7`, `email:…` (RFC 5280, 4.2.1.6). */
  readonly names: readonly string[]
  /** Where its CRL is fetched (RFC 5280, 4.2.1.13). */
  readonly distributionPoints: readonly string[]
  /** Lower-case hexadecimal (RFC 5280, 4.2.1.2 and 4.2.1.1). */
  readonly subjectKeyId: string | undefined
  readonly authorityKeyId: string | undefined
}

const usageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
]
const purposeNames: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
}

/** Reads everything of a certificate from DER. Throws a SectagError `der` where it is none. */
export function certificateDetails(der: Bytes): CertificateDetails {
  const certificate = readCertificate(der)
  try {
    const read = new X509Certificate(der)
    const signed = readSigned(der)
    const usage = read.getExtension(KeyUsagesExtension)?.usages
    return {
      certificate,
      signature: signatureName(signed.algorithm),
      serialOctets: serialOctets(signed.body),
      pathLength: read.getExtension(BasicConstraintsExtension)?.pathLength,
      keyUsage: usage === undefined ? undefined : usageNames.filter((_, bit) => (usage & (1 << bit)) !== 0),
      purposes: read.getExtension(ExtendedKeyUsageExtension)?.usages.map(purposeName),
      names: read.getExtension(SubjectAlternativeNameExtension)?.names.toJSON().map(alternativeText) ?? [],
      distributionPoints: pointsOf(read),
      subjectKeyId: read.getExtension(SubjectKeyIdentifierExtension)?.keyId.toLowerCase(),
      authorityKeyId: read.getExtension(AuthorityKeyIdentifierExtension)?.keyId?.toLowerCase(),
    }
  } catch (error) {
    throw new SectagError('der', 'an extension of this certificate cannot be read', { cause: error })
  }
}

function purposeName(oid: unknown): string {
  return purposeNames[String(oid)] ?? String(oid)
}

/** RFC 5280, 4.1: an optional version, then the serial number. */
function serialOctets(body: Bytes): Bytes {
  const parts = derChildren(readWhole(body, derTag.sequence).value)
  return parts.find(({ tag }) => tag === derTag.integer)?.value ?? new Uint8Array()
}

function alternativeText({ type, value }: { type: string; value: string }): string {
  return printable(type === 'dns' || type === 'ip' ? value : `${type}:${value}`)
}

function pointsOf(read: X509Certificate): string[] {
  const points = read.getExtension(CRLDistributionPointsExtension)?.distributionPoints ?? []
  return points.flatMap(({ distributionPoint }) =>
    (distributionPoint?.fullName ?? []).map((name) => printable(name.uniformResourceIdentifier ?? 'of another kind')),
  )
}

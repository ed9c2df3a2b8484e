import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from '@peculiar/x509'
import { type Bytes, hex, sameBytes, SectagError } from '../../terms/index.ts'
import { type Certificate, readCertificate } from '../certificate.ts'
import { crlDistributionPoints } from '../distribution-point.ts'
import { oids } from '../oids.ts'
import { nameText } from '../name.ts'
import { readSigned, verifySigned } from '../signed.ts'
import type { CertificateShape } from './certificate-maker.ts'

/**
 * Reads a certificate that was just signed back from its octets, and throws where it is not what was ordered: that would
 * be a defect of ours, found before it is in the field.
 */
export async function checkResult(der: Bytes, shape: CertificateShape, issuer: Certificate): Promise<Certificate> {
  const made = readCertificate(der)
  const failed = Object.entries({
    // RFC 5280, 6.1.3 (a) (1): the signature is by the issuer's key.
    signature: await verifySigned(readSigned(der), issuer.spki),
    // RFC 5280, 6.1.3 (a) (4), 4.1.2.2, 4.1.2.6, 4.1.2.7
    issuer: made.issuer === issuer.subject,
    serial: BigInt(`0x${made.serial}`) === BigInt(`0x${hex(shape.serial)}`),
    subject: made.subject === nameText(shape.subject),
    key: sameBytes(made.spki, shape.spki),
    // RFC 5280, 4.1.2.5
    dates: made.notBefore === shape.notBefore && made.notAfter === shape.notAfter,
    ...extensionChecks(der, shape),
  }).flatMap(([what, holds]) => (holds ? [] : [what]))
  if (failed.length > 0) throw new SectagError('internal', `a certificate was made with a wrong ${failed.join(', ')}`)
  return made
}

function extensionChecks(der: Bytes, { profile, names, crlUrl }: CertificateShape): Record<string, boolean> {
  const read = new X509Certificate(der)
  const basic = read.getExtension(BasicConstraintsExtension)
  const usage = read.getExtension(KeyUsagesExtension)?.usages ?? 0
  const purposes = read.getExtension(ExtendedKeyUsageExtension)?.usages ?? []
  const point = read.getExtension(oids.crlDistributionPoints)?.value
  const found = read.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? []
  return {
    // RFC 5280, 4.2.1.9
    'basic constraints': basic?.ca === (profile.authority !== undefined) && basic.critical,
    // RFC 5280, 4.2.1.3: all that was ordered; signing others only where that was.
    'key usage': (usage & profile.keyUsage) === profile.keyUsage && (usage & 32) === (profile.keyUsage & 32),
    // RFC 5280, 4.2.1.12
    'extended key usage': purposes.join() === (profile.purpose ?? ''),
    // RFC 5280, 4.2.1.13
    'distribution point': crlUrl === '' ? point === undefined : isPoint(point, crlUrl),
    // RFC 5280, 4.2.1.6: IP addresses come back in their shortest form, so their count is compared.
    names:
      found.length === names.length &&
      names.every(({ type, value }, at) => found[at]?.type === type && (type === 'ip' || found[at]?.value === value)),
  }
}

function isPoint(value: ArrayBuffer | undefined, url: string): boolean {
  return value !== undefined && sameBytes(new Uint8Array(value), crlDistributionPoints(url).value)
}

import 'reflect-metadata'
import { BasicConstraintsExtension, X509Certificate } from '@peculiar/x509'
import { type Bytes, type Instant, SectagError } from '../terms/index.ts'
import { printable } from './name.ts'
import { sha256Hex } from './sha256.ts'

/** What this project wants to know of a certificate. */
export interface Certificate {
  readonly subject: string
  readonly issuer: string
  /** Hexadecimal. */
  readonly serial: string
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Whether it may sign others (RFC 5280, 4.2.1.9). */
  readonly ca: boolean
  /** `EC P-256`, `RSA 2048`. */
  readonly key: string
  /** DER of its SubjectPublicKeyInfo. */
  readonly spki: Bytes
  /** SHA-256 of its DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly der: Bytes
}

/** Reads a certificate from DER. Throws a SectagError `der` where it is none. */
export function readCertificate(der: Bytes): Certificate {
  try {
    const read = new X509Certificate(der)
    return {
      subject: printable(read.subject),
      issuer: printable(read.issuer),
      serial: read.serialNumber,
      notBefore: read.notBefore.getTime(),
      notAfter: read.notAfter.getTime(),
      ca: read.getExtension(BasicConstraintsExtension)?.ca ?? false,
      key: keyName(read.publicKey.algorithm),
      spki: Uint8Array.from(new Uint8Array(read.publicKey.rawData)),
      fingerprint: sha256Hex(der),
      der,
    }
  } catch (error) {
    throw new SectagError('der', 'this is no X.509 certificate', { cause: error })
  }
}

function keyName(algorithm: { name: string; namedCurve?: string; modulusLength?: number }): string {
  if (algorithm.namedCurve !== undefined) return `EC ${algorithm.namedCurve}`
  if (algorithm.modulusLength !== undefined) return `RSA ${algorithm.modulusLength}`
  return algorithm.name
}

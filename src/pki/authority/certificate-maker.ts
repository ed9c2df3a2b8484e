import 'reflect-metadata'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  Extension,
  KeyUsagesExtension,
  Name,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { type Bytes, fromHex, hex, type Instant } from '../../terms/index.ts'
import type { Certificate } from '../certificate.ts'
import { crlDistributionPoints } from '../distribution-point.ts'
import type { DerExtension } from '../extension.ts'
import type { PrivateKey } from '../private-key.ts'
import { signingPeriod } from '../signing-period.ts'
import { type PublicKeyKind, publicKeyKind } from '../public-key.ts'
import { signingWith } from '../signed.ts'
import type { AlternativeName } from './names.ts'
import { type CertificateProfile, keyUsage } from './profiles.ts'

/** Who signs: its distinguished name as DER, its key, and the identifier of that key. */
export interface Signer {
  readonly name: Bytes
  readonly key: PrivateKey
  readonly keyId: Bytes
}

/** Everything that a certificate says, before it is signed. */
export interface CertificateShape {
  readonly profile: CertificateProfile
  /** DER of the distinguished name. */
  readonly subject: Bytes
  readonly names: readonly AlternativeName[]
  readonly spki: Bytes
  readonly serial: Bytes
  /** Whole seconds. */
  readonly notBefore: Instant
  readonly notAfter: Instant
  /** Where the issuer's CRL will be found; empty where it says nothing of that. */
  readonly crlUrl: string
  /** For a CA: until when it is to sign, where that is earlier than its own end. */
  readonly signsUntil?: Instant
}

/** SHA-1 of the public key's bits, which names the key and protects nothing (RFC 5280, 4.2.1.2, method 1). */
export async function keyIdentifier(spki: Bytes): Promise<Bytes> {
  const { keyId } = await SubjectKeyIdentifierExtension.create(spki)
  return Uint8Array.from(keyId.match(/../g) ?? [], (octet) => Number.parseInt(octet, 16))
}

/** Signs a certificate of this shape; DER. */
export async function makeCertificate(shape: CertificateShape, signer: Signer): Promise<Bytes> {
  const { algorithm } = signingWith(signer.key)
  const made = await X509CertificateGenerator.create({
    serialNumber: hex(shape.serial),
    subject: new Name(shape.subject),
    issuer: new Name(signer.name),
    notBefore: new Date(shape.notBefore),
    notAfter: new Date(shape.notAfter),
    publicKey: shape.spki,
    signingKey: await crypto.subtle.importKey('pkcs8', signer.key.pkcs8, algorithm, false, ['sign']),
    signingAlgorithm: algorithm,
    extensions: await extensions(shape, signer),
  })
  return new Uint8Array(made.rawData)
}

async function extensions(shape: CertificateShape, signer: Signer): Promise<Extension[]> {
  const { authority, purpose } = shape.profile
  const { names } = shape
  return [
    new BasicConstraintsExtension(authority !== undefined, authority?.pathLength, true),
    new KeyUsagesExtension(usageOf(shape), true),
    ...(purpose === undefined ? [] : [new ExtendedKeyUsageExtension([purpose])]),
    ...(names.length === 0 ? [] : [new SubjectAlternativeNameExtension([...names])]),
    new SubjectKeyIdentifierExtension(hex(await keyIdentifier(shape.spki))),
    new AuthorityKeyIdentifierExtension(hex(signer.keyId)),
    ...(shape.crlUrl === '' ? [] : [extensionOf(crlDistributionPoints(shape.crlUrl))]),
    ...(shape.signsUntil === undefined ? [] : [extensionOf(signingPeriod(shape.signsUntil))]),
  ]
}

function extensionOf({ oid, critical, value }: DerExtension): Extension {
  return new Extension(oid, critical, value)
}

/** An RSA key is also used to receive a secret: older suites need it (RFC 5246, 7.4.2). */
function usageOf({ profile, spki }: CertificateShape): number {
  const kind: PublicKeyKind = publicKeyKind(spki)
  return kind.kind === 'RSA' ? profile.keyUsage | keyUsage.keyEncipherment : profile.keyUsage
}

/** A CA as what signs: its name as it stands in its certificate, and the key identifier that it bears (RFC 5280, 4.2.1.1). */
export async function signerOf({ der, spki }: Certificate, key: PrivateKey): Promise<Signer> {
  const read = new X509Certificate(der)
  const own = read.getExtension(SubjectKeyIdentifierExtension)?.keyId
  const keyId = own === undefined ? await keyIdentifier(spki) : fromHex(own)
  return { name: new Uint8Array(read.subjectName.toArrayBuffer()), key, keyId }
}

import 'reflect-metadata'
import { BasicConstraintsExtension, X509Certificate, X509CertificateGenerator } from '@peculiar/x509'
import { armour } from '../src/pki/index.ts'
import type { Instant } from '../src/terms/index.ts'

/** The three files that a team with its own broker puts into a board. */
export interface Paper {
  readonly ca: string
  readonly certificate: string
  readonly key: string
}

const curve = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const year = 365 * 86_400_000

/** A root CA, a client certificate under it, and its key: made for one demo and thrown away with it. */
export async function makePaper(name: string, now: Instant): Promise<Paper> {
  const root = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const board = await crypto.subtle.generateKey(curve, true, ['sign', 'verify'])
  const dates = { notBefore: new Date(now - 86_400_000), notAfter: new Date(now + year) }
  const ca = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Demo root CA',
    keys: root,
    signingAlgorithm: curve,
    extensions: [new BasicConstraintsExtension(true, undefined, true)],
    ...dates,
  })
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${name}`,
    issuer: ca.subject,
    publicKey: board.publicKey,
    signingKey: root.privateKey,
    signingAlgorithm: curve,
    ...dates,
  })
  const key = await crypto.subtle.exportKey('pkcs8', board.privateKey)
  return { ca: pem(ca), certificate: pem(certificate), key: armour({ label: 'PRIVATE KEY', der: new Uint8Array(key) }) }
}

function pem(certificate: X509Certificate): string {
  return armour({ label: 'CERTIFICATE', der: new Uint8Array(certificate.rawData) })
}

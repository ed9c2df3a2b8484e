import 'reflect-metadata'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  type Extension,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509'
import { armour } from '../../src/pki/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { keyPem, type KeyKind, type Pair, pair } from './paper.ts'

const day = 86_400_000

/** A certificate with its key, and under which other one it stands. */
export interface Issued {
  readonly pem: string
  /** PKCS#8 */
  readonly key: string
  readonly subject: string
  readonly pair: Pair
}

/** What is to be issued. Dates are days from today, because real servers look at the real clock. */
export interface Request {
  readonly subject: string
  readonly under?: Issued
  readonly kind?: KeyKind
  /** Bits of an RSA key; 2,048 without it. */
  readonly bits?: number
  readonly ca?: boolean
  readonly from?: number
  readonly until?: number
  readonly names?: readonly string[]
  /** Extra organisational units, to make it large. */
  readonly padding?: number
  /** The hash of the signature; SHA-256. */
  readonly hash?: 'SHA-1'
  /** OIDs of what it may be used for; without them, for everything. */
  readonly uses?: readonly string[]
  /** How many CAs may stand below this one. */
  readonly pathLength?: number
}

/** Issues one: for itself, or under another. */
export async function issue(request: Request): Promise<Issued> {
  const keys = await pair(request.kind ?? 'P-256', request.bits)
  const signer = request.under?.pair ?? keys
  const units = Array.from({ length: request.padding ?? 0 }, (_, index) => `OU=${'x'.repeat(50)}${index}`)
  const subject = [`CN=${request.subject}`, ...units].join(',')
  const extensions: Extension[] = [new BasicConstraintsExtension(request.ca ?? false, request.pathLength, true)]
  if (request.names !== undefined)
    extensions.push(
      new SubjectAlternativeNameExtension(
        request.names.map((value) => ({ type: /^[\d.:]+$/.test(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
    )
  if (request.uses !== undefined) extensions.push(new ExtendedKeyUsageExtension([...request.uses]))
  const made = await X509CertificateGenerator.create({
    subject,
    issuer: request.under?.subject ?? subject,
    notBefore: new Date(Date.now() + (request.from ?? -1) * day),
    notAfter: new Date(Date.now() + (request.until ?? 30) * day),
    publicKey: keys.web.publicKey,
    signingKey: signer.web.privateKey,
    signingAlgorithm: { ...signer.algorithm, ...(request.hash !== undefined && { hash: request.hash }) },
    extensions,
  })
  return {
    pem: armour({ label: 'CERTIFICATE', der: new Uint8Array(made.rawData) }),
    key: keyPem(keys),
    subject,
    pair: keys,
  }
}

/** A revocation list of a CA, with these certificates on it. Dates are days from today. */
export async function revocationListOf(
  ca: Issued,
  { revoked = [], from = -1, until = 30 }: { revoked?: readonly Issued[]; from?: number; until?: number } = {},
): Promise<string> {
  const made = await X509CrlGenerator.create({
    issuer: ca.subject,
    thisUpdate: new Date(Date.now() + from * day),
    nextUpdate: new Date(Date.now() + until * day),
    entries: revoked.map(({ pem }) => ({ serialNumber: new X509Certificate(pem).serialNumber })),
    signingKey: ca.pair.web.privateKey,
    signingAlgorithm: ca.pair.algorithm,
  })
  return armour({ label: 'X509 CRL', der: new Uint8Array(made.rawData) })
}

/** A root, a server and a board under it, and strangers: everything that a test of connections needs. */
export interface TlsPaper {
  readonly root: Issued
  readonly server: Issued
  readonly board: Issued
  readonly stranger: Issued
  /** A board's certificate that another root has issued. */
  readonly foreign: Issued
  readonly expired: Issued
}

let made: Promise<TlsPaper> | undefined

/** The same set for every test: making keys takes time. */
export function tlsPaper(): Promise<TlsPaper> {
  made ??= freshTlsPaper()
  return made
}

async function freshTlsPaper(): Promise<TlsPaper> {
  const root = await issue({ subject: 'test root', ca: true })
  const stranger = await issue({ subject: 'stranger', ca: true })
  return {
    root,
    stranger,
    server: await issue({ subject: 'broker', under: root, names: ['broker.test'] }),
    board: await issue({ subject: 'board', under: root }),
    foreign: await issue({ subject: 'board', under: stranger }),
    expired: await issue({ subject: 'board', under: root, from: -10, until: -1 }),
  }
}

/** What a modem's store holds, as the TLS client wants it. */
export function material(root: Issued | undefined, client?: { pem: string; key?: string }) {
  return {
    roots: root === undefined ? [] : [utf8(root.pem)],
    ...(client !== undefined && { chain: utf8(client.pem) }),
    ...(client?.key !== undefined && { key: utf8(client.key) }),
  }
}

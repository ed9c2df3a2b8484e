import 'reflect-metadata'
import { generateKeyPairSync, type KeyObject, type webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509'
import { armour } from '../../src/pki/index.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 22)

/** A key pair in both worlds. */
export interface Pair {
  readonly node: KeyObject
  readonly web: { readonly privateKey: webcrypto.CryptoKey; readonly publicKey: webcrypto.CryptoKey }
  readonly algorithm: webcrypto.EcdsaParams | webcrypto.RsaHashedKeyGenParams
}

/** The kinds of keys that there are papers for. */
export type KeyKind = 'P-256' | 'P-384' | 'P-521' | 'RSA' | 'Ed25519'

/** A key pair. */
export async function pair(kind: KeyKind = 'P-256', bits = 2048): Promise<Pair> {
  const keys = drawn(kind, bits)
  const algorithm = algorithmOf(kind, bits)
  const pkcs8 = keys.privateKey.export({ format: 'der', type: 'pkcs8' })
  const spki = keys.publicKey.export({ format: 'der', type: 'spki' })
  const web = {
    privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, true, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  }
  return { node: keys.privateKey, web, algorithm }
}

function drawn(kind: KeyKind, bits: number) {
  if (kind === 'RSA') return generateKeyPairSync('rsa', { modulusLength: bits })
  return kind === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: kind })
}

function algorithmOf(kind: KeyKind, bits: number): Pair['algorithm'] & { hash: string } {
  if (kind === 'RSA')
    return {
      name: 'RSASSA-PKCS1-v1_5',
      hash: 'SHA-256',
      publicExponent: new Uint8Array([1, 0, 1]),
      modulusLength: bits,
    }
  if (kind === 'Ed25519') return { name: 'Ed25519', hash: 'SHA-512' }
  return { name: 'ECDSA', namedCurve: kind, hash: 'SHA-256' } as Pair['algorithm'] & { hash: string }
}

/** What a test certificate should be. */
export interface Shape {
  subject?: string
  issuer?: string
  signer?: Pair
  ca?: boolean
  from?: number
  until?: number
  /** Names that a server's certificate is good for. */
  names?: string[]
  /** OIDs of what it is for. */
  purposes?: string[]
  /** Extra organisational units, to make it large. */
  padding?: number
}

/** A certificate for a key, as PEM. */
export async function certificate(keys: Pair, shape: Shape = {}): Promise<string> {
  const signer = shape.signer ?? keys
  const padding = Array.from({ length: shape.padding ?? 0 }, (_, index) => `OU=${'x'.repeat(50)}${index}`)
  const subject = [`CN=${shape.subject ?? 'board'}`, ...padding].join(',')
  const made = await X509CertificateGenerator.create({
    subject,
    issuer: `CN=${shape.issuer ?? 'test root'}`,
    notBefore: new Date(now + (shape.from ?? -1) * day),
    notAfter: new Date(now + (shape.until ?? 365) * day),
    publicKey: keys.web.publicKey,
    signingKey: signer.web.privateKey,
    signingAlgorithm: signer.algorithm,
    extensions: [
      new BasicConstraintsExtension(shape.ca ?? false, undefined, true),
      ...(shape.purposes === undefined ? [] : [new ExtendedKeyUsageExtension(shape.purposes)]),
      ...(shape.names === undefined
        ? []
        : [
            new SubjectAlternativeNameExtension(
              shape.names.map((name) => ({
                type: /^[\d.:]+$/.test(name) ? ('ip' as const) : ('dns' as const),
                value: name,
              })),
            ),
          ]),
    ],
  })
  return armour({ label: 'CERTIFICATE', der: new Uint8Array(made.rawData) })
}

/** A private key as PEM, in one of the usual encodings. */
export function keyPem(keys: Pair, type: 'pkcs8' | 'sec1' | 'pkcs1' = 'pkcs8'): string {
  return String(keys.node.export({ format: 'pem', type }))
}

/** A root CA, a client certificate under it, and its key. */
export interface Paper {
  ca: string
  certificate: string
  key: string
}

let made: Promise<Paper> | undefined

/** The same set for every test that only needs one: making keys takes time. */
export function paper(): Promise<Paper> {
  made ??= freshPaper()
  return made
}

/** A new set. */
export async function freshPaper(subject = 'board'): Promise<Paper> {
  const root = await pair()
  const board = await pair()
  return {
    ca: await certificate(root, { subject: 'test root', ca: true }),
    certificate: await certificate(board, { subject, signer: root }),
    key: keyPem(board),
  }
}

/** What a team with its own broker has: one root, a server under it, and boards under it, some of them bad. */
export interface BrokerPaper {
  root: string
  server: { chain: string; key: string }
  board: { chain: string; key: string }
  expired: { chain: string; key: string }
  foreign: { chain: string; key: string; root: string }
}

/** A new set, with dates around the real now, because brokers look at their own clock. */
export async function brokerPaper(subject = 'board-7'): Promise<BrokerPaper> {
  const shift = (Date.now() - now) / day
  const dates = { from: shift - 1, until: shift + 30 }
  const [root, server, board, expired, stranger, foreign] = await Promise.all([
    pair(),
    pair(),
    pair(),
    pair(),
    pair(),
    pair(),
  ])
  const made = async (keys: Pair, shape: Shape): Promise<{ chain: string; key: string }> => ({
    chain: await certificate(keys, { ...dates, ...shape }),
    key: keyPem(keys),
  })
  return {
    root: await certificate(root, { ...dates, subject: 'test root', ca: true }),
    server: await made(server, { subject: 'localhost', signer: root, names: ['localhost', '127.0.0.1'] }),
    board: await made(board, { subject, signer: root }),
    expired: await made(expired, { subject: 'board-old', signer: root, from: shift - 20, until: shift - 10 }),
    foreign: {
      ...(await made(foreign, { subject: 'stranger', signer: stranger, issuer: 'foreign root' })),
      root: await certificate(stranger, { ...dates, subject: 'foreign root', issuer: 'foreign root', ca: true }),
    },
  }
}

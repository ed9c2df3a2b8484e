import { type KeyObject, X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { type Instant, type Outcome, ok, refused } from '../terms/index.ts'
import { type Alert, alert } from './alert.ts'
import type { TlsReason } from './failure.ts'
import type { TlsProfile } from './profile.ts'

/** Why a server is not believed, and what it is told. */
export interface Distrust {
  readonly reason: TlsReason
  readonly alert: Alert
}

/** What a server's certificates are held against. */
export interface Expectation {
  readonly profile: TlsProfile
  readonly roots: readonly X509Certificate[]
  /** Left out where the modem has no clock: then dates are not looked at (MODE-43, OPEN-09). */
  readonly now?: Instant
  readonly name?: string
}

function no(reason: TlsReason, number: Alert): Outcome<never, Distrust> {
  return refused({ reason, alert: number })
}

/** The key of a server whose certificates (DER, leaf first) lead to one of the roots. */
export function trustServer(list: readonly Uint8Array[], expected: Expectation): Outcome<KeyObject, Distrust> {
  const { profile } = expected
  const bytes = list.reduce((sum, der) => sum + der.length, 0)
  if (bytes > profile.longestChain) return no('chain-too-large', alert.recordOverflow)
  const chain = readChain(list)
  const leaf = chain?.[0]
  if (chain === undefined || leaf === undefined) return no('bad-certificate', alert.badCertificate)
  if (!isUsable(leaf.publicKey, profile)) return no('bad-certificate', alert.badCertificate)
  const distrust = profile.verifiesServer ? distrusts(chain, leaf, expected) : undefined
  return distrust === undefined ? ok(leaf.publicKey) : refused(distrust)
}

function distrusts(
  chain: readonly X509Certificate[],
  leaf: X509Certificate,
  expected: Expectation,
): Distrust | undefined {
  const path = pathToRoot(chain, leaf, expected.roots)
  if (path === undefined) return { reason: 'unknown-ca', alert: alert.unknownCa }
  const { now, name } = expected
  if (now !== undefined) {
    if (path.some((certificate) => certificate.validToDate.getTime() < now))
      return { reason: 'expired', alert: alert.certificateExpired }
    if (path.some((certificate) => certificate.validFromDate.getTime() > now))
      return { reason: 'not-yet-valid', alert: alert.badCertificate }
  }
  if (expected.profile.checksHostName && name !== undefined && !bears(leaf, name))
    return { reason: 'host-mismatch', alert: alert.badCertificate }
  return undefined
}

function readChain(list: readonly Uint8Array[]): X509Certificate[] | undefined {
  try {
    const chain = list.map((der) => new X509Certificate(der))
    // A key and dates that cannot be read come out only where they are asked for.
    const readable = chain.every(({ publicKey, validFromDate, validToDate }) => {
      return publicKey.type === 'public' && validFromDate.getTime() <= validToDate.getTime()
    })
    return readable ? chain : undefined
  } catch {
    return undefined
  }
}

const curveNames: Record<string, 'P-256' | 'P-384'> = { prime256v1: 'P-256', secp384r1: 'P-384' }

/** TLS-18: the curves of the profile, and RSA up to 4,096 bits. */
export function isUsable(key: KeyObject, profile: TlsProfile): boolean {
  const details = key.asymmetricKeyDetails
  if (key.asymmetricKeyType === 'rsa') return (details?.modulusLength ?? 0) <= 4096
  const curve = curveNames[details?.namedCurve ?? '']
  return key.asymmetricKeyType === 'ec' && curve !== undefined && profile.curves.includes(curve)
}

/** From the leaf over what the server sent to a root of the store; undefined where no way leads there. */
function pathToRoot(
  chain: readonly X509Certificate[],
  leaf: X509Certificate,
  roots: readonly X509Certificate[],
): X509Certificate[] | undefined {
  const path = [leaf]
  for (;;) {
    const last = path.at(-1) ?? leaf
    if (roots.some((root) => root.raw.equals(last.raw))) return path
    const root = roots.find((root) => isIssuer(root, last))
    if (root !== undefined) return [...path, root]
    const next = chain.find((candidate) => !path.includes(candidate) && isIssuer(candidate, last))
    if (next === undefined) return undefined
    path.push(next)
  }
}

/** Whether one certificate signed another, and may sign at all. */
export function isIssuer(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** Whether a certificate is for this name or address. */
export function bears(leaf: X509Certificate, name: string): boolean {
  return (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined
}

import { X509Certificate } from 'node:crypto'
import type { Bytes } from '../../terms/index.ts'
import { isIssuer } from '../../tls/index.ts'

/** A certificate that a server sent, and what it is good for. */
export interface ShownCertificate {
  readonly x509: X509Certificate
  readonly role: 'server' | 'intermediate' | 'root' | 'extra'
}

/** What a server sent, read. */
export interface ShownChain {
  /** In the order in which they were sent. */
  readonly sent: readonly ShownCertificate[]
  /** All certificates together, bytes of DER. */
  readonly bytes: number
  readonly leaf: X509Certificate
  /** From the server's own upwards as far as it goes, a root of the board at its end where it gets there. */
  readonly path: readonly X509Certificate[]
  readonly reachesRoot: boolean
  /** Whether what is on the path was sent in its order (RFC 5246 §7.4.2). */
  readonly inOrder: boolean
}

/** Reads what was sent against what boards hold; undefined where one of them is no certificate, or there is none. */
export function readShown(list: readonly Bytes[], roots: readonly X509Certificate[]): ShownChain | undefined {
  const read = list.map(readOne).filter((certificate) => certificate !== undefined)
  const [leaf] = read
  if (leaf === undefined || read.length < list.length) return undefined
  const { path, reachesRoot } = climb(leaf, read, roots)
  const places = path.map((step) => read.findIndex((one) => one.raw.equals(step.raw))).filter((at) => at >= 0)
  return {
    sent: read.map((x509, at) => ({ x509, role: roleOf(x509, at, path, roots) })),
    bytes: list.reduce((sum, der) => sum + der.length, 0),
    leaf,
    path,
    reachesRoot,
    inOrder: places.every((place, at) => at === 0 || place > (places[at - 1] ?? 0)),
  }
}

function readOne(der: Bytes | string): X509Certificate | undefined {
  try {
    const read = new X509Certificate(der)
    const dated = [read.validFromDate, read.validToDate].every((date) => Number.isFinite(date.getTime()))
    // A key of a kind that nobody knows, and dates that are none, come out only where they are asked for.
    return dated && read.publicKey !== undefined ? read : undefined
  } catch {
    return undefined
  }
}

function roleOf(
  x509: X509Certificate,
  at: number,
  path: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): ShownCertificate['role'] {
  if (at === 0) return 'server'
  if (!path.some((step) => step.raw.equals(x509.raw))) return 'extra'
  return isSelfSigned(x509) || roots.some((root) => root.raw.equals(x509.raw)) ? 'root' : 'intermediate'
}

/** From a certificate over others to a root, as far as it goes. */
export function climb(
  from: X509Certificate,
  others: readonly X509Certificate[],
  roots: readonly X509Certificate[],
): { path: readonly X509Certificate[]; reachesRoot: boolean } {
  const path = [from]
  for (;;) {
    const last = path.at(-1) ?? from
    if (roots.some((root) => root.raw.equals(last.raw))) return { path, reachesRoot: true }
    const root = roots.find((candidate) => isIssuer(candidate, last))
    if (root !== undefined) return { path: [...path, root], reachesRoot: true }
    const next = others.find((candidate) => !path.includes(candidate) && isIssuer(candidate, last))
    if (next === undefined) return { path, reachesRoot: false }
    path.push(next)
  }
}

/** Whether it was signed with its own key. */
export function isSelfSigned(certificate: X509Certificate): boolean {
  try {
    return certificate.subject === certificate.issuer && certificate.verify(certificate.publicKey)
  } catch {
    return false
  }
}

const block = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** Every certificate of a PEM text that can be read. */
export function certificatesIn(text: string): X509Certificate[] {
  return [...text.matchAll(block)].flatMap(([pem]) => readOne(pem) ?? [])
}

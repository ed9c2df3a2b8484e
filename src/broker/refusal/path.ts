import type { X509Certificate } from 'node:crypto'
import { pathLengthOf } from './path-length.ts'

/** How a chain leads from a leaf upwards, leaf first. */
export interface Path {
  readonly certificates: readonly X509Certificate[]
  /** It ends in a CA that the broker trusts. */
  readonly rooted: boolean
}

/** OpenSSL goes on for a hundred; nobody's boards need more than this, and nobody can make us compute for long. */
const longestPath = 12

/** From the leaf over what was shown and what the broker has to one of the broker's own CAs that signed itself. */
export function pathTo(shown: readonly X509Certificate[], roots: readonly X509Certificate[]): Path {
  const certificates = shown.slice(0, 1)
  for (;;) {
    const last = certificates.at(-1)
    if (last === undefined) return { certificates, rooted: false }
    if (isSelfSigned(last)) return { certificates, rooted: roots.some((root) => root.raw.equals(last.raw)) }
    const next = [...roots, ...shown.slice(1)].find((one) => !certificates.includes(one) && isIssuer(one, last))
    if (next === undefined || certificates.length === longestPath) return { certificates, rooted: false }
    certificates.push(next)
  }
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return isIssuer(certificate, certificate)
}

function isIssuer(issuer: X509Certificate, certificate: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** Whether a CA of the path has more CAs below it than it allows (RFC 5280, 4.2.1.9). */
export function isTooLong({ certificates }: Path): boolean {
  return certificates.some((certificate, below) => {
    const limit = below === 0 ? undefined : pathLengthOf(certificate)
    return limit !== undefined && below - 1 > limit
  })
}

import type { Bytes } from '../terms/index.ts'
import { der, derTag } from './der.ts'
import { derOid } from './der-values.ts'
import { oids } from './oids.ts'
import type { KeyKind } from './private-key.ts'

/** How a key signs certificates and CRLs: as WebCrypto wants it, and as X.509 writes it. */
export interface Signing {
  readonly algorithm:
    | { readonly name: 'ECDSA'; readonly namedCurve: 'P-256' | 'P-384'; readonly hash: 'SHA-256' | 'SHA-384' }
    | { readonly name: 'RSASSA-PKCS1-v1_5'; readonly hash: 'SHA-256' }
  /** DER of the AlgorithmIdentifier. */
  readonly identifier: Bytes
}

/** With which hash a key of this kind signs; undefined for kinds that nothing is signed with here. */
export function signingOf(kind: KeyKind): Signing | undefined {
  // RFC 4055, 5: behind these OIDs stands a NULL.
  if (kind.kind === 'RSA')
    return {
      algorithm: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
      identifier: der(derTag.sequence, derOid(oids.sha256WithRsa), der(derTag.null)),
    }
  // RFC 5758, 3.2: parameters are absent. The hash is as long as the curve.
  if (kind.curve === 'P-521') return undefined
  const [hash, oid] =
    kind.curve === 'P-256' ? (['SHA-256', oids.ecdsaWithSha256] as const) : (['SHA-384', oids.ecdsaWithSha384] as const)
  return {
    algorithm: { name: 'ECDSA', namedCurve: kind.curve, hash },
    identifier: der(derTag.sequence, derOid(oid)),
  }
}

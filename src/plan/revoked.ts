import type { Certificate } from '../pki/index.ts'
import { credentialType, type Instant, isoTime } from '../terms/index.ts'
import type { Problem } from './problem.ts'
import type { Material } from './settled-item.ts'

/** Client certificates that are known to be revoked: a warning, because only the broker's list says who is refused. */
export function lintRevoked(
  materials: Iterable<Material>,
  revokedAt: (certificate: Certificate) => Instant | undefined,
): Problem[] {
  return [...materials]
    .filter(({ slot }) => slot.type === credentialType.clientCertificate)
    .flatMap(({ certificates, origin }) =>
      certificates.flatMap((certificate): Problem[] => {
        const at = revokedAt(certificate)
        if (at === undefined) return []
        const text = `${certificate.subject} was revoked ${isoTime(at)}; a broker that has the list will refuse it`
        return [{ severity: 'warning', code: 'revoked', where: origin, text }]
      }),
    )
}

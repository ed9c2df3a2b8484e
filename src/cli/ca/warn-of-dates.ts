import type { AuthorityCertificates } from '../../pki/index.ts'
import { type Instant, relativeTime } from '../../terms/index.ts'
import type { Output } from '../output.ts'
import type { ListedCertificate } from './issued-list.ts'

/** A new authority has to reach every board in the field, which takes long. */
const authorityNear = 365 * 86_400_000

/** Warns of CAs and certificates that run out soon, or have. */
export function warnOfDates(
  output: Output,
  cas: AuthorityCertificates,
  issued: readonly ListedCertificate[],
  now: Instant,
): void {
  for (const [role, { notAfter }] of Object.entries(cas) as [string, { notAfter: Instant }][]) {
    if (notAfter - now > authorityNear) continue
    const when = notAfter > now ? 'runs out' : 'ran out'
    output.warn('ca-runs-out', `The ${role} CA ${when} ${relativeTime(notAfter, now)}: a new authority is needed.`)
  }
  const due = issued.filter(({ state }) => state === 'renew').length
  if (due > 0) output.notice('renewal-due', `${due} are past two thirds of their life: \`sectag ca renew\`.`)
  const near = issued.filter(({ state }) => state === 'runs-out')
  if (near.length === 0) return
  const names = near.slice(0, 3).map(({ subject, notAfter }) => `${subject} ${relativeTime(notAfter, now)}`)
  const more = near.length > names.length ? ', …' : ''
  output.warn('certificates-run-out', `${near.length} of the issued run out soon: ${names.join(', ')}${more}.`)
}

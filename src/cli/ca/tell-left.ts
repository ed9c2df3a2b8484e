import { type Instant, isoTime, relativeTime } from '../../terms/index.ts'
import type { Output } from '../output.ts'
import type { HomeAuthority } from './open.ts'
import { type Quota, readQuota } from './quota.ts'

/** Says how many a production line may still issue; nothing for any other authority. */
export function tellLeft(output: Output, { folder, authority, clock }: Omit<HomeAuthority, 'random'>): void {
  const quota = readQuota(folder, authority.issuingPem)
  if (quota.ok && quota.value !== undefined) tellQuota(output, quota.value, clock.now())
}

/** What is left of a quota, and until when. */
export function tellQuota(output: Output, { most, spent, until }: Quota, now: Instant): void {
  const left = Math.max(0, most - spent)
  output.event(
    'quota',
    { most, spent, left, until: isoTime(until) },
    `\n${left} of ${most} certificates are left to this line, until ${isoTime(until)} (${relativeTime(until, now)}).`,
  )
}

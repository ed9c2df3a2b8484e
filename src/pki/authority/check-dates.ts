import { type Instant, isoTime, type Outcome, ok, refused } from '../../terms/index.ts'
import type { Certificate } from '../certificate.ts'
import type { IssueOrder, IssueProblem } from './authority.ts'
import type { CertificateShape } from './certificate-maker.ts'
import { type CertificateProfile, endless, headStart, profiles } from './profiles.ts'

const day = 86_400_000
const mostDays = 100 * 365

type Dates = Pick<CertificateShape, 'notBefore' | 'notAfter'>
type DatesOrder = Pick<IssueOrder, 'profile' | 'now' | 'days' | 'shelfDays'>

function no(text: string): { ok: false; refusal: IssueProblem } {
  return refused({ code: 'bad-days', text })
}

type Validity = Pick<Certificate, 'notBefore' | 'notAfter'>

/** RFC 5280, 4.1.2.5: whole seconds; what outlives its authority would be worthless then, and what is older than it comes of a wrong clock. */
export function checkDates(order: DatesOrder, issuing: Validity): Outcome<Dates, IssueProblem> {
  const { notAfter: authorityEnds } = issuing
  const { now, days, shelfDays } = order
  const second = Math.floor(now / 1000) * 1000
  const notBefore = second - headStart
  if (second >= authorityEnds)
    return refused({ code: 'authority-expired', text: 'the issuing CA has expired; a new authority is needed' })
  if (second < issuing.notBefore) return refused(beforeAuthority(issuing, now))
  const profile: CertificateProfile = profiles[order.profile]
  const typed = [days, shelfDays].filter((count) => count !== undefined)
  if (profile.endless === true)
    return typed.length > 0 ? no('a certificate without an end has no days') : ok({ notBefore, notAfter: endless })
  if (!typed.every((count) => Number.isInteger(count) && count >= 1 && count <= mostDays))
    return no(`a whole number of days from 1 to ${mostDays} is expected`)
  const shelf = shelfDays ?? (days === undefined ? (profile.shelfDays ?? 0) : 0)
  const notAfter = second + ((days ?? profile.days) + shelf) * day
  if (typed.length > 0 && notAfter > authorityEnds) {
    const left = Math.floor((authorityEnds - second) / day)
    return no(`it would outlive the issuing CA, which has ${left} days left`)
  }
  return ok({ notBefore, notAfter: Math.min(notAfter, authorityEnds) })
}

/** A clock that is slow by years, as of a computer without a battery: what is signed by it is not what anybody means. */
export function beforeAuthority({ notBefore }: Pick<Certificate, 'notBefore'>, now: Instant): IssueProblem {
  const [start, here] = [isoTime(notBefore), isoTime(now)]
  return { code: 'clock-slow', text: `the issuing CA is valid from ${start} on, and the clock here says ${here}` }
}

import { type Instant, type Outcome, ok, refused } from '../../terms/index.ts'
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

/** RFC 5280, 4.1.2.5: whole seconds; and what outlives its authority would be worthless then. */
export function checkDates(order: DatesOrder, authorityEnds: Instant): Outcome<Dates, IssueProblem> {
  const { now, days, shelfDays } = order
  const second = Math.floor(now / 1000) * 1000
  const notBefore = second - headStart
  if (second >= authorityEnds)
    return refused({ code: 'authority-expired', text: 'the issuing CA has expired; a new authority is needed' })
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

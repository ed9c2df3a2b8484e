import { type Instant, type Outcome, ok, refused, SectagError } from '../../terms/index.ts'
import { commonName, longestCommonName } from '../name.ts'
import type { PublicKeyKind } from '../public-key.ts'
import { type CertificateRequest, readRequest, verifyRequest } from '../request.ts'
import type { IssueOrder, IssueProblem } from './authority.ts'
import type { CertificateShape } from './certificate-maker.ts'
import { type AlternativeName, alternativeName } from './names.ts'
import { type CertificateProfile, endless, headStart, profiles } from './profiles.ts'

const day = 86_400_000

type Dates = Pick<CertificateShape, 'notBefore' | 'notAfter'>
const mostDays = 100 * 365

/** Checks an order and says what certificate follows from it: nothing of the request is taken but its key and its name. */
export async function checkOrder(
  order: IssueOrder,
  authorityEnds: Instant,
  crlUrl: string,
): Promise<Outcome<CertificateShape, IssueProblem>> {
  // RFC 5280, 4.1.2.2: positive, at most 20 octets. Serial numbers are ours to choose, so a wrong one is our own fault.
  const serialFits = order.serial.length > 0 && order.serial.length <= 20 && (order.serial[0] ?? 0) < 0x80
  if (!serialFits || order.serial.every((octet) => octet === 0)) throw new SectagError('internal', 'no serial number')
  const read = readRequest(order.request)
  if (!read.ok) return no('no-request', read.refusal.text)
  const request = read.value
  // RFC 5480, 2.1.1.1 and RFC 8017, 3.1; what brokers and modems take.
  if (!isStrong(request.key))
    return no('bad-key', `its key is ${keyWords(request.key)}; P-256, P-384 or RSA from 2048 bits on is issued for`)
  // RFC 2986, 4.2: the signature shows that whoever asks holds the key.
  if (!(await verifyRequest(request))) return no('bad-signature', 'its signature is not by the key that it holds')
  const names = checkNames(order)
  if (!names.ok) return names
  const subject = checkSubject(order, request)
  if (!subject.ok) return subject
  const dates = checkDates(order, authorityEnds)
  if (!dates.ok) return dates
  const profile = profiles[order.profile]
  const { serial } = order
  return ok({
    profile,
    subject: commonName(subject.value),
    names: names.value,
    spki: request.spki,
    serial,
    crlUrl,
    ...dates.value,
  })
}

function no(code: IssueProblem['code'], text: string): { ok: false; refusal: IssueProblem } {
  return refused({ code, text })
}

function isStrong(key: PublicKeyKind): boolean {
  return key.kind === 'EC' || (key.kind === 'RSA' && key.bits >= 2048)
}

function keyWords(key: PublicKeyKind): string {
  if (key.kind === 'EC') return `EC ${key.curve}`
  return key.kind === 'RSA' ? `RSA of ${key.bits} bits` : `of another kind (${key.oid})`
}

/** RFC 5280, 4.2.1.6: what a client compares with the host that it wanted (RFC 9525, 6). */
function checkNames({ profile, names = [] }: IssueOrder): Outcome<AlternativeName[], IssueProblem> {
  if (profile !== 'server' && names.length > 0) return no('names-not-used', 'a device has a subject and no host names')
  if (profile === 'server' && names.length === 0)
    return no('no-names', 'a server needs at least one DNS name or IP address, or no client will accept it')
  const read = names.map((name) => [name, alternativeName(name)] as const)
  const wrong = read.find(([, found]) => found === undefined)
  if (wrong !== undefined)
    return no('bad-name', `${JSON.stringify(wrong[0])} is neither a DNS name in ASCII letters nor an IP address`)
  return ok(read.flatMap(([, found]) => found ?? []))
}

/** RFC 5280, 4.1.2.6 and appendix A.1. */
function checkSubject(order: IssueOrder, request: CertificateRequest): Outcome<string, IssueProblem> {
  const otherwise = order.profile === 'server' ? order.names?.[0] : request.commonName
  const subject = (order.subject ?? otherwise ?? '').trim()
  if (subject === '') return no('bad-subject', 'neither the order nor the request has a common name')
  if (Array.from(subject).length > longestCommonName)
    return no('bad-subject', `the common name has more than ${longestCommonName} characters; order another subject`)
  if (/[\p{Cc}\p{Cs}]/u.test(subject)) return no('bad-subject', 'the common name has characters that do not print')
  return ok(subject)
}

/** RFC 5280, 4.1.2.5: whole seconds; and what outlives its authority would be worthless then. */
function checkDates(order: IssueOrder, authorityEnds: Instant): Outcome<Dates, IssueProblem> {
  const { now, days, shelfDays } = order
  const second = Math.floor(now / 1000) * 1000
  const notBefore = second - headStart
  if (second >= authorityEnds) return no('authority-expired', 'the issuing CA has expired; a new authority is needed')
  const profile: CertificateProfile = profiles[order.profile]
  const typed = [days, shelfDays].filter((count) => count !== undefined)
  if (profile.endless === true)
    return typed.length > 0
      ? no('bad-days', 'a certificate without an end has no days')
      : ok({ notBefore, notAfter: endless })
  if (!typed.every((count) => Number.isInteger(count) && count >= 1 && count <= mostDays))
    return no('bad-days', `a whole number of days from 1 to ${mostDays} is expected`)
  const shelf = shelfDays ?? (days === undefined ? (profile.shelfDays ?? 0) : 0)
  const notAfter = second + ((days ?? profile.days) + shelf) * day
  if (typed.length > 0 && notAfter > authorityEnds) {
    const left = Math.floor((authorityEnds - second) / day)
    return no('bad-days', `it would outlive the issuing CA, which has ${left} days left`)
  }
  return ok({ notBefore, notAfter: Math.min(notAfter, authorityEnds) })
}

import { type Bytes, type Outcome, ok, refused, SectagError } from '../../terms/index.ts'
import type { Certificate } from '../certificate.ts'
import { issuedBy } from '../issued-by.ts'
import { commonName, longestCommonName } from '../name.ts'
import type { PublicKeyKind } from '../public-key.ts'
import { readRequest, verifyRequest } from '../request.ts'
import type { IssueOrder, IssueProblem, RenewOrder } from './authority.ts'
import type { CertificateShape } from './certificate-maker.ts'
import { checkDates } from './check-dates.ts'
import { issuedAs } from './issued-as.ts'
import { type AlternativeName, alternativeName } from './names.ts'
import { profiles } from './profiles.ts'

/** Who wants a certificate: a key that was shown to be held, and the name that was given with it. */
interface Holder {
  readonly commonName: string | undefined
  readonly spki: Bytes
}

/** An order without what shows that the key is held. */
type Terms = Omit<IssueOrder, 'request'>

/** What the authority adds of its own. */
export interface AuthorityTerms {
  readonly issuing: Certificate
  readonly crlUrl: string
}

/** Checks an order and says what certificate follows from it: nothing of the request is taken but its key and its name. */
export async function checkOrder(
  order: IssueOrder,
  authority: AuthorityTerms,
): Promise<Outcome<CertificateShape, IssueProblem>> {
  const read = readRequest(order.request)
  if (!read.ok) return no('no-request', read.refusal.text)
  const request = read.value
  // RFC 5480, 2.1.1.1 and RFC 8017, 3.1; what brokers and modems take.
  if (!isStrong(request.key))
    return no('bad-key', `its key is ${keyWords(request.key)}; P-256, P-384 or RSA from 2048 bits on is issued for`)
  // RFC 2986, 4.2: the signature shows that whoever asks holds the key.
  if (!(await verifyRequest(request))) return no('bad-signature', 'its signature is not by the key that it holds')
  return shapeOf(order, request, authority)
}

/** The same for the key of a certificate of this authority, which saw then that it is held. */
export async function checkRenewal(
  order: RenewOrder,
  authority: AuthorityTerms,
): Promise<Outcome<CertificateShape, IssueProblem>> {
  if (!(await issuedBy(order.certificate, authority.issuing)))
    return no('not-ours', 'the certificate was not issued by this authority')
  return shapeOf(order, { commonName: issuedAs(order.certificate).subject, spki: order.certificate.spki }, authority)
}

function shapeOf(
  order: Terms,
  holder: Holder,
  { issuing, crlUrl }: AuthorityTerms,
): Outcome<CertificateShape, IssueProblem> {
  // RFC 5280, 4.1.2.2: positive, at most 20 octets. Serial numbers are ours to choose, so a wrong one is our own fault.
  const { serial } = order
  const serialFits = serial.length > 0 && serial.length <= 20 && (serial[0] ?? 0) < 0x80
  if (!serialFits || serial.every((octet) => octet === 0)) throw new SectagError('internal', 'no serial number')
  const names = checkNames(order)
  if (!names.ok) return names
  const subject = checkSubject(order, holder)
  if (!subject.ok) return subject
  const dates = checkDates(order, issuing)
  if (!dates.ok) return dates
  const profile = profiles[order.profile]
  const { spki } = holder
  return ok({ profile, subject: commonName(subject.value), names: names.value, spki, serial, crlUrl, ...dates.value })
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
function checkNames({ profile, names = [] }: Terms): Outcome<AlternativeName[], IssueProblem> {
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
function checkSubject(order: Terms, { commonName: asked }: Holder): Outcome<string, IssueProblem> {
  const otherwise = order.profile === 'server' ? order.names?.[0] : asked
  const subject = (order.subject ?? otherwise ?? '').trim()
  if (subject === '') return no('bad-subject', 'neither the order nor the request has a common name')
  if (Array.from(subject).length > longestCommonName)
    return no('bad-subject', `the common name has more than ${longestCommonName} characters; order another subject`)
  if (/[\p{Cc}\p{Cs}]/u.test(subject)) return no('bad-subject', 'the common name has characters that do not print')
  return ok(subject)
}

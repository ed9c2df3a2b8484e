import 'reflect-metadata'
import { KeyUsagesExtension, X509Certificate } from '@peculiar/x509'
import { type Instant, isoTime, relativeTime, sameBytes } from '../terms/index.ts'
import type { Certificate } from './certificate.ts'
import type { Crl } from './crl.ts'
import { serialKey } from './serial.ts'
import { verifySigned } from './signed.ts'

/** Why a CRL must not be handed to a broker. `code` is stable. */
export interface CrlFault {
  readonly code:
    | 'wrong-issuer'
    | 'wrong-signature'
    | 'may-not-sign'
    | 'not-yet-valid'
    | 'stale'
    | 'soon-stale'
    | 'older-than-loaded'
    | 'lacks-revoked'
    | 'names-valid'
    | 'no-distribution-point'
    | 'other-distribution-point'
  readonly text: string
}

/** What a CRL is held against. Serial numbers in hexadecimal. */
export interface CrlExpectation {
  /** The CA whose certificates it is about. */
  readonly issuing: Certificate
  readonly now: Instant
  /** What the broker has now. */
  readonly loaded?: Crl
  /** Who is revoked. */
  readonly mustHold?: readonly string[]
  /** Who is valid, and must still enter. */
  readonly mustNotHold?: readonly string[]
  /** Milliseconds that it must still be good for. */
  readonly lasts: number
}

/** What is wrong with a CRL, in the order in which it would hurt: each of these locks out valid devices, or lets a revoked one in. */
export async function checkCrl(crl: Crl, against: CrlExpectation): Promise<CrlFault[]> {
  return [
    ...(await issuerFaults(crl, against.issuing)),
    ...timeFaults(crl, against),
    ...(against.loaded === undefined ? [] : orderFaults(crl, against.loaded)),
    ...entryFaults(crl, against),
    ...(crl.scope === undefined ? [fault('no-distribution-point', 'it has no issuing distribution point')] : []),
  ]
}

function fault(code: CrlFault['code'], text: string): CrlFault {
  return { code, text }
}

/** RFC 5280, 6.3.3 (b) (1), (f) and (g). */
async function issuerFaults(crl: Crl, issuing: Certificate): Promise<CrlFault[]> {
  if (crl.issuer !== issuing.subject)
    return [fault('wrong-issuer', `it is by ${crl.issuer}, and not by ${issuing.subject}`)]
  const usage = new X509Certificate(issuing.der).getExtension(KeyUsagesExtension)?.usages
  const cRLSign = 64
  return [
    ...((await verifySigned(crl.signed, issuing.spki))
      ? []
      : [fault('wrong-signature', `its signature is not by the key of ${issuing.subject}`)]),
    ...(usage === undefined || (usage & cRLSign) !== 0
      ? []
      : [fault('may-not-sign', `the certificate of ${issuing.subject} does not let it sign CRLs`)]),
  ]
}

/** RFC 5280, 5.1.2.4 and 5.1.2.5: nextUpdate must be there. Once it is over, brokers refuse everybody. */
function timeFaults({ thisUpdate, nextUpdate }: Crl, { now, lasts }: CrlExpectation): CrlFault[] {
  const early = thisUpdate > now ? [fault('not-yet-valid', `it is good from ${isoTime(thisUpdate)} on`)] : []
  if (nextUpdate === undefined) return [...early, fault('stale', 'it does not say until when it is good')]
  const end = `${isoTime(nextUpdate)}, ${relativeTime(nextUpdate, now)}`
  if (nextUpdate <= now) return [...early, fault('stale', `it was good until ${end}`)]
  return nextUpdate - now < lasts ? [...early, fault('soon-stale', `it is good only until ${end}`)] : early
}

/** RFC 5280, 5.2.3: numbers only go up, and what was revoked stays so. */
function orderFaults(crl: Crl, loaded: Crl): CrlFault[] {
  if (sameBytes(crl.der, loaded.der)) return []
  const [mine, theirs] = [crl.number ?? -1n, loaded.number ?? -1n]
  const older = mine <= theirs || crl.thisUpdate < loaded.thisUpdate
  const lost = [...loaded.entries.keys()].filter((serial) => !crl.entries.has(serial))
  return [
    ...(older ? [fault('older-than-loaded', `its number is ${mine}, and ${theirs} is loaded already`)] : []),
    ...(lost.length > 0 ? [fault('lacks-revoked', `what is loaded revokes ${listed(lost)} as well`)] : []),
    ...scopeFaults(crl, loaded),
  ]
}

/** RFC 5280, 6.3.3 (b) (2): it is for those certificates only that name its address, so whoever names the old one would be refused. */
function scopeFaults({ scope }: Crl, loaded: Crl): CrlFault[] {
  const url = scope?.url
  return url === undefined || url === loaded.scope?.url
    ? []
    : [fault('other-distribution-point', `it is for certificates that name ${url}, and what is loaded is not`)]
}

function entryFaults({ entries }: Crl, { mustHold = [], mustNotHold = [] }: CrlExpectation): CrlFault[] {
  const missing = mustHold.filter((serial) => !entries.has(serialKey(serial)))
  const wrong = mustNotHold.filter((serial) => entries.has(serialKey(serial)))
  return [
    ...(missing.length > 0 ? [fault('lacks-revoked', `it lacks ${listed(missing)}, which is revoked`)] : []),
    ...(wrong.length > 0 ? [fault('names-valid', `it names ${listed(wrong)}, which is not revoked`)] : []),
  ]
}

function listed(serials: readonly string[]): string {
  const [first = '', ...more] = serials
  return more.length === 0 ? `serial ${first}` : `serial ${first} and ${more.length} more`
}

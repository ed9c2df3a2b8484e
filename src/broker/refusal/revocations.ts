import { type DerElement, derChildren, derTag, parsePem, readDer } from '../../pki/index.ts'
import { type Bytes, fromUtf8, hex, type Instant } from '../../terms/index.ts'

/** What the witness needs of one revocation list. */
export interface Revocations {
  /** DER of the issuer's name, without its header. */
  readonly issuer: Bytes
  readonly thisUpdate: Instant
  readonly nextUpdate?: Instant
  /** Serial numbers, lower-case hexadecimal without leading zeros. */
  readonly serials: ReadonlySet<string>
}

/** The lists of a PEM file, as a broker is given it; what is no readable list is left out, as a broker would refuse it. */
export function readRevocations(pem: string): Revocations[] {
  return parsePem(pem).blocks.flatMap(({ label, der }) => {
    if (label !== 'X509 CRL') return []
    try {
      return [readList(der)]
    } catch {
      return []
    }
  })
}

/** A serial number in the form that a list is searched by. */
export function serialKey(hexadecimal: string): string {
  return hexadecimal.toLowerCase().replace(/^0+(?=.)/, '')
}

/** RFC 5280, 5.1: version, signature, issuer, thisUpdate, nextUpdate, revoked certificates, extensions. */
function readList(list: Bytes): Revocations {
  const [body] = derChildren(readDer(list).value)
  const fields = derChildren(body?.value ?? new Uint8Array())
  const first = fields[0]?.tag === derTag.integer ? 1 : 0
  const next = isTime(fields[first + 3]) ? fields[first + 3] : undefined
  const revoked = fields[first + (next === undefined ? 3 : 4)]
  const entries = revoked?.tag === derTag.sequence ? derChildren(revoked.value) : []
  return {
    issuer: fields[first + 1]?.value ?? new Uint8Array(),
    thisUpdate: readTime(fields[first + 2]),
    ...(next !== undefined && { nextUpdate: readTime(next) }),
    serials: new Set(entries.map(({ value }) => serialKey(hex(readDer(value).value)))),
  }
}

function isTime(element: DerElement | undefined): boolean {
  return element?.tag === derTag.utcTime || element?.tag === derTag.generalizedTime
}

/** RFC 5280, 4.1.2.5: two digits of a year from 50 on are of the last century. */
function readTime(element: DerElement | undefined): Instant {
  const digits = fromUtf8(element?.value ?? new Uint8Array())
  const century = element?.tag === derTag.utcTime ? (Number(digits.slice(0, 2)) >= 50 ? '19' : '20') : ''
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(century + digits)?.map(Number) ?? []
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)
}

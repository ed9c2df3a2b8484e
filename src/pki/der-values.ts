import { type Bytes, fromUtf8, type Instant, utf8 } from '../terms/index.ts'
import { brokenDer, type DerElement, der, derTag } from './der.ts'

/** An INTEGER, 0 or more: from a number, or from octets, the most significant first (X.690, 8.3). */
export function derInteger(value: number | Uint8Array): Bytes {
  const octets = typeof value === 'number' ? octetsOf(value) : [...value]
  while (octets.length > 1 && octets[0] === 0 && (octets[1] ?? 0) < 0x80) octets.shift()
  if ((octets[0] ?? 0) >= 0x80) octets.unshift(0)
  return der(derTag.integer, Uint8Array.from(octets.length === 0 ? [0] : octets))
}

function octetsOf(value: number): number[] {
  if (!Number.isSafeInteger(value) || value < 0) throw brokenDer(`${value} is no whole number from 0 on`)
  const octets: number[] = []
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256)
  return octets
}

/** The octets of an INTEGER without leading zeros; negative ones are refused. */
export function readUnsigned(element: DerElement | undefined): Bytes {
  if (element?.tag !== derTag.integer || element.value.length === 0) throw brokenDer('an INTEGER is expected')
  if ((element.value[0] ?? 0) >= 0x80) throw brokenDer('a negative INTEGER has no place here')
  const first = element.value.findIndex((octet) => octet !== 0)
  return first < 0 ? element.value.slice(-1) : element.value.slice(first)
}

/** A BIT STRING; `unused` bits of its last octet do not count. */
export function derBits(octets: Uint8Array, unused = 0): Bytes {
  return der(derTag.bits, Uint8Array.of(unused), octets)
}

/**
 * A BIT STRING of named bits, given as a text of 0 and 1 from bit 0 on: zeros at the end are left out (X.690, 11.2.2).
 *
 * @example derNamedBits('11101') // 03 02 03 E8: digitalSignature, nonRepudiation, keyEncipherment, keyAgreement
 */
export function derNamedBits(bits: string): Bytes {
  const kept = bits.replace(/0+$/, '')
  const octets = (kept.match(/.{1,8}/g) ?? []).map((octet) => Number.parseInt(octet.padEnd(8, '0'), 2))
  return derBits(Uint8Array.from(octets), (8 - (kept.length % 8)) % 8)
}

/** The octets of a BIT STRING that is a whole number of octets. */
export function readBits(element: DerElement | undefined): Bytes {
  if (element?.tag !== derTag.bits || element.value[0] !== 0)
    throw brokenDer('a BIT STRING of whole octets is expected')
  return element.value.slice(1)
}

/** An OBJECT IDENTIFIER from its dotted text. */
export function derOid(dotted: string): Bytes {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(derTag.oid, Uint8Array.from([first * 40 + second, ...rest].flatMap(base128)))
}

function base128(arc: number): number[] {
  const digits = [arc % 128]
  for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) digits.unshift(128 | (left % 128))
  return digits
}

/** The dotted text of an OBJECT IDENTIFIER. */
export function readOid(element: DerElement | undefined): string {
  if (element?.tag !== derTag.oid || element.value.length === 0) throw brokenDer('an OBJECT IDENTIFIER is expected')
  const arcs: number[] = []
  let arc = 0
  for (const octet of element.value) {
    arc = arc * 128 + (octet & 0x7f)
    if (octet < 0x80) {
      arcs.push(arc)
      arc = 0
    }
  }
  const head = arcs.shift() ?? 0
  const first = Math.min(2, Math.floor(head / 40))
  return [first, head - first * 40, ...arcs].join('.')
}

/** A time to the second: UTCTime up to 2049, GeneralizedTime after it (RFC 5280, 4.1.2.5). */
export function derTime(instant: Instant): Bytes {
  const digits = new Date(instant).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  const late = Number(digits.slice(0, 4)) >= 2050
  return late ? der(derTag.generalizedTime, utf8(digits)) : der(derTag.utcTime, utf8(digits.slice(2)))
}

/** The instant of a UTCTime or GeneralizedTime, to the second and in UTC, as RFC 5280 has both (4.1.2.5.1, 4.1.2.5.2). */
export function readTime(element: DerElement | undefined): Instant {
  const text = element === undefined ? '' : fromUtf8(element.value)
  const short = element?.tag === derTag.utcTime && /^\d{12}Z$/.test(text)
  const long = element?.tag === derTag.generalizedTime && /^\d{14}Z$/.test(text)
  if (!short && !long) throw brokenDer('a time to the second, in UTC, is expected')
  const digits = short ? `${Number(text.slice(0, 2)) >= 50 ? 19 : 20}${text}` : text
  const instant = Date.parse(digits.replace(/^(....)(..)(..)(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  // The 31st of February is somewhere in March to a date, and nowhere to us.
  const again = Number.isNaN(instant) ? '' : new Date(instant).toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  if (again !== digits) throw brokenDer('there is no such day or time')
  return instant
}

import { type Bytes, concatBytes, SectagError } from '../../terms/index.ts'
import { fromSeptets, packSeptets, toSeptets, unpackSeptets } from './gsm7.ts'
import { type OctetReader, unreadable } from './reader.ts'

/** Digits of a number in half octets, 10 and above are signs (3GPP TS 23.040, 9.1.2.3). */
const signs = '0123456789*#abc'
const [international, plain, name] = [0x91, 0x81, 0xd0]
/** Half octets of the longest address (3GPP TS 23.040, 9.1.2.5). */
const longest = 20

/** Half octets, swapped in each octet, an odd end filled with F. */
function halves(digits: string): Bytes {
  const values = Array.from(digits, (sign) => signs.indexOf(sign))
  return Uint8Array.from({ length: Math.ceil(values.length / 2) }, (_, at) => {
    return (values[at * 2] ?? 0) | ((values[at * 2 + 1] ?? 0xf) << 4)
  })
}

function digitsOf(octets: Bytes, count: number): string {
  const values = [...octets].flatMap((octet) => [octet & 0xf, octet >> 4]).slice(0, count)
  return values.map((value) => signs[value] ?? unreadable('not-supported', 'a digit of a number is none')).join('')
}

/** Whether a text is a number, with or without `+`. */
function isNumber(address: string): boolean {
  return /^\+?[\d*#abc]{1,20}$/.test(address)
}

/** An address as its kind and value octets, and how many half octets these fill. */
function valueOf(address: string): { kind: number; value: Bytes; halfOctets: number } {
  if (isNumber(address)) {
    const digits = address.replace('+', '')
    return { kind: address.startsWith('+') ? international : plain, value: halves(digits), halfOctets: digits.length }
  }
  const septets = toSeptets(address)
  if (septets === undefined || septets.length === 0 || septets.length > 11)
    throw new SectagError('internal', 'an address of a short message is a number, or a name of 1 to 11 characters')
  return { kind: name, value: packSeptets(septets), halfOctets: Math.ceil((septets.length * 7) / 4) }
}

/** The address of a phone: length in half octets, kind, and value. `+49170…` is international; a name is for senders only. */
export function addressField(address: string): Bytes {
  const { kind, value, halfOctets } = valueOf(address)
  return concatBytes([Uint8Array.of(halfOctets, kind), value])
}

/** The address of a service centre: length in octets, kind and value; empty stands for the SIM's own (SMS-21). */
export function centreField(address: string): Bytes {
  if (address === '') return Uint8Array.of(0)
  const { kind, value } = valueOf(address)
  return concatBytes([Uint8Array.of(value.length + 1, kind), value])
}

/** Reads what {@link addressField} writes, and other kinds of numbers as plain ones. */
export function readAddress(reader: OctetReader): string {
  const count = reader.octet()
  if (count > longest) unreadable('too-long', `an address has ${count} half octets, and ${longest} are the most`)
  const kind = reader.octet()
  return text(kind, reader.octets(Math.ceil(count / 2)), count)
}

/** Reads what {@link centreField} writes. */
export function readCentre(reader: OctetReader): string {
  const length = reader.octet()
  if (length === 0) return ''
  if (length > longest / 2 + 1) unreadable('too-long', `the address of the centre has ${length} octets`)
  const [kind = 0, ...value] = reader.octets(length)
  const last = (value.at(-1) ?? 0) >> 4
  return text(kind, Uint8Array.from(value), value.length * 2 - (last === 0xf ? 1 : 0))
}

function text(kind: number, value: Bytes, halfOctets: number): string {
  // 3GPP TS 23.040, 9.1.2.5: bits 6 to 4 are the type of number.
  if ((kind & 0x70) === 0x50) return fromSeptets(unpackSeptets(value, Math.floor((halfOctets * 4) / 7)))
  return `${(kind & 0x70) === 0x10 ? '+' : ''}${digitsOf(value, halfOctets)}`
}

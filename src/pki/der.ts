import { type Bytes, concatBytes, SectagError } from '../terms/index.ts'

/** One element of DER: its tag byte, what is inside, and where the next one begins. */
export interface DerElement {
  readonly tag: number
  readonly value: Bytes
  readonly end: number
}

/** Tag bytes that are used here (X.690, 8.1.2). */
export const derTag = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8: 0x0c,
  printable: 0x13,
  ia5: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** The error of bytes that are no DER, or not the DER that is expected. */
export function brokenDer(what: string): SectagError {
  return new SectagError('der', `broken DER: ${what}`)
}

/** Reads the element at an offset. Lengths must be definite and fit (X.690, 10.1). */
export function readDer(bytes: Bytes, at = 0): DerElement {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw brokenDer('it ends in the middle of a header')
  const count = first < 0x80 ? 0 : first & 0x7f
  if (count > 3 || first === 0x80) throw brokenDer('a length of that form is not allowed')
  let length = count === 0 ? first : 0
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0)
  const start = at + 2 + count
  if (start + length > bytes.length) throw brokenDer('an element is longer than what is there')
  return { tag, value: bytes.slice(start, start + length), end: start + length }
}

/** Reads the one element of these bytes, which must be of this tag and have nothing behind it. */
export function readWhole(bytes: Bytes, tag: number): DerElement {
  const element = readDer(bytes)
  if (element.tag !== tag) throw brokenDer(`tag ${tag} is expected, ${element.tag} was found`)
  if (element.end !== bytes.length) throw brokenDer('something follows behind its end')
  return element
}

/** The elements inside a constructed one. */
export function derChildren(value: Bytes): DerElement[] {
  const children: DerElement[] = []
  for (let at = 0; at < value.length; ) {
    const child = readDer(value, at)
    children.push(child)
    at = child.end
  }
  return children
}

/** Writes one element; the parts are put one behind the other. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Bytes {
  const value = concatBytes(parts)
  const length = value.length
  if (length < 0x80) return concatBytes([Uint8Array.of(tag, length), value])
  const digits: number[] = []
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest & 0xff)
  return concatBytes([Uint8Array.of(tag, 0x80 | digits.length, ...digits), value])
}

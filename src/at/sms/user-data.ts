import { type Bytes, concatBytes, SectagError } from '../../terms/index.ts'
import { fromSeptets, packSeptets, toSeptets, unpackSeptets } from './gsm7.ts'
import { type OctetReader, octetReader, unreadable } from './reader.ts'

/** One element of the header in front of a text, such as its place in a longer one. */
export interface HeaderElement {
  readonly id: number
  readonly octets: Bytes
}

/** What a short message carries: a text in the basic or the wide alphabet, or octets. */
export type UserData = { readonly header?: readonly HeaderElement[] } & (
  | { readonly alphabet: 'gsm7' | 'ucs2'; readonly text: string }
  | { readonly alphabet: 'octets'; readonly octets: Bytes }
)

/** Octets of the longest user data (3GPP TS 23.040, 9.2.3.24). */
export const longestUserData = 140

/** The coding scheme octet (3GPP TS 23.038, 4), without a class. */
export function codingOf({ alphabet }: UserData): number {
  return { gsm7: 0x00, octets: 0x04, ucs2: 0x08 }[alphabet]
}

/** The alphabet that a coding scheme octet names; compressed texts are not read. */
export function alphabetOf(coding: number): UserData['alphabet'] {
  const [group, kind] = [coding >> 4, (coding >> 2) & 3]
  if (group === 0xf) return kind === 1 || kind === 3 ? 'octets' : 'gsm7'
  if (group === 0xe) return 'ucs2'
  if (group >= 0xc) return 'gsm7'
  if (group >= 8 || (group & 2) !== 0) return unreadable('not-supported', 'the text is compressed, or coded unusually')
  return kind === 1 ? 'octets' : kind === 2 ? 'ucs2' : 'gsm7'
}

/** The header with its length in front; nothing where there is none. */
function headerOctets({ header = [] }: UserData): Bytes {
  if (header.length === 0) return new Uint8Array()
  const body = concatBytes(header.map(({ id, octets }) => concatBytes([Uint8Array.of(id, octets.length), octets])))
  return concatBytes([Uint8Array.of(body.length), body])
}

/** Length octet and user data: the length counts septets in the basic alphabet, octets otherwise. */
export function userDataField(data: UserData): Bytes {
  const header = headerOctets(data)
  const { length, octets } = bodyOf(data, header.length)
  const field = concatBytes([Uint8Array.of(length), header, octets])
  if (field.length > longestUserData + 1) throw new SectagError('internal', 'a text is too long for one short message')
  return field
}

function bodyOf(data: UserData, before: number): { length: number; octets: Bytes } {
  if (data.alphabet === 'octets') return { length: before + data.octets.length, octets: data.octets }
  if (data.alphabet === 'ucs2') {
    const octets = Uint8Array.from(
      data.text.split('').flatMap((unit) => [unit.charCodeAt(0) >> 8, unit.charCodeAt(0) & 0xff]),
    )
    return { length: before + octets.length, octets }
  }
  const septets = toSeptets(data.text)
  if (septets === undefined) throw new SectagError('internal', 'a text has characters outside of the basic alphabet')
  // The header fills whole septets too.
  const spent = Math.ceil((before * 8) / 7)
  return { length: spent + septets.length, octets: packSeptets(septets, spent * 7 - before * 8) }
}

/** Reads a length octet and user data of this alphabet. What comes behind its end is a mistake of the sender's. */
export function readUserData(reader: OctetReader, alphabet: UserData['alphabet'], hasHeader: boolean): UserData {
  const length = reader.octet()
  const octetCount = alphabet === 'gsm7' ? Math.ceil((length * 7) / 8) : length
  if (octetCount > longestUserData) unreadable('too-long', `its text has ${octetCount} octets, and 140 are the most`)
  const all = reader.octets(octetCount)
  if (reader.rest().length > 0) unreadable('wrong-length', `${reader.rest().length} octets stand behind its text`)
  const header = hasHeader ? readHeader(all) : undefined
  const before = header === undefined ? 0 : (all[0] ?? 0) + 1
  return { ...(header !== undefined && header.length > 0 && { header }), ...readBody(alphabet, all, before, length) }
}

function readHeader(all: Bytes): HeaderElement[] {
  const whole = octetReader(all)
  const reader = octetReader(whole.octets(whole.octet()))
  const elements: HeaderElement[] = []
  while (reader.rest().length > 0) elements.push({ id: reader.octet(), octets: reader.octets(reader.octet()) })
  return elements
}

function readBody(alphabet: UserData['alphabet'], all: Bytes, before: number, length: number): UserData {
  if (alphabet === 'octets') return { alphabet, octets: all.slice(before) }
  if (alphabet === 'ucs2') {
    const units = all.slice(before)
    if (units.length % 2 !== 0) return unreadable('wrong-length', 'its text has half a character')
    const codes = Array.from(
      { length: units.length / 2 },
      (_, at) => ((units[at * 2] ?? 0) << 8) | (units[at * 2 + 1] ?? 0),
    )
    return { alphabet, text: String.fromCharCode(...codes) }
  }
  const spent = Math.ceil((before * 8) / 7)
  if (spent > length) return unreadable('wrong-length', 'its header is longer than all of it')
  return { alphabet, text: fromSeptets(unpackSeptets(all.slice(before), length - spent, spent * 7 - before * 8)) }
}

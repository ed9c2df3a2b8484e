import { septetsOf } from './gsm7.ts'
import type { UserData } from './user-data.ts'

/** Where a message stands in a longer one (3GPP TS 23.040, 9.2.3.24.1). */
export interface SmsPart {
  /** The same in every part of one text. */
  readonly reference: number
  readonly total: number
  /** From 1 on. */
  readonly sequence: number
}

/** How much fits, alone and as a part: septets in the basic alphabet (SMS-19), characters of two octets in the wide one. */
const room = { gsm7: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } } as const
const mostParts = 255
const [eightBit, sixteenBit] = [0x00, 0x08]

/** What a text is written in: the basic alphabet where it can be. */
export function alphabetFor(text: string): 'gsm7' | 'ucs2' {
  return Array.from(text).every((character) => septetsOf(character) !== undefined) ? 'gsm7' : 'ucs2'
}

/** Units of a character: septets, or characters of two octets. */
function unitsOf(alphabet: 'gsm7' | 'ucs2', character: string): number {
  return alphabet === 'gsm7' ? (septetsOf(character)?.length ?? 1) : character.length
}

/** The pieces of a text, none longer than so many units, no character cut in two. */
function cutAt(text: string, alphabet: 'gsm7' | 'ucs2', limit: number): string[] {
  const pieces: string[] = []
  let [piece, used] = ['', 0]
  for (const character of text) {
    const units = unitsOf(alphabet, character)
    if (used + units > limit) {
      pieces.push(piece)
      ;[piece, used] = ['', 0]
    }
    piece += character
    used += units
  }
  return [...pieces, piece]
}

/** As much of a text as one message carries: all of it, or its beginning. */
export function firstMessage(text: string): UserData {
  const alphabet = alphabetFor(text)
  return { alphabet, text: cutAt(text, alphabet, room[alphabet].single)[0] ?? '' }
}

/** The messages that carry a text: one where it fits, else parts with this reference (0 to 255). Undefined where 255 parts are not enough. */
export function messagesFor(text: string, reference: number): UserData[] | undefined {
  const alphabet = alphabetFor(text)
  const { single, part } = room[alphabet]
  if (cutAt(text, alphabet, single).length === 1) return [{ alphabet, text }]
  const pieces = cutAt(text, alphabet, part)
  if (pieces.length > mostParts) return undefined
  return pieces.map((piece, index) => ({
    header: [{ id: eightBit, octets: Uint8Array.of(reference & 0xff, pieces.length, index + 1) }],
    alphabet,
    text: piece,
  }))
}

/** Where a message stands in a longer one; undefined for one that stands alone, or says something impossible. */
export function partOf({ header = [] }: UserData): SmsPart | undefined {
  for (const { id, octets } of header) {
    const wide = id === sixteenBit
    if ((!wide && id !== eightBit) || octets.length !== (wide ? 4 : 3)) continue
    const [sequence = 0, total = 0] = [octets.at(-1), octets.at(-2)]
    const reference = wide ? ((octets[0] ?? 0) << 8) | (octets[1] ?? 0) : (octets[0] ?? 0)
    if (sequence >= 1 && sequence <= total) return { reference, total, sequence }
  }
  return undefined
}

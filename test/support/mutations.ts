import { type Bytes, concatBytes, type Random } from '../../src/terms/index.ts'

/** Ways to change octets, by what an attacker or a bad line would do. Each is deterministic from its random numbers. */
export type Mutation = (octets: Bytes, random: Random) => Bytes

/** The order of the group of P-256 (SEC 2, 2.4.2). */
const order = 0xffffffff_00000000_ffffffff_ffffffff_bce6faad_a7179e84_f3b9cac2_fc632551n

function below(random: Random, limit: number): number {
  const [a = 0, b = 0, c = 0] = random.bytes(3)
  return ((a << 16) | (b << 8) | c) % Math.max(1, limit)
}

function put(octets: Bytes, at: number, gone: number, ...parts: Uint8Array[]): Bytes {
  return concatBytes([octets.subarray(0, at), ...parts, octets.subarray(at + gone)])
}

/** Changes that need to know nothing of what the octets mean. */
export const blind: Readonly<Record<string, Mutation>> = {
  'a bit': (octets, random) => {
    const bit = below(random, octets.length * 8)
    return octets.map((octet, at) => (at === bit >> 3 ? octet ^ (1 << (bit & 7)) : octet))
  },
  'an octet': (octets, random) => put(octets, below(random, octets.length), 1, random.bytes(1)),
  'octets put in': (octets, random) =>
    put(octets, below(random, octets.length + 1), 0, random.bytes(1 + below(random, 4))),
  'octets taken out': (octets, random) => put(octets, below(random, octets.length), 1 + below(random, 4)),
  'cut short': (octets, random) => octets.slice(0, below(random, octets.length)),
  'something behind': (octets, random) => concatBytes([octets, random.bytes(1 + below(random, 8))]),
  'a part twice': (octets, random) => {
    const [at, length] = [below(random, octets.length), 1 + below(random, 40)]
    return put(octets, at, 0, octets.slice(at, at + length))
  },
  'a part of zeros': (octets, random) => put(octets, below(random, octets.length), 4, new Uint8Array(4)),
  'an octet that is a length or a type': (octets, random) => {
    const odd = [0x00, 0x05, 0x30, 0x31, 0x80, 0x81, 0x82, 0x84, 0x9f, 0xa0, 0xd2, 0xf6, 0xf7, 0xff]
    return put(octets, below(random, octets.length), 1, Uint8Array.of(odd[below(random, odd.length)] ?? 0))
  },
}

/** Where the elements of DER begin, outermost first; what is inside octet and bit strings too, as it happens. */
function elementsOf(octets: Bytes, from = 0, to = octets.length): { at: number; head: number; length: number }[] {
  const found: { at: number; head: number; length: number }[] = []
  for (let at = from; at + 1 < to; ) {
    const first = octets[at + 1] ?? 0
    const count = first < 0x80 ? 0 : first & 0x7f
    if (count > 2) return found
    let length = count === 0 ? first : 0
    for (let index = 0; index < count; index++) length = length * 256 + (octets[at + 2 + index] ?? 0)
    const head = 2 + count
    if (at + head + length > to) return found
    found.push({ at, head, length })
    const constructed = ((octets[at] ?? 0) & 0x20) !== 0
    const skipped = octets[at] === 0x03 ? 1 : 0
    if (constructed || skipped === 1) found.push(...elementsOf(octets, at + head + skipped, at + head + length))
    at += head + length
  }
  return found
}

/** The same length in more octets than it needs, or without an end: BER, which DER forbids (X.690, 10.1). */
function longer(octets: Bytes, at: number, head: number, length: number, zeros: number): Bytes {
  const digits = [...new Uint8Array(zeros), ...(length > 0xff ? [length >> 8] : []), length & 0xff]
  return put(octets, at + 1, head - 1, Uint8Array.of(0x80 | digits.length, ...digits))
}

/** Changes to DER that know where its elements are; lengths around them are mended where that keeps the whole well-formed. */
export const derGames: Readonly<Record<string, Mutation>> = {
  'a length in a longer form': (octets, random) => {
    const all = elementsOf(octets)
    const { at, head, length } = all[below(random, all.length)] ?? { at: 0, head: 2, length: 0 }
    return mended(longer(octets, at, head, length, below(random, 2)), octets, at)
  },
  'a length without an end': (octets, random) => {
    const all = elementsOf(octets)
    const { at, head, length } = all[below(random, all.length)] ?? { at: 0, head: 2, length: 0 }
    const open = put(octets, at + head + length, 0, new Uint8Array(2))
    return mended(put(open, at + 1, head - 1, Uint8Array.of(0x80)), octets, at)
  },
  'a number with a zero in front': (octets, random) => {
    const numbers = elementsOf(octets).filter(({ at }) => octets[at] === 0x02)
    const { at, head, length } = numbers[below(random, numbers.length)] ?? { at: 0, head: 2, length: 0 }
    const more = put(octets, at + head, 0, new Uint8Array(1))
    return mended(put(more, at + 1, head - 1, Uint8Array.of(length + 1)), octets, at)
  },
  'an element put in': (octets, random) => {
    const all = elementsOf(octets)
    const { at } = all[below(random, all.length)] ?? { at: 0 }
    return mended(put(octets, at, 0, Uint8Array.of(0x05, 0x00)), octets, at)
  },
  'an element taken out': (octets, random) => {
    const all = elementsOf(octets).slice(1)
    const { at, head, length } = all[below(random, all.length)] ?? { at: 0, head: 2, length: 0 }
    return mended(put(octets, at, head + length), octets, at)
  },
  's in place of n - s': (octets) => {
    const numbers = elementsOf(octets).filter(({ at }) => octets[at] === 0x02)
    const last = numbers.at(-1)
    if (last === undefined) return octets
    const { at, head, length } = last
    const other = integer(order - numberOf(octets.slice(at + head, at + head + length)))
    return mended(put(octets, at, head + length, other), octets, at)
  },
}

/** Gives the elements around a place the lengths that they have now. */
function mended(changed: Bytes, before: Bytes, place: number): Bytes {
  const grown = changed.length - before.length
  const around = elementsOf(before).filter(({ at, head, length }) => at < place && place < at + head + length + 1)
  let result = changed
  for (const { at, head, length } of around) {
    const now = length + grown
    const width = head - 2
    const fits = width === 0 ? now < 0x80 : now < 256 ** width
    if (!fits || now < 0) continue
    const digits =
      width === 0 ? [now] : Array.from({ length: width }, (_, index) => (now >> (8 * (width - 1 - index))) & 0xff)
    result = put(result, width === 0 ? at + 1 : at + 2, digits.length, Uint8Array.from(digits))
  }
  return result
}

function numberOf(octets: Bytes): bigint {
  return octets.reduce((sum, octet) => (sum << 8n) | BigInt(octet), 0n)
}

function octetsOf(value: bigint): Bytes {
  return Uint8Array.from(value.toString(16).padStart(64, '0').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

function integer(value: bigint): Bytes {
  const octets = octetsOf(value)
  const from = octets.findIndex((octet) => octet !== 0)
  const short = octets.slice(from)
  const signed = (short[0] ?? 0) >= 0x80 ? concatBytes([new Uint8Array(1), short]) : short
  return concatBytes([Uint8Array.of(0x02, signed.length), signed])
}

/** The last 64 octets are r and s: the other s that is valid for the same octets (SEC 1, 4.1.4). */
export function twin(cose: Bytes): Bytes {
  return concatBytes([cose.subarray(0, -32), octetsOf(order - numberOf(cose.slice(-32)))])
}

/** Heads of CBOR in more octets than they need, or without an end (RFC 8949, 4.2.1). */
export const cborGames: Readonly<Record<string, Mutation>> = {
  'a head in more octets': (octets, random) => {
    const heads = [...octets.keys()].filter((at) => isHead(octets[at] ?? 0))
    const at = heads[below(random, heads.length)] ?? 0
    const octet = octets[at] ?? 0
    const [major, short] = [octet & 0xe0, octet & 0x1f]
    if (short === 24) return put(octets, at, 2, Uint8Array.of(major | 25, 0, octets[at + 1] ?? 0))
    return put(octets, at, 1, Uint8Array.of(major | 24, short))
  },
  'a head without an end': (octets, random) => {
    const heads = [...octets.keys()].filter((at) => (octets[at] ?? 0) >= 0x40 && isHead(octets[at] ?? 0))
    const at = heads[below(random, heads.length)] ?? 0
    return concatBytes([put(octets, at, 1, Uint8Array.of((octets[at] ?? 0) | 0x1f)), Uint8Array.of(0xff)])
  },
  'another tag around it': (octets, random) => concatBytes([Uint8Array.of(0xc0 | below(random, 24)), octets]),
  'null, undefined and empty in place of each other': (octets, random) => {
    const empties = [0xf6, 0xf7, 0x40, 0x60, 0x80, 0xa0]
    const places = [...octets.keys()].filter((at) => empties.includes(octets[at] ?? 0))
    const at = places[below(random, places.length)] ?? 0
    return put(octets, at, 1, Uint8Array.of(empties[below(random, empties.length)] ?? 0xf6))
  },
  's in place of n - s': (octets) => twin(octets),
}

function isHead(octet: number): boolean {
  return (octet & 0x1f) <= 24 && octet < 0xc0
}

/** Changes to the text of a token that leave its octets alone, or seem to. */
export const textGames: Readonly<Record<string, (text: string, random: Random) => string>> = {
  'padding behind': (text, random) => text + '='.repeat(1 + below(random, 2)),
  'padding in the middle': (text) => text.replace('.', '=.'),
  'another alphabet': (text) => text.replace('-', '+').replace('_', '/'),
  'another letter at an end': (text, random) => {
    const ends = [text.indexOf('.') - 1, text.length - 1]
    const at = ends[below(random, 2)] ?? 0
    return text.slice(0, at) + letters.charAt(below(random, 64)) + text.slice(at + 1)
  },
  'white space': (text, random) => {
    const at = below(random, text.length + 1)
    return text.slice(0, at) + ([' ', '\n', '\t', '\u00a0'][below(random, 4)] ?? ' ') + text.slice(at)
  },
  'another case': (text, random) => {
    const at = below(random, text.length)
    const letter = text.charAt(at)
    const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase()
    return text.slice(0, at) + other + text.slice(at + 1)
  },
  'a letter that looks alike': (text, random) => {
    const at = below(random, text.length)
    return text.slice(0, at) + ([...'АΑа０．'][below(random, 5)] ?? '') + text.slice(at + 1)
  },
  'halves changed over': (text) => text.split('.').reverse().join('.'),
  'a third part': (text, random) => `${text}.${text.slice(0, below(random, 20))}`,
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** The basic alphabet by its septets (3GPP TS 23.038, 6.2.1); 0x1B is the escape to the table behind it (SMS-22). */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'

/** Behind the escape: two septets for one character. */
const extension: Readonly<Record<number, string>> = {
  0x0a: '\f',
  0x14: '^',
  0x28: '{',
  0x29: '}',
  0x2f: '\\',
  0x3c: '[',
  0x3d: '~',
  0x3e: ']',
  0x40: '|',
  0x65: '€',
}

const escape = 0x1b
const septets = new Map<string, readonly number[]>([
  ...Array.from(basic, (character, septet): [string, number[]] => [character, [septet]]).filter(
    ([, [septet]]) => septet !== escape,
  ),
  ...Object.entries(extension).map(([septet, character]): [string, number[]] => [character, [escape, Number(septet)]]),
])

/** The septets of one character: one or two, or undefined where the alphabet does not have it. */
export function septetsOf(character: string): readonly number[] | undefined {
  return septets.get(character)
}

/** The septets of a text; undefined where one of its characters is not in the alphabet. */
export function toSeptets(text: string): number[] | undefined {
  const found = Array.from(text, septetsOf)
  return found.includes(undefined) ? undefined : found.flatMap((each) => each ?? [])
}

/** The text of septets. An escape that leads nowhere is a blank, as the standard asks. */
export function fromSeptets(all: readonly number[]): string {
  let text = ''
  for (let at = 0; at < all.length; at++) {
    const septet = all[at] ?? 0
    const next = all[at + 1]
    if (septet !== escape) text += basic[septet & 0x7f] ?? ''
    else if (next === undefined) text += ' '
    else {
      text += extension[next] ?? basic[next] ?? ' '
      at++
    }
  }
  return text.replaceAll('\u001b', ' ')
}

/** Septets one behind the other, least bit first, behind so many bits that a header has left over (3GPP TS 23.038, 6.1.2.1). */
export function packSeptets(all: readonly number[], fillBits = 0): Uint8Array<ArrayBuffer> {
  const octets = new Uint8Array(Math.ceil((all.length * 7 + fillBits) / 8))
  all.forEach((septet, index) => {
    const bit = fillBits + index * 7
    const shifted = (septet & 0x7f) << (bit % 8)
    const at = Math.floor(bit / 8)
    octets[at] = (octets[at] ?? 0) | (shifted & 0xff)
    if (shifted > 0xff) octets[at + 1] = (octets[at + 1] ?? 0) | (shifted >> 8)
  })
  return octets
}

/** So many septets out of octets; what is not there reads as 0. */
export function unpackSeptets(octets: Uint8Array, count: number, fillBits = 0): number[] {
  return Array.from({ length: count }, (_, index) => {
    const bit = fillBits + index * 7
    const at = Math.floor(bit / 8)
    const pair = (octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8)
    return (pair >> (bit % 8)) & 0x7f
  })
}

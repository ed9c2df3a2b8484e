/** A private key in DER, found in hexadecimal digits. */
export interface KeyHeader {
  /** The digit with which it begins. */
  readonly at: number
  /** So many digits it says that it has, its head included. */
  readonly digits: number
  /** PEM, of which only its end says how long it is. */
  readonly isText: boolean
}

/** A header needs no more digits than these to be known; all of them come before the first that is secret. */
export const headerDigits = 56

/** No private key of a modem is longer, bytes; RSA with 16,384 bits has about 9,300. */
const longest = 16_384

const length = '(?:[0-7][0-9a-f]|81[0-9a-f]{2}|82[0-9a-f]{4})'
/** `id-ecPublicKey`, DSA, RSA, and the curves of RFC 8410: kinds of keys. Signatures have others, so no certificate begins so. */
const keyKind = '(?:072a8648ce3d0201|072a8648ce380401|092a864886f70d01010[17]|032b65(?:6e|6f|70|71))'
const passwordKind = '(?:092a864886f70d0105(?:0d|0[1346ab])|0a2a864886f70d010c01)'

/** How private keys begin. Each is told by its version and what follows that; nothing else that is signed or sent begins so. */
const beginnings = [
  // RFC 5915: version 1, and a secret number as long as a curve has.
  `02010104(?:1[0-9a-f]|[23][0-9a-f]|4[0-2])`,
  // RFC 5208 and RFC 5958: version 0 or 1, and the kind of the key; RSASSA-PSS beside version 1 is a CRL.
  `02010[01]30${length}06${keyKind}`,
  `02010030${length}06092a864886f70d01010a`,
  // RFC 8017, and the traditional form of DSA: version 0, and a large number.
  `02010002(?:41|61|81[0-9a-f]{2}|82[0-9a-f]{4})00`,
  // RFC 5208 encrypted: how it is encrypted (RFC 8018, RFC 7292).
  `30${length}06${passwordKind}`,
]
const header = new RegExp(`(?=30(${length})(?:${beginnings.join('|')}))`, 'g')

/** `BEGIN … PRIVATE KEY` and `---END`, as hexadecimal of their text. */
const textBegin = /424547494e20(?:[0-9a-f]{2}){0,10}50524956415445204b4559/g
const textEnds = '2d2d2d454e44'

/** The private keys that begin in these digits, which are lower case, in their order; DER, or PEM as the bytes of its text. */
export function keyHeadersIn(digits: string): KeyHeader[] {
  const texts = [...digits.matchAll(textBegin)].map(({ index }) => ({ at: index, digits: 2 * longest, isText: true }))
  const ders = [...digits.matchAll(header)].flatMap(({ index, 1: said = '' }) => {
    const content = Number.parseInt(said.length === 2 ? said : said.slice(2), 16)
    const bytes = 1 + said.length / 2 + content
    return bytes > longest ? [] : [{ at: index, digits: 2 * bytes, isText: false }]
  })
  return [...texts, ...ders].sort((a, b) => a.at - b.at)
}

/** How many of these digits are before the END of a text whose digits before them are known; undefined where it has none. */
export function textEnd(before: string, digits: string): number | undefined {
  const tail = before.slice(1 - textEnds.length)
  const at = (tail + digits).indexOf(textEnds)
  return at < 0 ? undefined : Math.max(0, at - tail.length)
}

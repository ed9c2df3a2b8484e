import { armour, derChildren, derTag, readDer } from '../../pki/index.ts'
import { type Bytes, concatBytes, utf8 } from '../../terms/index.ts'

const { sequence, integer, octets, bits } = derTag

/** No credential is longer; what is, is no DER that a modem would be given. */
const longest = 16_384
/** A line end that somebody's editor put behind it. */
const mostBehind = 2

/** How long a DER sequence says it is, its head included; undefined where these bytes begin none, or not enough of them came. */
function lengthOf(bytes: Bytes): number | undefined {
  const [tag, first = 0, high = 0, low = 0] = bytes
  if (tag !== sequence) return undefined
  if (first < 0x80) return first + 2
  if (first === 0x81) return high + 3
  return first === 0x82 ? high * 256 + low + 4 : undefined
}

/**
 * Holds the beginning of an evidence back while it may be a DER file: such a file goes on as PEM text, so that a key in it is
 * struck out at the same door as all others, and a certificate is read like one that was pasted.
 */
export class DerFile {
  #held: Bytes = new Uint8Array()

  /** What can go on now; undefined while it may still be DER. */
  bytes(more: Bytes): Bytes | undefined {
    this.#held = concatBytes([this.#held, more])
    if (this.#held.length < 4 && (this.#held[0] ?? sequence) === sequence) return undefined
    const length = lengthOf(this.#held)
    return length === undefined || length > longest || this.#held.length > length + mostBehind ? this.#held : undefined
  }

  /** What was held back: as PEM text where it is DER, else as it came. */
  end(): Bytes {
    const held = this.#held
    const length = lengthOf(held) ?? 0
    const der = held.slice(0, length)
    const label = length > 0 && held.length >= length ? labelOf(der) : undefined
    return label === undefined ? held : utf8(armour({ label, der }))
  }
}

/** A key's first element is its version (RFC 5208, RFC 5915, RFC 8017), as is that of PKCS#12, which holds keys too. */
function labelOf(der: Bytes): string | undefined {
  try {
    const tags = derChildren(readDer(der).value).map(({ tag }) => tag)
    if (tags[0] === integer) return 'PRIVATE KEY'
    if (tags[0] !== sequence) return undefined
    if (tags[1] === octets) return 'ENCRYPTED PRIVATE KEY'
    if (tags[1] === bits) return 'PUBLIC KEY'
    // A request and a CRL have the same shape: they are no certificates, and are told to be none.
    return tags.length === 3 && tags[2] === bits ? 'CERTIFICATE' : undefined
  } catch {
    return undefined
  }
}

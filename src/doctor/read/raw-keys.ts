import { headerDigits, keyHeadersIn } from '../../at/index.ts'
import { armour } from '../../pki/index.ts'
import { type Bytes, concatBytes, hex, utf8 } from '../../terms/index.ts'

const header = headerDigits / 2
const sequence = 0x30

/**
 * Finds private keys that stand in a log as the bytes of their DER, and passes them on as PEM, so that the one door strikes
 * them out. Nothing of a text is held back but what could be the beginning of such a key.
 */
export class RawKeys {
  #held: Bytes = new Uint8Array()
  #key: Bytes[] = []
  /** Bytes of a key that are still to come. */
  #left = 0

  /** What can go on now. */
  bytes(more: Bytes): Bytes {
    const out: Bytes[] = []
    let rest = this.#held.length === 0 ? more : concatBytes([this.#held, more])
    this.#held = new Uint8Array()
    while (rest.length > 0) rest = this.#left > 0 ? this.#swallow(rest, out) : this.#pass(rest, out)
    return out.length === 1 && out[0] !== undefined ? out[0] : concatBytes(out)
  }

  /** What is held still; of a key that breaks off too. */
  end(): Bytes {
    const held = concatBytes([this.#held, this.#armoured()])
    this.#held = new Uint8Array()
    this.#left = 0
    return held
  }

  #swallow(bytes: Bytes, out: Bytes[]): Bytes {
    this.#key.push(bytes.slice(0, this.#left))
    const rest = bytes.subarray(this.#left)
    this.#left = Math.max(0, this.#left - bytes.length)
    if (this.#left === 0) out.push(this.#armoured())
    return rest
  }

  #pass(bytes: Bytes, out: Bytes[]): Bytes {
    const found = this.#find(bytes)
    if (found !== undefined) {
      out.push(bytes.subarray(0, found.at))
      this.#left = found.length
      return bytes.subarray(found.at)
    }
    const to = openAt(bytes)
    out.push(bytes.subarray(0, to))
    this.#held = bytes.slice(to)
    return new Uint8Array()
  }

  #find(bytes: Bytes): { at: number; length: number } | undefined {
    // A text has none of these; a key has one of them behind its first bytes.
    if (!bytes.includes(2) && !bytes.includes(6)) return undefined
    for (let at = bytes.indexOf(sequence); at >= 0; at = bytes.indexOf(sequence, at + 1)) {
      const [key] = keyHeadersIn(hex(bytes.slice(at, at + header)))
      if (key?.at === 0 && !key.isText) return { at, length: key.digits / 2 }
    }
    return undefined
  }

  #armoured(): Bytes {
    const der = concatBytes(this.#key)
    this.#key = []
    return der.length === 0 ? der : utf8(`\n${armour({ label: 'PRIVATE KEY', der })}`)
  }
}

/** From where on the end of these bytes may be the beginning of a key: a sequence, and soon a byte that is no text. */
function openAt(bytes: Bytes): number {
  for (let at = Math.max(0, bytes.length - header + 1); at < bytes.length; at++)
    if (bytes[at] === sequence && (bytes.length - at < 4 || bytes.subarray(at, at + 6).some(isNoText))) return at
  return bytes.length
}

function isNoText(byte: number): boolean {
  return byte < 9 || byte > 126
}

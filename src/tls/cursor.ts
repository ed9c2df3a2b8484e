import { type Bytes, concatBytes } from '../terms/index.ts'

/** A whole number as so many bytes, most significant first. */
export function uint(value: number, length: 1 | 2 | 3): Bytes {
  return Uint8Array.from({ length }, (_, index) => (value >>> (8 * (length - 1 - index))) & 0xff)
}

/** A vector as RFC 5246 §4.3 writes it: its length in so many bytes, then its content. */
export function vector(lengthBytes: 1 | 2 | 3, ...parts: readonly Uint8Array[]): Bytes {
  const content = concatBytes(parts)
  return concatBytes([uint(content.length, lengthBytes), content])
}

/**
 * Reads what the other side sent, and never throws: what it reads beyond the end is zero or empty, and {@link whole} says
 * at the end whether everything was there and nothing was left over.
 */
export class Cursor {
  readonly #bytes: Uint8Array
  #at = 0
  #short = false

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  uint(length: 1 | 2 | 3): number {
    return this.bytes(length).reduce((value, byte) => value * 256 + byte, 0)
  }

  bytes(count: number): Bytes {
    if (this.left < count) {
      this.#short = true
      this.#at = this.#bytes.length
      return new Uint8Array(0)
    }
    this.#at += count
    return this.#bytes.slice(this.#at - count, this.#at)
  }

  vector(lengthBytes: 1 | 2 | 3): Bytes {
    return this.bytes(this.uint(lengthBytes))
  }

  /** Bytes not yet read. */
  get left(): number {
    return this.#bytes.length - this.#at
  }

  /** Whether everything that was asked for was there, and all was asked for. */
  get whole(): boolean {
    return !this.#short && this.left === 0
  }
}

import type { Bytes } from './bytes.ts'

/** Randomness as an argument: the system's in the edges, seeded in tests and virtual boards. */
export interface Random {
  /** `count` random bytes. */
  bytes(count: number): Bytes
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number
}

/** 32 bits from a text (FNV-1a): enough to start a generator, not a hash for anything else. */
function scatter(text: string, salt: number): number {
  let state = 0x811c9dc5 ^ salt
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  return state >>> 0
}

/** A repeatable generator (sfc32): the same seed gives the same bytes on every machine. Never for real keys. */
export function seededRandom(seed: string): Random {
  let [a, b, c, d] = [scatter(seed, 1), scatter(seed, 2), scatter(seed, 3), 1]
  function next(): number {
    const sum = (a + b + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return sum >>> 0
  }
  for (let warmUp = 0; warmUp < 15; warmUp++) next()
  return {
    bytes: (count) => Uint8Array.from({ length: count }, () => next() & 0xff),
    below: (below) => Math.floor((next() / 2 ** 32) * below),
  }
}

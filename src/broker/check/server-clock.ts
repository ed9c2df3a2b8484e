import type { Bytes, Instant } from '../../terms/index.ts'

/** Seconds that the handshakes of one look may lie apart. */
const apart = 300
const fewest = 3

/**
 * A server's clock, where it tells: old libraries begin their random bytes with the time (RFC 5246 §7.4.1.2), newer ones
 * do not. Only where several handshakes agree is it one; by chance that happens once in 10^14.
 */
export function serverClock(randoms: readonly Bytes[]): Instant | undefined {
  const seconds = randoms.map((random) => new DataView(random.buffer, random.byteOffset, 4).getUint32(0))
  const [first] = seconds
  if (first === undefined || seconds.length < fewest) return undefined
  return seconds.every((one) => Math.abs(one - first) <= apart) ? (seconds.at(-1) ?? first) * 1000 : undefined
}

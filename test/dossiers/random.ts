import { createHash } from 'node:crypto'

/** Numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: string): () => number {
  let count = 0
  return () => createHash('sha256').update(`${seed}/${count++}`).digest().readUInt32BE(0) / 2 ** 32
}

import { randomBytes, randomInt } from 'node:crypto'
import type { Random } from '../terms/index.ts'

/** The machine's own randomness. */
export const systemRandom: Random = {
  bytes: (count) => Uint8Array.from(randomBytes(count)),
  below: (below) => randomInt(below),
}

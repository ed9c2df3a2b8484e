import { setTimeout as timeout } from 'node:timers/promises'
import type { Clock } from '../terms/index.ts'

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => timeout(ms, undefined, signal === undefined ? {} : { signal }),
}

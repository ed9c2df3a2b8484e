import { setImmediate as turn } from 'node:timers/promises'
import { type VirtualClock, virtualClock } from '../../src/terms/index.ts'

/** A clock that jumps as soon as the event loop has nothing else to do. It starts on 2026-11-22. */
export function fastClock(): VirtualClock {
  return virtualClock(Date.UTC(2026, 10, 22, 6, 55), async () => {
    for (let turns = 0; turns < 4; turns++) await turn()
  })
}

import type { Clock, Instant } from './clock.ts'

interface Sleeper {
  at: Instant
  wake: () => void
}

/** A clock that jumps to its next sleeper as soon as nothing else is going on, so that ten thousand silences cost nothing. */
export interface VirtualClock extends Clock {
  /** Moves time forward and wakes whoever is due, in order. */
  advance(ms: number): void
}

/**
 * @param settle resolves when everything that can happen without time passing has happened; with real streams that is
 *   one turn of the event loop (`setImmediate`), and it comes in as an argument because pure rooms have no timers.
 *   Without it, time moves by {@link VirtualClock.advance} only.
 */
export function virtualClock(start: Instant = 0, settle?: () => Promise<void>): VirtualClock {
  let now = start
  let pumping = false
  const sleepers: Sleeper[] = []

  function wakeUntil(limit: Instant): void {
    for (;;) {
      sleepers.sort((a, b) => a.at - b.at)
      const next = sleepers[0]
      if (next === undefined || next.at > limit) return
      sleepers.shift()
      now = Math.max(now, next.at)
      next.wake()
    }
  }

  async function pump(): Promise<void> {
    if (pumping || settle === undefined) return
    pumping = true
    while (sleepers.length > 0) {
      await settle()
      const due = Math.min(...sleepers.map((sleeper) => sleeper.at))
      if (Number.isFinite(due)) wakeUntil(due)
    }
    pumping = false
  }

  return {
    now: () => now,
    advance(ms) {
      const limit = now + ms
      wakeUntil(limit)
      now = limit
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const sleeper: Sleeper = { at: now + ms, wake: resolve }
        sleepers.push(sleeper)
        signal?.addEventListener('abort', () => {
          const index = sleepers.indexOf(sleeper)
          if (index >= 0) sleepers.splice(index, 1)
          reject(signal.reason)
        })
        void pump()
      })
    },
  }
}

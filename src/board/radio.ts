import type { Clock } from '../terms/index.ts'
import type { VirtualModem, VirtualState } from '../virtual/index.ts'

/** Milliseconds between two looks; somebody at the cable may have ended the notifications. */
const looksAgain = 1000

/** Waits until the modem is as asked: looks whenever it notifies, and once a second. Rejects when aborted. */
export async function until(
  modem: VirtualModem,
  clock: Clock,
  holds: (state: VirtualState) => boolean,
  signal: AbortSignal,
): Promise<void> {
  let wake = (): void => {}
  const rouse = (): void => wake()
  const deaf = modem.listen(rouse)
  signal.addEventListener('abort', rouse)
  try {
    for (;;) {
      signal.throwIfAborted()
      if (holds(modem.state)) return
      const roused = new AbortController()
      wake = () => roused.abort()
      await clock.sleep(looksAgain, roused.signal).catch(() => {})
    }
  } finally {
    deaf()
    signal.removeEventListener('abort', rouse)
  }
}

import type { Ending } from './output.ts'
import { stoppedBy } from './stopped-by.ts'

/** Nothing was begun, because the Ctrl-C, or another signal to end, came before. */
export function interruptedBefore(at: string, signal: AbortSignal): Ending {
  return {
    exit: 1,
    refusal: { kind: 'aborted' },
    failure: {
      what: 'interrupted before anything was begun',
      state: 'nothing was changed on the board',
      why: stoppedBy(signal),
      next: `sectag list ${at}`,
    },
  }
}

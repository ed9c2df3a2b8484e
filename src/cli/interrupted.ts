import type { Ending } from './output.ts'

/** Nothing was begun, because the Ctrl-C came before. */
export function interruptedBefore(at: string): Ending {
  return {
    exit: 1,
    refusal: { kind: 'aborted' },
    failure: {
      what: 'interrupted before anything was begun',
      state: 'nothing was changed on the board',
      why: 'somebody pressed Ctrl-C',
      next: `sectag list ${at}`,
    },
  }
}

import type { Ending } from '../output.ts'
import type { Account } from './account.ts'
import type { StoryOptions } from './stage.ts'

/** How a story ends in which boards were written and never seen. `causes`: what the doctor said of them. */
export function endingOfUnproven(
  options: StoryOptions,
  account: Account,
  causes: readonly string[],
  silent: number,
): Ending {
  return {
    exit: 5,
    verdict: 'UNKNOWN',
    proof: 'presence',
    failure: {
      what: `${silent} of ${options.boards} boards were written, and the broker saw no session of them`,
      state: 'the virtual boards are as they were written; no real board was touched',
      why: `the doctor says: ${causes.join(', ')}`,
      next: 'sectag demo --once --json',
    },
    more: { ...account, causes, seed: options.seed },
  }
}

/** How a story ends that was told whole. */
export function endingOf(options: StoryOptions, account: Account): Ending {
  const more = { ...account, seed: options.seed }
  if (account.wrong.length === 0) return { exit: 0, proof: 'session', verdict: 'PASS', more }
  return {
    exit: 5,
    verdict: 'FAIL',
    failure: {
      what: `what was told or done is not the truth: ${account.wrong.join('; ')}`,
      state: 'the virtual boards are gone; no real board was touched',
      why: 'this is a defect of ours; please report it',
      next: `sectag demo --once --seed ${options.seed} --boards ${options.boards} --json`,
    },
    more,
  }
}

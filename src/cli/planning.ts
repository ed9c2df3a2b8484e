import type { SlotState, Step } from '../plan/index.ts'
import { type Refusal, slotKey } from '../terms/index.ts'
import { likelyReason, refusalExit, refusalWords } from './failure.ts'
import type { Ending, Output } from './output.ts'
import { tellStates } from './words.ts'

/** Shows the states with the step that each of them leads to, and a count by kind. */
export function tellPlan(output: Output, states: readonly SlotState[], steps: readonly Step[]): void {
  const next = new Map(steps.map((step) => [slotKey(step.slot), step.do]))
  tellStates(output, states, next)
  const count = (what: Step['do']): number => steps.filter((step) => step.do === what).length
  const unknowable = states.filter((state) => state.is === 'unknowable').length
  const words = [
    `${count('write')} to write`,
    `${count('erase')} to erase`,
    ...(count('enrol') > 0 ? [`${count('enrol')} to be born in the modem`] : []),
    ...(unknowable > 0 ? [`${unknowable} of which nobody can tell (--rewrite writes them all the same)`] : []),
  ]
  output.event(
    'plan',
    { write: count('write'), erase: count('erase'), enrol: count('enrol'), unknowable },
    `${words.join(', ')}.`,
  )
}

/** Whether steps take something away that the board holds now. */
export function destroys(states: readonly SlotState[], steps: readonly Step[]): string | undefined {
  const replaced = steps.filter((step) => step.do === 'write' && step.because !== 'missing').length
  const erased = steps.filter((step) => step.do === 'erase').length
  if (replaced + erased === 0 || states.length === 0) return undefined
  const parts = [...(replaced > 0 ? [`replace ${replaced}`] : []), ...(erased > 0 ? [`erase ${erased}`] : [])]
  return `${parts.join(' and ')} of its credentials`
}

/**
 * A listing that failed or was cut: nothing is concluded from it, and nothing is written or erased.
 *
 * @param state what was done before, where something was
 */
export function notListed(refusal: Refusal, at: string, state = 'nothing was changed on the board'): Ending {
  return {
    exit: refusalExit(refusal),
    refusal,
    failure: {
      what: `the board's listing cannot be used: ${refusalWords(refusal)}`,
      state,
      why: likelyReason(refusal),
      next: `sectag list ${at}`,
    },
  }
}

import { compare, type RunStep, type Settled, type SlotState, type Step } from '../plan/index.ts'
import { credentialType, type Outcome, ok, sameSlot, slotKey } from '../terms/index.ts'
import type { Board } from './board.ts'
import { heldBy } from './held.ts'
import type { OpenRun } from './home/journal.ts'

/** What a run that was cut has left to do. */
export interface Rest {
  /** What was wanted when it was begun, with what is known of the board since. */
  readonly settled: Settled
  readonly states: readonly SlotState[]
  readonly steps: readonly Step[]
}

/** What is still to be done: the last step of each slot, unless the board shows that it is done. Where only the journal can tell, it does. */
export async function whatIsLeft(board: Board, open: OpenRun, known: Settled): Promise<Outcome<Rest>> {
  const wanted = open.run.wanted.map((want) => known.wanted.find((now) => sameSlot(now, want)) ?? want)
  const held = await heldBy(board, { ...known, wanted })
  if (!held.ok) return held
  // Also slots that were as wanted from the start: they are told too, and are not missing.
  const mine = held.value.filter((item) =>
    [...wanted, ...open.run.steps.map(({ slot }) => slot)].some((slot) => sameSlot(slot, item)),
  )
  const states = compare(wanted, mine, [])
  const last = new Map(open.run.steps.map((step) => [slotKey(step.slot), step]))
  const steps = [...last.values()].flatMap((step) => undone(board, open, step, states))
  const born = new Set(steps.flatMap((step) => (step.do === 'enrol' ? [step.slot.tag] : [])))
  return ok({ settled: { ...known, wanted }, states, steps: [...steps, ...certificatesFor(born, steps)] })
}

function undone(board: Board, open: OpenRun, step: RunStep, states: readonly SlotState[]): Step[] {
  const state = states.find((candidate) => sameSlot(candidate, step.slot))
  if (step.do === 'erase') return state === undefined ? [] : [{ do: 'erase', slot: step.slot, because: 'unwanted' }]
  if (step.do === 'enrol') return unborn(board, open, step, state)
  const inDoubt = open.suspect !== undefined && sameSlot(open.suspect, step.slot)
  const told = state?.is === 'unknowable' && step.status === 'done' && !inDoubt
  return state === undefined || state.is === 'same' || told ? [] : [{ do: 'write', slot: step.slot, because: state.is }]
}

/** A key that was born and certified in this run stays. One whose proof was lost over the cut is of no use: it goes. */
function unborn(board: Board, open: OpenRun, step: RunStep, state: SlotState | undefined): Step[] {
  const empty = state === undefined || state.is === 'missing'
  const enrolled = board.known()?.enrolled(step.slot.tag)
  if (!empty && enrolled !== undefined && enrolled.at >= open.at) return []
  const again: Step = { do: 'enrol', slot: step.slot, profile: step.profile ?? 'device', because: 'missing' }
  return empty ? [again] : [{ do: 'erase', slot: step.slot, because: state.is }, again]
}

/** A key that is born anew needs a new certificate, also where an older one is held. */
function certificatesFor(born: ReadonlySet<number>, steps: readonly Step[]): Step[] {
  return [...born].flatMap((tag): Step[] => {
    const slot = { tag, type: credentialType.clientCertificate }
    const planned = steps.some((step) => step.do === 'write' && sameSlot(step.slot, slot))
    return planned ? [] : [{ do: 'write', slot, because: 'differs' }]
  })
}

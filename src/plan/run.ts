import type { Held } from '../modem/index.ts'
import type { Digest } from '../pki/index.ts'
import { credentialType, type Outcome, type Refusal, sameSlot, type Slot } from '../terms/index.ts'
import { compare } from './compare.ts'
import type { Wanted } from './settle.ts'
import type { Step } from './step.ts'

/** What is to be done next: change a slot, have a key born in it, or look at it because an answer was lost. */
export interface Intent {
  readonly do: 'write' | 'erase' | 'enrol' | 'look'
  /** For `enrol`, the slot of the key that is to be born. */
  readonly slot: Slot
  readonly because: string
  /** For `enrol`: what its certificate is to be. */
  readonly profile?: string
}

/** How far one step has come. `doubt`: it was sent, and no answer tells whether it was done. */
export type StepStatus = 'todo' | 'doubt' | 'done' | 'refused' | 'uncertain'

/** A step within a run. */
export interface RunStep {
  readonly do: 'write' | 'erase' | 'enrol'
  readonly slot: Slot
  readonly because: string
  readonly profile?: string
  readonly status: StepStatus
  /** How often it was sent. */
  readonly tries: number
  /** Whether its slot was erased for it, because the modem would not replace what was there. */
  readonly cleared?: true
  readonly refusal?: Refusal
}

/**
 * A change of one board as data, without any content: it can be written to a journal and taken up by another process.
 * `stopped` says why it will not go on.
 */
export interface Run {
  readonly id: string
  /** The board's IMEI. */
  readonly board: string
  readonly wanted: readonly Wanted[]
  readonly steps: readonly RunStep[]
  readonly stopped?: 'refused' | 'interrupted' | 'unplugged'
}

/** Outcomes after which nobody knows whether the command was carried out. */
const lost: ReadonlySet<Refusal['kind']> = new Set(['silence', 'garbled', 'unplugged', 'aborted'])

/** A lost answer is worth a second try; a second loss is a cable to look at. */
const mostTries = 2

/** A run before its first intent. */
export function beginRun(id: string, board: string, wanted: readonly Wanted[], steps: readonly Step[]): Run {
  const mine = steps.map((step): RunStep => ({ ...step, status: 'todo', tries: 0 }))
  return { id, board, wanted, steps: mine }
}

/** The next intent; undefined when there is none, because all is done or the run stopped. */
export function next(run: Run): Intent | undefined {
  if (run.stopped !== undefined) return undefined
  const step = run.steps.find((step) => step.status === 'todo' || step.status === 'doubt')
  if (step === undefined) return undefined
  const { slot, because, profile } = step
  if (step.status === 'doubt') return { do: 'look', slot, because: 'answer lost' }
  return { do: step.do, slot, because, ...(profile !== undefined && { profile }) }
}

/** The run after an intent's outcome. A `look` has the listing of its slot as value, an `enrol` what was issued: {@link Born}. */
export function record(run: Run, intent: Intent, outcome: Outcome<unknown>): Run {
  const index = run.steps.findIndex((step) => step.status === 'todo' || step.status === 'doubt')
  const step = run.steps[index]
  if (step === undefined) return run
  const after = intent.do === 'look' ? looked(run, step, outcome) : sent(step, outcome)
  const steps = run.steps.toSpliced(index, 1, ...after)
  const wanted =
    intent.do === 'enrol' && outcome.ok ? withIssued(run.wanted, intent.slot, outcome.value as Born) : run.wanted
  const refused = after.some((step) => step.status === 'refused' || step.status === 'uncertain')
  // With the cable gone there is nobody to look at: the doubt stays, and the run ends with it.
  const unplugged = !outcome.ok && (outcome.refusal.kind === 'unplugged' || outcome.refusal.kind === 'aborted')
  return { ...run, wanted, steps, ...(refused && { stopped: 'refused' }), ...(unplugged && { stopped: 'unplugged' }) }
}

/** The slot of which nobody knows whether its step was done. */
export function slotInDoubt(run: Run): Slot | undefined {
  return run.steps.find((step) => step.status === 'doubt' || step.status === 'uncertain')?.slot
}

/** The slots that a run was to change and has surely left alone: never sent, or refused with a number as soon as it was. */
export function leftAlone(run: Run): Slot[] {
  const touched = run.steps.filter((step) => !isUntouched(step)).map(({ slot }) => slot)
  return run.steps.map(({ slot }) => slot).filter((slot) => !touched.some((other) => sameSlot(other, slot)))
}

/** An enrolment that is refused may have left a key all the same. */
function isUntouched({ do: what, status, tries, cleared, refusal }: RunStep): boolean {
  if (status === 'todo') return tries === 0
  return what !== 'enrol' && status === 'refused' && tries === 1 && cleared === undefined && refusal?.kind === 'cme'
}

/** Ends a run where it stands, because somebody asked for it. */
export function interrupt(run: Run): Run {
  return next(run) === undefined ? run : { ...run, stopped: 'interrupted' }
}

/** Whether every step is done. */
export function isComplete(run: Run): boolean {
  return run.steps.every((step) => step.status === 'done')
}

function sent(step: RunStep, outcome: Outcome<unknown>): RunStep[] {
  const tried = { ...step, tries: step.tries + 1 }
  if (outcome.ok) return [{ ...tried, status: 'done' }]
  const { refusal } = outcome
  if (lost.has(refusal.kind)) return [{ ...tried, status: 'doubt', refusal }]
  const code = refusal.kind === 'cme' ? refusal.code : undefined
  // CMNG-49: there was nothing to erase, which is what was wanted.
  if (step.do === 'erase' && code === 513) return [{ ...tried, status: 'done' }]
  // CMNG-76: some firmware replaces an item, some wants it erased first.
  if (step.do === 'write' && code === 519 && step.cleared === undefined) {
    return [
      { do: 'erase', slot: step.slot, because: 'in the way', status: 'todo', tries: 0 },
      { ...tried, status: 'todo', cleared: true },
    ]
  }
  return [{ ...tried, status: 'refused', refusal }]
}

/** After a lost answer: what the slot shows decides, and where it shows nothing the step is sent once more. */
function looked(run: Run, step: RunStep, outcome: Outcome<unknown>): RunStep[] {
  if (!outcome.ok && lost.has(outcome.refusal.kind))
    return [{ ...step, status: step.tries < mostTries ? 'doubt' : 'uncertain', tries: step.tries + 1 }]
  if (!outcome.ok) return [{ ...step, status: 'refused', tries: step.tries + 1, refusal: outcome.refusal }]
  const held = (outcome.value as readonly Held[]).filter((item) => sameSlot(item, step.slot))
  if (isDone(run, step, held)) return [{ ...step, status: 'done' }]
  if (step.do === 'enrol' && held.length > 0 && step.tries < mostTries) {
    return [
      { do: 'erase', slot: step.slot, because: 'its proof was lost', status: 'todo', tries: 0 },
      { ...step, status: 'todo' },
    ]
  }
  return [{ ...step, status: step.tries < mostTries ? 'todo' : 'uncertain' }]
}

function isDone(run: Run, step: RunStep, held: readonly Held[]): boolean {
  if (step.do === 'erase') return held.length === 0
  // A key whose proof was lost is of no use: nobody can sign a certificate for it any more.
  if (step.do === 'enrol') return false
  const wanted = run.wanted.filter((want) => sameSlot(want, step.slot))
  return compare(wanted, held, []).every((state) => state.is === 'same')
}

/** What came of an enrolment: the digests of the certificate that is to be written. */
export interface Born {
  readonly variants: readonly Digest[]
}

/** The certificate that was issued is what is wanted beside the born key from now on. */
function withIssued(wanted: readonly Wanted[], key: Slot, { variants }: Born): Wanted[] {
  return wanted.map((want) =>
    want.tag === key.tag && want.type === credentialType.clientCertificate ? { ...want, variants } : want,
  )
}

import type { Outcome, Slot } from '../terms/index.ts'
import type { Chip, Stretch, ToolName, ToolRefusal } from './tool.ts'

/** What is done at one board, in this order; what a board does not need is left out. */
export const probeSteps = [
  'identify',
  'unlock',
  'blank-old',
  'save',
  'try',
  'write',
  'run',
  'answer',
  'blank',
  'program',
  'verify',
  'start',
] as const

/** One of them. */
export type ProbeStep = (typeof probeSteps)[number]

/** Why a step was not done: the tool's no, or what came of it. */
export type StepRefusal =
  | ToolRefusal
  /** The program is there, and does nothing for a probe: a part of it is missing. */
  | { readonly kind: 'unusable'; readonly exit?: number; readonly words: string }
  /** The chip is locked, and nobody said that it may be erased. */
  | { readonly kind: 'still-locked' }
  /** The chip is open, and locks itself at its next reset: a writer would run behind a closed port. */
  | { readonly kind: 'closing' }
  /** Somebody was asked whether it may be erased, and did not say so. */
  | { readonly kind: 'not-confirmed' }
  /** This writer is for other parts. */
  | { readonly kind: 'wrong-part'; readonly part: string }
  /** Another living process or probe is at this chip. */
  | { readonly kind: 'shared-chip'; readonly with: string }
  /** A tool that an earlier run has started goes on although that is dead; `state` and `mayLie` are what its journal says. */
  | {
      readonly kind: 'tool-at-work'
      readonly run: string
      readonly tool: ToolName
      readonly process: number
      readonly state: string
      readonly mayLie: readonly ('flash' | 'file')[]
    }
  /** What is to be programmed does not fit this chip. */
  | { readonly kind: 'beyond-flash'; readonly at: Stretch }
  /** Pages still show bytes after they were erased. */
  | { readonly kind: 'not-blank'; readonly at: Stretch }
  /** There is no application left to put back: an earlier run has taken its place; `lost`: the file in which it was kept, and that is no more or is damaged. */
  | { readonly kind: 'no-application'; readonly lost?: string }
  /** Somebody else has programmed or erased the chip since an earlier run was cut: what that one had kept is not what was there now. */
  | { readonly kind: 'reprogrammed' }
  /** The writer, run with nothing to write, let the debug port close: over a key it would have done so too. */
  | { readonly kind: 'closes-port'; readonly words: string }
  /** In UICR stands something else than the application says. */
  | { readonly kind: 'uicr-taken'; readonly at: Stretch }
  /** The writer left no result within this time. With an IMEI it has run at least. */
  | { readonly kind: 'never-answered'; readonly afterMs: number; readonly imei?: string }
  /** What was programmed as the application reads otherwise. */
  | { readonly kind: 'reads-otherwise'; readonly at: number }
  /** A file of ours failed, and no tool or chip. `untried`: before the step had done anything to the chip. */
  | { readonly kind: 'disk'; readonly words: string; readonly untried?: true }
  /** What was kept of the old application is there no more. */
  | { readonly kind: 'lost'; readonly file: string; readonly untried?: true }
  /** A defect of ours. */
  | { readonly kind: 'broken'; readonly words: string }

/** What an earlier run on this chip may have left in its flash. */
export interface Debt {
  /** The id of that run. */
  readonly run: string
  readonly page: number
  readonly secret: Stretch
}

/** What was read out of a chip before its place was taken: `file` of the home has at least what is not blank of `pages`, of a chip with a hardened lock all. */
export interface Saved {
  readonly file: string
  /** Those that the writer and its table take the place of. */
  readonly pages: readonly Stretch[]
}

/**
 * The writing of one board by way of a probe, as data without any content: it can be written to a journal, and taken up
 * by another process. `begun` is a step further than `done` where somebody died.
 */
export interface ProbeRun {
  readonly id: string
  readonly serial: string
  readonly tool: ToolName
  readonly page: number
  readonly secret: Stretch
  readonly slots: readonly Slot[]
  /** Whether a locked chip may be erased whole. */
  readonly unlock: boolean
  /** What is on the chip in the end: a file that was named, or what was there. */
  readonly application: 'named' | 'saved'
  readonly debts: readonly Debt[]
  /** Whether an earlier run that was cut has begun to overwrite what was there; `saved` is what it had kept. */
  readonly taken?: true
  /** The chip is as that run had found it: it was cut before it had overwritten anything. */
  readonly untouched?: true
  /** The file in which an earlier run had kept what was there, where it cannot be used. */
  readonly lost?: string
  /** Tables with credentials that lay in flash without a journal of this home that tells of them; blank since `blank-old`. */
  readonly foundTables?: readonly Stretch[]
  readonly chip?: Chip
  /** The chip's own number, hexadecimal; a locked chip does not tell it. */
  readonly chipId?: string
  /** `nothing`: the chip was blank. */
  readonly saved?: Saved | 'nothing'
  readonly begun: readonly ProbeStep[]
  readonly done: readonly ProbeStep[]
  /** What the writer answered: 0, or the number of its refusal. */
  readonly answer?: number
  readonly imei?: string
  /** The first step that failed. */
  readonly failed?: { readonly step: ProbeStep; readonly refusal: StepRefusal }
  /** It will not go on: the rest would make nothing better, or nothing can be reached. */
  readonly stopped?: true
}

/** What a step finds out. */
export type Found = Partial<
  Pick<
    ProbeRun,
    'chip' | 'chipId' | 'saved' | 'answer' | 'imei' | 'debts' | 'taken' | 'untouched' | 'lost' | 'foundTables'
  >
>

/** Steps after whose failure the board is still tidied up: blanked, and given its application. */
const tidiedUp: ReadonlySet<ProbeStep> = new Set(['try', 'write', 'run', 'answer'])

/** Refusals after which the probe does nothing any more. */
const outOfReach: ReadonlySet<StepRefusal['kind']> = new Set(['absent', 'no-probe', 'unplugged', 'aborted'])

/** A run before its first step. */
export function beginProbeRun(
  order: Pick<ProbeRun, 'id' | 'serial' | 'tool' | 'page' | 'secret' | 'slots' | 'unlock' | 'application'>,
): ProbeRun {
  return { ...order, debts: [], begun: [], done: [] }
}

/** The next step; undefined where all is done, or it stopped. */
export function nextStep(run: ProbeRun): ProbeStep | undefined {
  if (run.stopped === true) return undefined
  return probeSteps.find((step) => !run.done.includes(step) && !leftOut(run, step))
}

function leftOut(run: ProbeRun, step: ProbeStep): boolean {
  if (tidiedUp.has(step) && run.failed !== undefined) return true
  // Where the lock is not hardened UICR alone decides (PROBE-17).
  if (step === 'try') return run.chip?.hardened !== true
  if (step === 'unlock') return run.chip?.access === 'open'
  if (step === 'save') return run.application === 'named' || run.saved !== undefined
  // A chip that was blank is blank again in the end, without the writer: nothing is there to start.
  return step === 'start' && run.application === 'saved' && run.saved === 'nothing'
}

/** The run with a step begun: this is written down before anybody hears of it. */
export function beginStep(run: ProbeRun, step: ProbeStep): ProbeRun {
  return { ...run, begun: [...run.begun, step] }
}

/** The run after a step. */
export function recordStep(run: ProbeRun, step: ProbeStep, outcome: Outcome<Found, StepRefusal>): ProbeRun {
  if (outcome.ok) return { ...run, ...outcome.value, done: [...stillDone(run, step), step] }
  const failed = run.failed ?? { step, refusal: outcome.refusal }
  const untried = isUntried(outcome.refusal)
  const begun = untried ? run.begun.filter((other) => other !== step) : run.begun
  const nothingToTidy = untried && !takesPlace({ begun })
  const goesOn = tidiedUp.has(step) && !nothingToTidy && !outOfReach.has(outcome.refusal.kind)
  return { ...withoutLost(run, outcome.refusal), begun, failed, ...(!goesOn && { stopped: true }) }
}

/** Whether a run has begun to put its writer where the application is. */
export function takesPlace({ begun }: Pick<ProbeRun, 'begun'>): boolean {
  return begun.includes('try') || begun.includes('write')
}

/** Whether the application was gone when the run began. */
export function isGone({ taken, untouched }: Pick<ProbeRun, 'taken' | 'untouched'>): boolean {
  return taken === true && untouched !== true
}

/** What was kept, as long as it is there: nobody is to look for it where it is not, now or in the next run. */
function withoutLost(run: ProbeRun, { kind }: StepRefusal): ProbeRun {
  if (kind !== 'lost') return run
  const { saved: _, ...rest } = run
  return rest
}

/** Whether a step was refused before it had done anything to the chip. */
function isUntried(refusal: StepRefusal): boolean {
  return refusal.kind === 'not-confirmed' || 'untried' in refusal
}

/** A chip that was unlocked is another one to whoever has looked before: it is identified anew. */
function stillDone({ done }: ProbeRun, step: ProbeStep): readonly ProbeStep[] {
  return step === 'unlock' ? done.filter((other) => other !== 'identify') : done
}

/** Ends a run where it stands because somebody asked for it. Where credentials lie in flash it goes on to its end, where the writer lies there alone the board is tidied up. */
export function interruptProbeRun(run: ProbeRun): ProbeRun {
  const step = nextStep(run)
  if (step === undefined || run.begun.includes('write')) return run
  const failed = run.failed ?? { step, refusal: { kind: 'aborted', words: '' } }
  return { ...run, failed, ...(!takesPlace(run) && { stopped: true }) }
}

/** Whether every step is done, whatever the writer answered. */
export function isOver(run: ProbeRun): boolean {
  return nextStep(run) === undefined && run.stopped !== true
}

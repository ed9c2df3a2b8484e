import type { Outcome } from '../terms/index.ts'
import {
  beginStep,
  type Found,
  interruptProbeRun,
  nextStep,
  type ProbeRun,
  type ProbeStep,
  recordStep,
  type StepRefusal,
} from './run.ts'

/** What does the steps at one chip: a probe and a tool, or a test's own. */
export type ProbeHand = (step: ProbeStep, run: ProbeRun) => Promise<Outcome<Found, StepRefusal>>

/** What is told while a run goes on. A journal writes `begin` down before it asks for more: then nobody has heard of the step. */
export type ProbeProgress =
  | { readonly type: 'begin'; readonly step: ProbeStep; readonly run: ProbeRun }
  | { readonly type: 'end'; readonly step: ProbeStep; readonly run: ProbeRun; readonly refusal?: StepRefusal }

/** Carries a run out until it is over or stops; the last thing told has the run as it ended. */
export async function* carryOutProbe(
  begun: ProbeRun,
  hand: ProbeHand,
  signal?: AbortSignal,
): AsyncGenerator<ProbeProgress, ProbeRun> {
  let run = begun
  for (;;) {
    if (signal?.aborted === true) run = interruptProbeRun(run)
    const step = nextStep(run)
    if (step === undefined) return run
    run = beginStep(run, step)
    yield { type: 'begin', step, run }
    const outcome = await hand(step, run)
    run = recordStep(run, step, outcome)
    yield { type: 'end', step, run, ...(!outcome.ok && { refusal: outcome.refusal }) }
  }
}

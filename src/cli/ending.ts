import { modeName } from '../numbers/index.ts'
import { isComplete, type Run, type RunStep, type Settled } from '../plan/index.ts'
import { type Proof, type Refusal, slotName } from '../terms/index.ts'
import type { Board } from './board.ts'
import { likelyReason, refusalExit, refusalWords, remedy } from './failure.ts'
import type { Ending, Output } from './output.ts'
import type { Performed } from './perform.ts'
import { notListed } from './planning.ts'
import { judged, lookAt } from './wanted.ts'
import { tellStates } from './words.ts'

/** How the board and the job are named again in the next command. */
export interface Again {
  readonly port: string
  /** `--port` and the job, as they would be typed. */
  readonly words: string
}

/** How a run that changed a board ends: by its refusal, by its interruption, or by what the listing afterwards shows. */
export async function endOfRun(
  output: Output,
  board: Board,
  done: Performed,
  settled: Settled,
  asked: Proof,
  again: Again,
): Promise<Ending> {
  const { port } = again
  const cut = stoppedEnding(done, port)
  if (cut !== undefined) return cut
  const states = await lookAt(board, settled)
  if (!states.ok) return { ...notListed(states.refusal, port), left: done.left }
  tellStates(output, states.value)
  return { ...judged(output, states.value, asked, again.words), left: done.left, more: { imei: board.imei } }
}

/** The ending of a run that did not come to its end; undefined where it did and the modem is as it was found. */
export function stoppedEnding(done: Performed, port: string): Ending | undefined {
  const { run, left } = done
  if (done.notTaken !== undefined) return { ...notTaken(done.notTaken, done, port), left }
  const step = run.steps.find((step) => step.status !== 'done' && step.refusal !== undefined)
  if (step !== undefined) return { ...refusedStep(step, done, port), left }
  if (!isComplete(run)) return { ...interrupted(done, port), left }
  return left.asFound ? undefined : { ...notGivenBack(done, port), left }
}

function notTaken(refusal: Refusal, done: Performed, port: string): Ending {
  return {
    exit: refusalExit(refusal),
    refusal,
    failure: {
      what: `the modem would not let itself be written to: ${refusalWords(refusal)}`,
      state: `no slot was changed; ${leftState(done)}`,
      why: likelyReason(refusal),
      next: remedy(refusal) ?? `sectag info --port ${port}`,
    },
  }
}

function refusedStep(step: RunStep, done: Performed, port: string): Ending {
  const refusal: Refusal = step.refusal ?? { kind: 'error' }
  const lost = refusal.kind === 'unplugged' || refusal.kind === 'silence' || refusal.kind === 'garbled'
  return {
    exit: lost ? 7 : refusalExit(refusal),
    refusal,
    failure: {
      what: `${slotName(step.slot)} could not be ${step.do === 'write' ? 'written' : 'erased'}: ${refusalWords(refusal)}`,
      state: `${progress(done.run)}; ${leftState(done)}`,
      why: [likelyReason(refusal), remedy(refusal)].filter(Boolean).join('; '),
      next: lost ? `sectag resume --port ${port}` : `sectag list --port ${port} --tag ${step.slot.tag}`,
    },
  }
}

function interrupted(done: Performed, port: string): Ending {
  return {
    exit: 7,
    refusal: { kind: 'aborted' },
    failure: {
      what: 'interrupted before all was done',
      state: `${progress(done.run)}; ${leftState(done)}`,
      why: 'somebody pressed Ctrl-C; the exchange under way was finished first',
      next: `sectag resume --port ${port}`,
    },
  }
}

function notGivenBack(done: Performed, port: string): Ending {
  const { refusal } = done.left
  return {
    exit: refusal === undefined ? 7 : refusalExit(refusal) === 3 ? 7 : refusalExit(refusal),
    ...(refusal !== undefined && { refusal }),
    failure: {
      what: `the modem could not be given back as found${refusal === undefined ? '' : `: ${refusalWords(refusal)}`}`,
      state: `${progress(done.run)}; ${leftState(done)}`,
      why: refusal === undefined ? 'the application changed it meanwhile' : likelyReason(refusal),
      next: `sectag resume --port ${port}`,
    },
  }
}

function progress(run: Run): string {
  const done = run.steps.filter((step) => step.status === 'done').length
  return `${done} of ${run.steps.length} steps are done`
}

function leftState(done: Performed): string {
  const { asFound, state } = done.left
  if (asFound) return 'the modem was given back as found'
  if (state === undefined)
    return `the board does not answer; the radio ${done.tookRadio ? 'was switched off and may still be off' : 'is as it was'}`
  return `CFUN is ${modeName(state.functionalMode)}, which is not how it was found`
}

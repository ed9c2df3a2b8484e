import { type Left, leftNow } from '../modem/index.ts'
import { memoryFull, modeName } from '../numbers/index.ts'
import { isComplete, type Run, type RunStep, type Settled } from '../plan/index.ts'
import { type Proof, type Refusal, slotName } from '../terms/index.ts'
import type { Board } from './board.ts'
import type { Exit } from './exit-codes.ts'
import { likelyReason, refusalExit, refusalWords, remedy } from './failure.ts'
import type { Ending, Output } from './output.ts'
import type { Performed } from './perform.ts'
import { notListed } from './planning.ts'
import { shellWord } from './shell-word.ts'
import { interruptedSomehow } from './stopped-by.ts'
import { judged } from './judged.ts'
import { lookAt } from './look.ts'
import { keepListed } from './what-was-written.ts'
import { tellStates } from './words.ts'

/** How the board and the job are named again in the next command. */
export interface Again {
  readonly at: string
  /** `--port` and the job, as they would be typed. */
  readonly words: string
}

/** How a run that changed a board ends: by its refusal, by its interruption, or by what the listing afterwards shows. What was open before is so no more. */
export async function endOfRun(
  output: Output,
  board: Board,
  done: Performed,
  settled: Settled,
  asked: Proof,
  again: Again,
): Promise<Ending> {
  const cut = stoppedEnding(done, again.at)
  if (cut !== undefined) return cut
  const looked = await lookAt(done.open ? board : { ...board, openRun: undefined }, settled)
  if (!looked.ok) return { ...notListed(looked.refusal, again.at, stateOf(done)), left: done.left }
  keepListed(board.known(), done.run, looked.value.held)
  const left = await leftNow(board.channel, done.left)
  if (left !== done.left) tellChanged(output, left)
  tellStates(output, looked.value.states)
  const ending = judged(output, looked.value, asked, again.words, stateOf({ ...done, left }))
  return { ...ending, left, more: { imei: board.imei } }
}

/** It was given back as found and is not so any more: nobody here did that. */
function tellChanged(output: Output, { state }: Left): void {
  const mode = state === undefined ? 'not known' : modeName(state.functionalMode)
  output.warn(
    'changed-since',
    `The modem was given back as found and has changed since: CFUN is ${mode}. Likely: it restarted, or its application changed it.`,
  )
}

/** The ending of a run that did not come to its end; undefined where it did and the modem is as it was found. */
export function stoppedEnding(done: Performed, at: string): Ending | undefined {
  const { run, left } = done
  if (done.unwritten !== undefined) return { ...unwritten(done, done.unwritten, at), left }
  if (done.notTaken !== undefined) return { ...notTaken(done.notTaken, done, at), left }
  const step = run.steps.find((candidate) => candidate.status !== 'done' && candidate.refusal !== undefined)
  if (step !== undefined) return { ...refusedStep(step, done, at), left }
  if (!isComplete(run)) return { ...interrupted(done, at), left }
  return left.asFound ? undefined : { ...notGivenBack(done, at), left }
}

/** What is done, and how the board was left, in a sentence. */
export function stateOf(done: Performed): string {
  return `${progress(done.run)}; ${leftState(done)}`
}

/** The board is given back and nothing more is done to it: without a journal nobody could say later what was. */
function unwritten(done: Performed, { text, home }: NonNullable<Performed['unwritten']>, at: string): Ending {
  return {
    exit: done.open ? 7 : 1,
    failure: {
      what: `it could not be written down what is done to the board: ${text}`,
      state: stateOf(done),
      why: 'likely: the disk is full, or the home is gone or may not be written to; sectag does nothing that it cannot write down',
      next: done.open
        ? `${resumeLine(done, at)}   # when the home can be written to again`
        : `df -h ${shellWord(home)}   # make room, then repeat the command`,
    },
  }
}

function exitOf(done: Performed, refusal: Refusal): Exit {
  return done.open ? 7 : refusalExit(refusal)
}

function resumeLine({ resumeWith }: Performed, at: string): string {
  return `sectag resume ${at}${resumeWith ?? ''}`
}

function nextOf(done: Performed, at: string, otherwise: string): string {
  return done.open ? resumeLine(done, at) : otherwise
}

function notTaken(refusal: Refusal, done: Performed, at: string): Ending {
  return {
    exit: exitOf(done, refusal),
    refusal,
    failure: {
      what: `the modem would not let itself be written to: ${refusalWords(refusal)}`,
      state: `no slot was changed; ${leftState(done)}`,
      why: [likelyReason(refusal), remedy(refusal)].filter(Boolean).join('; '),
      next: nextOf(done, at, `sectag info ${at}`),
    },
  }
}

function refusedStep(step: RunStep, done: Performed, at: string): Ending {
  const refusal: Refusal = step.refusal ?? { kind: 'error' }
  return {
    exit: exitOf(done, refusal),
    refusal,
    failure: {
      what: `${slotName(step.slot)} could not be ${step.do === 'write' ? 'written' : 'erased'}: ${refusalWords(refusal)}`,
      state: stateOf(done),
      why: [likelyReason(refusal), remedy(refusal)].filter(Boolean).join('; '),
      next: nextOf(done, at, `sectag list ${at}${isFull(refusal) ? '' : ` --tag ${step.slot.tag}`}`),
    },
  }
}

/** Where the memory is full, it is full with all tags. */
function isFull(refusal: Refusal): boolean {
  return refusal.kind === 'cme' && refusal.code === memoryFull
}

function interrupted(done: Performed, at: string): Ending {
  return {
    exit: 7,
    refusal: { kind: 'aborted' },
    failure: {
      what: 'interrupted before all was done',
      state: stateOf(done),
      why: `${done.stoppedBy ?? interruptedSomehow}; the exchange under way was finished first`,
      next: resumeLine(done, at),
    },
  }
}

/** The run came to its end, and the modem would not go back to where it was. */
export function notGivenBack(done: Performed, at: string): Ending {
  const { refusal } = done.left
  return {
    exit: 7,
    ...(refusal !== undefined && { refusal }),
    failure: {
      what: `the modem could not be given back as found${refusal === undefined ? '' : `: ${refusalWords(refusal)}`}`,
      state: stateOf(done),
      why: refusal === undefined ? 'likely: the application changed it meanwhile' : likelyReason(refusal),
      next: resumeLine(done, at),
    },
  }
}

function progress(run: Run): string {
  const done = run.steps.filter((step) => step.status === 'done').length
  return `${done} of ${run.steps.length} steps are done`
}

function leftState(done: Performed): string {
  const { asFound, state } = done.left
  if (asFound) return 'the modem is as it was found'
  if (state !== undefined) return `CFUN is ${modeName(state.functionalMode)}, which is not how it was found`
  return done.radioTaken
    ? 'the board does not answer; its radio was switched off and may still be off'
    : 'the board does not answer; its radio was not touched'
}

import { isWithoutApplication, type ProbeRun, readAnswer, secretMayLie, wordText } from '../../probe/index.ts'
import { type Proof, reaches, slotName } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import { boardState } from './board-state.ts'
import { rttLine } from './more-proof.ts'
import { type Again, nextAfter, nextAfterNo } from './next.ts'
import { refusalParts } from './refusals.ts'

/** The most that can be known where nothing but a writer speaks to the modem. */
const most: Proof = 'presence'

/** How the writing of one board ended, in four parts where it failed. `again` is the command that goes on. */
export function endOfProbeRun(run: ProbeRun, asked: Proof, again: Again): Ending {
  const { failed, answer, imei } = run
  const more = { probe: run.serial, ...(imei !== undefined && { imei }), ...(answer !== undefined && { answer }) }
  if (failed !== undefined) return { ...failedEnding(run, again), more }
  if (answer !== 0) return { ...refusedEnding(run, answer ?? 0, again), more }
  if (imei === undefined) return { ...namelessEnding(run, again), more }
  const ending: Ending = { exit: 0, proof: most, verdict: 'UNKNOWN', more }
  return reaches(most, asked) ? ending : { ...ending, exit: 1, failure: notProven(asked, run) }
}

function failedEnding(run: ProbeRun, again: Again): Ending {
  const { step, refusal } = run.failed ?? { step: 'identify', refusal: { kind: 'aborted', words: '' } }
  const { what, why, exit } = refusalParts(refusal)
  const open = secretMayLie(run).length > 0 || isWithoutApplication(run) || isUnwritten(run)
  const exitCode = open && refusal.kind !== 'no-application' ? 7 : exit
  const next = nextAfter(run, refusal, again)
  return { exit: exitCode, failure: { what: `at ${step}: ${what}`, state: stateOf(run), why, next } }
}

/** How the board stands; where another run is at it, or what that has left running, by that one. */
export function stateOf(run: ProbeRun): string {
  const refusal = run.failed?.refusal
  if (refusal?.kind === 'shared-chip') return 'this probe changed nothing; how the board stands, the other run tells'
  if (refusal?.kind === 'tool-at-work') return `this run changed nothing; of the other one: ${refusal.state}`
  return boardState(run)
}

/** Where credentials may lie beside the modem, likewise. */
export function mayLie(run: ProbeRun): readonly ('flash' | 'file')[] {
  const refusal = run.failed?.refusal
  return refusal?.kind === 'tool-at-work' ? refusal.mayLie : secretMayLie(run)
}

/** A board was given something, and the home could not be told how that ended: the next run on it looks. */
function isUnwritten({ failed, begun }: ProbeRun): boolean {
  return failed?.refusal.kind === 'disk' && begun.includes('write')
}

/** The writer has answered, and its number is a no. */
function refusedEnding(run: ProbeRun, answer: number, again: Again): Ending {
  const { what, likely, remedy, item, refusal } = readAnswer(answer)
  const slot = item === undefined ? undefined : run.slots[item]
  const about = slot === undefined ? '' : ` at ${slotName(slot)}`
  return {
    exit: 4,
    ...(refusal !== undefined && { refusal }),
    failure: {
      what: `the writer answered ${wordText(answer)}${about}: ${what}`,
      state: boardState(run),
      why: `likely: ${likely}; ${remedy}`,
      next: nextAfterNo(refusal, again),
    },
  }
}

function namelessEnding(run: ProbeRun, again: Again): Ending {
  return {
    exit: 5,
    failure: {
      what: 'the writer answered 0 and left no IMEI that makes sense',
      state: boardState(run),
      why: 'likely: it is no writer for this page; nothing can be remembered of a board without a name',
      next: again.line,
    },
  }
}

function notProven(asked: Proof, run: ProbeRun): NonNullable<Ending['failure']> {
  return {
    what: `grade ${asked} was asked for, ${most} is what a writer's answer shows`,
    state: boardState(run),
    why:
      asked === 'digest'
        ? 'that takes a listing, and so a cable or an RTT channel to an application with an AT host'
        : "that takes the board's own session at its broker",
    next:
      asked === 'digest'
        ? `${rttLine} MANIFEST   # over RTT; with --port /dev/ttyACM0 over a cable`
        : "sectag watch --help   # waits at the broker for the board's own application",
  }
}

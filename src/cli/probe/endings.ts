import {
  addressWords,
  isWithoutApplication,
  type ProbeRun,
  readAnswer,
  type Stretch,
  secretMayLie,
  wordText,
} from '../../probe/index.ts'
import { type Proof, reaches, slotName } from '../../terms/index.ts'
import type { Ending } from '../output.ts'
import { rttLine } from './more-proof.ts'
import { nextAfter } from './next.ts'
import { refusalParts } from './refusals.ts'

/** The most that can be known where nothing but a writer speaks to the modem. */
const most: Proof = 'presence'

/** How the writing of one board ended, in four parts where it failed. `again` is the command that goes on. */
export function endOfProbeRun(run: ProbeRun, asked: Proof, again: string): Ending {
  const { failed, answer, imei } = run
  const more = { probe: run.serial, ...(imei !== undefined && { imei }), ...(answer !== undefined && { answer }) }
  if (failed !== undefined) return { ...failedEnding(run, again), more }
  if (answer !== 0) return { ...refusedEnding(run, answer ?? 0, again), more }
  if (imei === undefined) return { ...namelessEnding(run, again), more }
  const ending: Ending = { exit: 0, proof: most, verdict: 'UNKNOWN', more }
  return reaches(most, asked) ? ending : { ...ending, exit: 1, failure: notProven(asked, run) }
}

function failedEnding(run: ProbeRun, again: string): Ending {
  const { step, refusal } = run.failed ?? { step: 'identify', refusal: { kind: 'aborted', words: '' } }
  const { what, why, exit } = refusalParts(refusal)
  const open = secretMayLie(run).length > 0 || isWithoutApplication(run)
  const exitCode = open && refusal.kind !== 'no-application' ? 7 : exit
  const state =
    refusal.kind === 'shared-chip'
      ? 'this probe changed nothing; how the board stands, the other run tells'
      : boardState(run)
  return { exit: exitCode, failure: { what: `at ${step}: ${what}`, state, why, next: nextAfter(run, refusal, again) } }
}

/** The writer has answered, and its number is a no. */
function refusedEnding(run: ProbeRun, answer: number, again: string): Ending {
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
      next: again,
    },
  }
}

function namelessEnding(run: ProbeRun, again: string): Ending {
  return {
    exit: 5,
    failure: {
      what: 'the writer answered 0 and left no IMEI that makes sense',
      state: boardState(run),
      why: 'likely: it is no writer for this page; nothing can be remembered of a board without a name',
      next: again,
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

/** How the board stands, as far as it is known: credentials in flash, application, modem. */
export function boardState(run: ProbeRun): string {
  if (!run.done.includes('identify')) return 'nothing on the board was changed'
  return [secretState(run), applicationState(run), modemState(run)].filter((part) => part !== undefined).join('; ')
}

function secretState(run: ProbeRun): string {
  const places = [run.secret, ...run.debts.map(({ secret }) => secret)]
  if (secretMayLie(run).includes('flash')) {
    const words = places.map(stretchWords)
    return `key bytes may lie in its flash, at ${[...new Set(words)].join(' and ')}: keep the board`
  }
  const refusal = run.failed?.refusal
  if (refusal?.kind === 'not-blank')
    return `what an earlier run has left may lie in its flash, at ${stretchWords(refusal.at)}: keep the board`
  if (run.done.includes('blank')) return 'no credential is left in its flash: the pages read back blank'
  if (run.done.includes('unlock')) return 'all that was on the chip is erased'
  const paid = run.debts.length > 0 ? '; what an earlier run had left in its flash is blank now' : ''
  return `no credential was programmed${paid}`
}

function stretchWords({ from, to }: Stretch): string {
  return `${addressWords(from)} to ${addressWords(to)}`
}

function applicationState(run: ProbeRun): string | undefined {
  if (isWithoutApplication(run)) {
    const kept = typeof run.saved === 'object' ? `; what was there is kept in ${run.saved.file}` : ''
    return `its application is not in place${kept}`
  }
  if (!run.begun.includes('blank-old')) return 'nothing on the chip was changed'
  if (!run.begun.includes('write')) return 'the application that was there is untouched'
  if (run.saved === 'nothing' && run.application === 'saved') return 'the chip was blank before and has no application'
  if (!run.done.includes('start')) return 'its application is in place and was not started'
  return run.application === 'named' ? 'the application that was named runs' : 'the application that was there is back'
}

function modemState(run: ProbeRun): string | undefined {
  const all = run.slots.length
  if (!run.begun.includes('run')) return run.begun.includes('write') ? 'its modem was given nothing' : undefined
  if (run.answer === undefined) return 'whether its modem took anything is not known'
  switch (readAnswer(run.answer).modemHas) {
    case 'all':
      return `its modem has taken ${all} of ${all} items`
    case 'nothing':
      return 'its modem has taken nothing'
    case 'before':
      return `its modem has taken the items before that one, of ${all}`
    case 'before-or-with':
      return `its modem has taken the items before that one, of ${all}, and perhaps that one`
    case 'some':
      return `its modem has taken some of ${all} items, nobody said how many`
    case 'unknown':
      return 'whether its modem took anything is not known'
  }
}

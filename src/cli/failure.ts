import { resultCode } from '../numbers/index.ts'
import type { PortProblem } from '../port/index.ts'
import type { Refusal } from '../terms/index.ts'
import type { Exit } from './exit-codes.ts'
import { interruptedSomehow } from './stopped-by.ts'

/** What every failure says (house rule 5). */
export interface Failure {
  /** What happened. */
  readonly what: string
  /** What state the board is in now. */
  readonly state: string
  /** The most likely reason, with how sure that is. */
  readonly why: string
  /** The next command to type. */
  readonly next: string
}

/** A refusal in words, its number first: `+CME ERROR: 518, not allowed while the modem is active`. */
export function refusalWords(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'cme':
    case 'cms': {
      const meaning = resultCode(refusal.kind, refusal.code)?.meaning ?? 'a number that is in no table of ours'
      return `+${refusal.kind.toUpperCase()} ERROR: ${refusal.code}, ${meaning}`
    }
    case 'error':
      return 'ERROR, without a number'
    case 'silence':
      return `no answer within ${refusal.afterMs / 1000} s`
    case 'unplugged':
      return 'the cable was unplugged'
    case 'garbled':
      return `an answer that makes no sense (${refusal.why})`
    case 'aborted':
      return 'interrupted'
    case 'busy':
      return 'too many commands are waiting'
    case 'unsupported':
      return `not supported by this firmware${refusal.since === undefined ? '' : `, only since ${refusal.since}`}`
    case 'unproven':
      return refusal.why
  }
}

/** Why it most likely was refused. */
export function likelyReason(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'cme':
    case 'cms':
      return `likely: ${resultCode(refusal.kind, refusal.code)?.likely ?? 'this firmware is newer than our tables'}`
    case 'error':
      return 'unknown: error numbers are switched off (+CMEE is 0), and reading does not switch them on'
    case 'silence':
      return 'likely: the board is off, it has another --baud, another port of it was named, or its firmware has no AT host there'
    case 'unplugged':
      return 'the port went away: unplugged, or the board lost its power'
    case 'garbled':
      return 'likely: a byte was lost or changed on the line, or something else prints on this port'
    case 'aborted':
      return interruptedSomehow
    case 'busy':
    case 'unsupported':
      return 'see what this firmware can do'
    case 'unproven':
      return 'unknown: a line that was disturbed, another device than before, or firmware newer than our tables'
  }
}

/** What to do about a refusal, in words; undefined where the next command says it all. */
export function remedy(refusal: Refusal): string | undefined {
  return refusal.kind === 'cme' || refusal.kind === 'cms' ? resultCode(refusal.kind, refusal.code)?.remedy : undefined
}

/** The exit code of a refusal. */
export function refusalExit(refusal: Refusal): Exit {
  switch (refusal.kind) {
    case 'cme':
    case 'cms':
    case 'error':
    case 'unsupported':
    case 'unproven':
      return 4
    case 'silence':
    case 'unplugged':
    case 'garbled':
      return 3
    case 'aborted':
      return 1
    case 'busy':
      return 70
  }
}

/** A port that could not be opened, as a failure. */
export function portFailure(problem: PortProblem): Failure {
  return { what: problem.text, state: 'no board was touched', why: problem.why, next: problem.next }
}

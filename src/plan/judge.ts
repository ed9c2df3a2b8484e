import { type Proof, reaches, sameSlot, type Slot } from '../terms/index.ts'
import type { SlotState } from './compare.ts'

/** What a listing, and the broker, say of what is wanted. */
export interface Judgement {
  /** FAIL: something is missing or wrong. PASS: a session was seen, and of each slot it is known that it is as wanted. UNKNOWN: neither. */
  readonly verdict: 'PASS' | 'FAIL' | 'UNKNOWN'
  readonly proof: Proof
  /** Whether the grade that was asked for is reached. */
  readonly enough: boolean
}

/**
 * Judges the states of the slots that a manifest owns.
 *
 * @param proven where the broker saw a session of this board with what is wanted, after the last write: the slots of which
 *   that session speaks; what no listing can tell of any other is not proven by it
 */
export function judge(states: readonly SlotState[], asked: Proof, proven?: readonly Slot[]): Judgement {
  const wrong = states.some((state) => state.is === 'missing' || state.is === 'differs' || state.is === 'unwanted')
  if (wrong) return { verdict: 'FAIL', proof: 'none', enough: false }
  if (proven !== undefined && unproven(states, proven).length === 0)
    return { verdict: 'PASS', proof: 'session', enough: true }
  const proof = states.every((state) => state.is === 'same') ? 'digest' : 'presence'
  return { verdict: 'UNKNOWN', proof, enough: reaches(proof, asked) }
}

/** The slots of which neither a listing nor a session tells whether they are as wanted. */
export function unproven(states: readonly SlotState[], proven: readonly Slot[]): SlotState[] {
  return states.filter((state) => state.is === 'unknowable' && !proven.some((slot) => sameSlot(slot, state)))
}

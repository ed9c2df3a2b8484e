import { type Proof, reaches } from '../terms/index.ts'
import type { SlotState } from './compare.ts'

/** What a listing, and the broker, say of what is wanted. */
export interface Judgement {
  /** FAIL: something is missing or wrong. UNKNOWN: nothing is known to be wrong, and no session was seen. PASS: one was. */
  readonly verdict: 'PASS' | 'FAIL' | 'UNKNOWN'
  readonly proof: Proof
  /** Whether the grade that was asked for is reached. */
  readonly enough: boolean
}

/**
 * Judges the states of the slots that a manifest owns.
 *
 * @param session whether the broker saw a session of this board with what is wanted, after the last write
 */
export function judge(states: readonly SlotState[], asked: Proof, session = false): Judgement {
  const wrong = states.some((state) => state.is === 'missing' || state.is === 'differs' || state.is === 'unwanted')
  if (wrong) return { verdict: 'FAIL', proof: 'none', enough: false }
  if (session) return { verdict: 'PASS', proof: 'session', enough: true }
  const proof = states.every((state) => state.is === 'same') ? 'digest' : 'presence'
  return { verdict: 'UNKNOWN', proof, enough: reaches(proof, asked) }
}

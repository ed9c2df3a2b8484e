import { type Proof, reaches } from '../terms/index.ts'
import type { SlotState } from './compare.ts'

/** What a listing says of what is wanted. PASS is not among it: that takes a session at the broker. */
export interface Judgement {
  /** FAIL: something is missing or wrong. UNKNOWN: nothing is known to be wrong, and no session was seen. */
  readonly verdict: 'FAIL' | 'UNKNOWN'
  readonly proof: Proof
  /** Whether the grade that was asked for is reached. */
  readonly enough: boolean
}

/** Judges the states of the slots that a manifest owns. */
export function judge(states: readonly SlotState[], asked: Proof): Judgement {
  const wrong = states.some((state) => state.is === 'missing' || state.is === 'differs' || state.is === 'unwanted')
  if (wrong) return { verdict: 'FAIL', proof: 'none', enough: false }
  const proof = states.every((state) => state.is === 'same') ? 'digest' : 'presence'
  return { verdict: 'UNKNOWN', proof, enough: reaches(proof, asked) }
}

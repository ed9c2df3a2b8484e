import type { RefusalReason } from './reason.ts'

/** Whether a candidate is so, as far as what is known tells. */
export type Finding = 'so' | 'not-so' | 'unknown'

/** A reason, or that it is none of ours to choose among these. */
export interface Decision {
  readonly reason: RefusalReason
  readonly candidates?: readonly RefusalReason[]
}

/**
 * Decides between candidates, which stand in the order in which the one who refused looks for them: the first that is so; else
 * the only one that can be; else nobody knows, and the candidates that are left are named.
 */
export function decide(candidates: readonly RefusalReason[], finding: (reason: RefusalReason) => Finding): Decision {
  const [only, ...others] = candidates
  if (only !== undefined && others.length === 0) return { reason: only }
  const found = candidates.map((reason) => ({ reason, is: finding(reason) }))
  const so = found.find(({ is }) => is === 'so')
  if (so !== undefined) return { reason: so.reason }
  const left = found.filter(({ is }) => is === 'unknown').map(({ reason }) => reason)
  const [last, ...more] = left
  if (last !== undefined && more.length === 0) return { reason: last }
  return { reason: 'undecided', candidates: left.length === 0 ? candidates : left }
}

import type { Held } from '../modem/index.ts'
import { compare, knowing, owned, type Settled, type SlotState } from '../plan/index.ts'
import { type Outcome, ok } from '../terms/index.ts'
import type { Board } from './board.ts'
import { heldBy } from './held.ts'
import { type SessionProof, sessionProof } from './session-proof.ts'

/** What a board shows of what is wanted: the listing, each slot's state, and whether a session proves it. */
export interface Looked {
  /** What is wanted, with what is known of this board. */
  readonly settled: Settled
  readonly held: readonly Held[]
  readonly states: readonly SlotState[]
  readonly session: SessionProof
}

/** What is wanted of this very board: where a key was born in it, the certificate that was issued for it. */
export function knownOf(board: Board, job: Settled): Settled {
  const known = board.known()
  return knowing(job, (tag) => known?.enrolled(tag)?.chain)
}

/**
 * Looks at a board.
 *
 * @param clientId the only one that counts as its own, where somebody said so
 */
export async function lookAt(board: Board, job: Settled, clientId?: string): Promise<Outcome<Looked>> {
  const settled = knownOf(board, job)
  const held = await heldBy(board, settled)
  if (!held.ok) return held
  const states = owned(compare(settled.wanted, held.value, board.known()?.baseline ?? []), settled.exclusiveTags)
  const session = sessionProof(board, settled, { states, ...(clientId !== undefined && { clientId }) })
  return ok({ settled, held: held.value, states, session })
}

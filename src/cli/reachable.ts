import type { Held } from '../modem/index.ts'
import type { SlotState } from '../plan/index.ts'
import { type Proof, sameSlot } from '../terms/index.ts'

/** The best grade that a listing of this board can show, and why it is no better; undefined where it lists nothing that is wanted. */
export function reachableByListing(
  held: readonly Held[],
  states: readonly SlotState[],
): { readonly grade: Proof; readonly words: string } | undefined {
  const mine = held.filter((item) => states.some((state) => sameSlot(state, item)))
  if (mine.length === 0) return undefined
  if (mine.some(({ digest }) => digest.kind === 'placeholder'))
    return { grade: 'presence', words: 'a listing of this firmware can reach grade presence, as it shows no digests' }
  if (states.some((state) => state.is === 'unknowable'))
    return {
      grade: 'presence',
      words:
        'a listing can reach grade presence until a session was seen, as nobody can foretell the digest of a born key',
    }
  return { grade: 'digest', words: 'a listing of this firmware can reach grade digest' }
}

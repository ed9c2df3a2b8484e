import type { Held } from '../modem/index.ts'
import { bySlot, type Instant, type Refusal, sameSlot, type Slot } from '../terms/index.ts'
import type { Wanted } from './settle.ts'

/** What was once known for certain of a slot: the baseline for keys that nobody can hash from outside. */
export interface Known {
  readonly board: string
  readonly slot: Slot
  /** SHA-256 of the certificate's DER. */
  readonly fingerprint: string
  readonly certificate?: string
  readonly keyOrigin: 'host' | 'modem'
  /** The digest that the listing showed after a proven session. */
  readonly heldDigest?: string
  /** The digest that the listing showed when the key had just been born: another one since is another key. */
  readonly bornDigest?: string
  readonly at: Instant
}

/** What is so in one slot. `unknowable` says why; it is neither good nor bad. */
export type SlotState = Slot &
  ({ is: 'same'; variant: string } | { is: 'differs' | 'missing' | 'unwanted' } | { is: 'unknowable'; why: string })

const placeholderWhy = 'this firmware shows no digest, only that the slot is filled'

function unread(refusal: Refusal | undefined): string {
  if (refusal === undefined) return placeholderWhy
  const code = refusal.kind === 'cme' ? ` (${refusal.code})` : ''
  return `${placeholderWhy}, and its content could not be read back${code}`
}

/**
 * The one comparison: it plans a change, verifies it, and notices drift. A held slot that nobody wanted is `unwanted`,
 * whatever its tag: whose tag it is, the steps decide.
 */
export function compare(wanted: readonly Wanted[], held: readonly Held[], known: readonly Known[]): SlotState[] {
  const states = wanted.map((want): SlotState => {
    const holds = held.find((item) => sameSlot(item, want))
    const slot = { tag: want.tag, type: want.type }
    return holds === undefined ? { ...slot, is: 'missing' } : { ...slot, ...content(want, holds, known) }
  })
  const unwanted = held
    .filter((item) => !wanted.some((want) => sameSlot(want, item)))
    .map(({ tag, type }): SlotState => ({ tag, type, is: 'unwanted' }))
  return [...states, ...unwanted].sort(bySlot)
}

type Content = { is: 'same'; variant: string } | { is: 'differs' } | { is: 'unknowable'; why: string }

function content(want: Wanted, holds: Held, known: readonly Known[]): Content {
  if (holds.digest.kind === 'placeholder') return { is: 'unknowable', why: unread(holds.digest.unread) }
  const { hex: digest, read } = holds.digest
  const variant = want.variants?.find((candidate) => candidate.sha256 === digest)
  if (variant !== undefined) return { is: 'same', variant: `${variant.variant}${read === true ? ', read back' : ''}` }
  // A text that is wanted has digests of its own: what was proven before it was wanted says nothing of it.
  if (want.variants !== undefined) return { is: 'differs' }
  const { heldDigest, bornDigest } = known.findLast((fact) => sameSlot(fact.slot, want)) ?? {}
  if (heldDigest !== undefined && heldDigest === digest)
    return { is: 'same', variant: 'as after the last proven session' }
  const baseline = heldDigest ?? bornDigest
  if (baseline !== undefined && baseline !== digest) return { is: 'differs' }
  return { is: 'unknowable', why: 'nothing is known to compare it with' }
}

import { highestTag } from '../numbers/index.ts'
import type { Fact, FactOf } from './facts.ts'
import type { Read } from './read/reading.ts'

/** What is known of one slot. `maybe-absent`: the reply was blank, and nothing shows that this way of asking carries text. */
export interface SlotSeen {
  readonly is: 'held' | 'absent' | 'maybe-absent' | 'unknown'
  readonly from: readonly Fact[]
}

/** What the evidence says of the credential store of the board in question. */
export interface SlotKnowledge {
  state(tag: number, type: number): SlotSeen
  /** Tags of the user that hold something. */
  readonly heldTags: readonly number[]
  /** Blank replies to listings that nothing on the same way vouches for. */
  readonly unvouched: readonly Fact[]
}

/** One statement about slots: a listing, a line of one, or what `verify` found. */
interface Statement {
  readonly fact: Fact
  readonly says: (tag: number, type: number) => SlotSeen['is']
}

/** Puts together what listings say, and only that: a listing of one type says nothing of the others. */
export function slotKnowledge(reads: readonly Read[]): SlotKnowledge {
  const vouched = new Set(reads.filter(hasControl).map((read) => read.way))
  const statements = reads.flatMap((read) => statementsOf(read, vouched.has(read.way)))
  const heldTags = new Set<number>()
  for (const { facts } of reads)
    for (const fact of facts.filter((fact) => fact.role === 'patient'))
      for (const { tag } of heldIn(fact)) if (tag <= highestTag) heldTags.add(tag)
  return {
    heldTags: [...heldTags],
    unvouched: statements.filter(({ fact, says }) => isBlank(fact) && saysAny(fact, says)).map(({ fact }) => fact),
    state(tag, type) {
      // Absence seen once is the complaint; what is listed later was put back, or is another board's.
      for (const is of ['absent', 'held', 'maybe-absent'] as const) {
        const from = statements.filter((statement) => statement.says(tag, type) === is).map(({ fact }) => fact)
        if (from.length > 0) return { is, from }
      }
      return { is: 'unknown', from: [] }
    },
  }
}

function isBlank(fact: Fact): boolean {
  return fact.kind === 'listing' && fact.value.end === 'blank'
}

function saysAny(fact: Fact, says: Statement['says']): boolean {
  return fact.kind === 'listing' && says(fact.value.tag ?? 0, fact.value.type ?? 0) === 'maybe-absent'
}

function heldIn(fact: Fact): readonly { tag: number; type: number }[] {
  if (fact.kind === 'listing') return fact.value.held
  if (fact.kind === 'held') return [fact.value]
  return fact.kind === 'slot' && fact.value.is !== 'missing' ? [fact.value] : []
}

function hasControl(read: Read): boolean {
  return read.facts.some((fact) => fact.kind === 'control' && fact.role === 'patient')
}

function statementsOf(read: Read, vouched: boolean): Statement[] {
  return read.facts
    .filter((fact) => fact.role === 'patient')
    .flatMap((fact): Statement[] => {
      if (fact.kind === 'listing') return [{ fact, says: listingSays(fact, vouched) }]
      if (fact.kind === 'held' || fact.kind === 'slot') return [{ fact, says: slotSays(fact) }]
      return []
    })
}

function slotSays(fact: FactOf<'held'> | FactOf<'slot'>): Statement['says'] {
  const missing = fact.kind === 'slot' && fact.value.is === 'missing'
  return (tag, type) => {
    if (tag !== fact.value.tag || type !== fact.value.type) return 'unknown'
    if (fact.kind === 'slot' && fact.value.is === 'unknowable') return 'unknown'
    return missing ? 'absent' : 'held'
  }
}

/** A blank reply shows absence only if the same way of asking returned text to a question that always has an answer. */
function listingSays({ value }: FactOf<'listing'>, vouched: boolean): Statement['says'] {
  return (tag, type) => {
    if (value.held.some((slot) => slot.tag === tag && slot.type === type)) return 'held'
    const asked = (value.tag ?? tag) === tag && (value.type ?? type) === type
    if (!asked || value.end === 'open') return 'unknown'
    if (value.end === 'final') return 'absent'
    return vouched ? 'absent' : 'maybe-absent'
  }
}

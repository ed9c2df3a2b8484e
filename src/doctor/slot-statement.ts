import type { Fact, FactOf } from './facts.ts'

/** What one fact says of one slot. */
export interface Statement {
  readonly fact: Fact
  readonly is: 'held' | 'absent' | 'maybe-absent'
}

/** What a fact says of a slot; nothing, where it is not about it. `vouched`: this way of asking is known to carry text. */
export function statementsOf(fact: Fact, tag: number, type: number, vouched: boolean): Statement[] {
  const is = saidOf(fact, tag, type, vouched)
  return is === undefined ? [] : [{ fact, is }]
}

/** Whether a fact is a blank reply to a listing. */
export function isUnvouched(fact: Fact): boolean {
  return fact.kind === 'listing' && fact.value.end === 'blank'
}

function saidOf(fact: Fact, tag: number, type: number, vouched: boolean): Statement['is'] | undefined {
  if (fact.kind === 'listing') return listingSays(fact, tag, type, vouched)
  if (fact.kind !== 'held' && fact.kind !== 'slot') return undefined
  if (fact.value.tag !== tag || fact.value.type !== type) return undefined
  if (fact.kind === 'held') return 'held'
  if (fact.value.is === 'unknowable') return undefined
  return fact.value.is === 'missing' ? 'absent' : 'held'
}

/** A blank reply shows absence only if the same way of asking returned text to a question that always has an answer. */
function listingSays(
  { value }: FactOf<'listing'>,
  tag: number,
  type: number,
  vouched: boolean,
): Statement['is'] | undefined {
  if (value.held.some((slot) => slot.tag === tag && slot.type === type)) return 'held'
  const asked = (value.tag ?? tag) === tag && (value.type ?? type) === type
  if (!asked || value.end === 'open') return undefined
  return value.end === 'final' || vouched ? 'absent' : 'maybe-absent'
}

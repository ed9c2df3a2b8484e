import type { EvidenceHead } from './evidence.ts'
import type { FactKind, FactValues } from './facts.ts'
import { Ledger } from './ledger.ts'
import { type Read, Reading } from './read/reading.ts'
import type { Sign } from './signs/tables.ts'

/** A fact that somebody tells by choosing it, without a line that a reader would have to understand. */
export type ToldFact = { [K in FactKind]: { readonly kind: K; readonly value: FactValues[K] } }[FactKind]

/** That signs show. */
export function shows(...signs: readonly Sign[]): readonly ToldFact[] {
  return signs.map((sign) => ({ kind: 'seen', value: { sign } }))
}

/** One fact. */
export function tells<K extends FactKind>(kind: K, value: FactValues[K]): readonly ToldFact[] {
  return [{ kind, value } as ToldFact]
}

/** Facts as evidence of one line: the words in which they were told. */
export function readTold(head: EvidenceHead, words: string, told: readonly ToldFact[]): Read {
  const ledger = new Ledger(head.id)
  const place = { number: 1, turn: 1, raw: words, role: 'patient' } as const
  for (const { kind, value } of told) ledger.tell(place, kind, value)
  return { ...new Reading(head).end(), facts: ledger.facts(), lines: 1 }
}

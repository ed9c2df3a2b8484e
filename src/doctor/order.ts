import type { Fact } from './facts.ts'
import type { Read } from './read/reading.ts'

/** Which of two facts was heard later. */
export interface Order {
  /** By turns in one evidence, by dates where both have one, and else by the order in which the evidence was given. */
  isLater(fact: Fact, than: Fact): boolean
  /** Whether that is known, and not only assumed: who names two files need not name the older one first. */
  isKnown(fact: Fact, other: Fact): boolean
}

/** The order of what was read of all evidence. */
export function orderOf(reads: readonly Read[]): Order {
  const given = new Map(reads.map(({ head }, index) => [head.id, index]))
  return {
    isKnown: (fact, other) =>
      fact.from.evidence === other.from.evidence || (fact.at !== undefined && other.at !== undefined),
    isLater(fact, than) {
      if (fact.from.evidence === than.from.evidence) return fact.last > than.last
      if (fact.at !== undefined && than.at !== undefined && fact.at !== than.at) return fact.at > than.at
      return (given.get(fact.from.evidence) ?? 0) > (given.get(than.from.evidence) ?? 0)
    },
  }
}

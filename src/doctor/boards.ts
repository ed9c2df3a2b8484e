import type { Fact, FactKind } from './facts.ts'

/** Boards that one collection of evidence speaks of. */
export interface Boards {
  /** All that are named, where there are several. */
  readonly named: readonly string[]
  /** Those that are judged. */
  readonly judged: readonly string[]
}

const alwaysTrouble: ReadonlySet<FactKind> = new Set(['failure', 'refused', 'key-mismatch', 'native-tls'])

/** What shows that a board is in trouble. */
function isTrouble(fact: Fact): boolean {
  if (fact.kind === 'sim') return fact.value.state !== 'ready'
  if (fact.kind === 'listing') return fact.value.held.length === 0 && fact.value.end !== 'open'
  if (fact.kind === 'connack') return fact.value.code !== 0
  if (fact.kind === 'registration') return fact.value.stat !== 1 && fact.value.stat !== 5
  if (fact.kind === 'link') return !fact.value.up
  return alwaysTrouble.has(fact.kind)
}

/**
 * Where evidence speaks of several boards by name, one that is well must not be blamed for another: only those in trouble are
 * judged, or the one that was asked about.
 */
export function boardsIn(facts: readonly Fact[], asked: string | undefined): Boards {
  const named = [...new Set(facts.flatMap(({ subject }) => (subject === undefined ? [] : [subject])))]
  if (named.length < 2) return { named: [], judged: [] }
  if (asked !== undefined && named.includes(asked)) return { named, judged: [asked] }
  const judged = named.filter((board) => facts.some((fact) => fact.subject === board && isTrouble(fact)))
  return { named, judged: judged.length === 0 ? named : judged }
}

/** Whether a fact is about a board that is judged; a fact that names none is about all. */
export function isJudged({ subject }: Fact, { named, judged }: Boards): boolean {
  return subject === undefined || named.length === 0 || judged.includes(subject)
}

import type { Cause } from './cause.ts'
import { causeEntry, causes } from './causes.ts'
import { counted } from './counted.ts'
import type { Fact } from './facts.ts'

/** So many cases of its group, and of all, are lent to a cause: one with few of its own is judged as its group is. */
const lent = { ofGroup: 12, ofAll: 8 } as const
/** Traits that a text lacks: with few of its own it is like nothing much. */
const lacking = 8

/** For each trait how much more often cases of a cause have it than all cases: natural logarithms. */
const weights: ReadonlyMap<string, ReadonlyMap<Cause, number>> = weigh()

function countOf(entry: string): [string, number] {
  const at = entry.lastIndexOf('=')
  return [entry.slice(0, at), Number(entry.slice(at + 1))]
}

function weigh(): Map<string, Map<Cause, number>> {
  const tables = (Object.entries(counted) as [Cause, string][]).map(([cause, line]) => {
    const [cases, ...traits] = line.split(' ')
    return { cause, cases: Number(cases), traits: new Map(traits.map(countOf)) }
  })
  const names = new Set(tables.flatMap(({ traits }) => [...traits.keys()]))
  const share = (of: typeof tables, trait: string, { others, count }: { others: number; count: number }): number => {
    const cases = of.reduce((sum, table) => sum + table.cases, 0)
    const having = of.reduce((sum, table) => sum + (table.traits.get(trait) ?? 0), 0)
    return (having + others * count) / (cases + count)
  }
  const ofGroup = Map.groupBy(tables, ({ cause }) => causeEntry(cause).group)
  const found = new Map<string, Map<Cause, number>>()
  for (const trait of names) {
    const all = share(tables, trait, { others: 0.5, count: 1 })
    const row = new Map<Cause, number>()
    for (const { cause, group } of causes) {
      const others = share(ofGroup.get(group) ?? [], trait, { others: all, count: lent.ofAll })
      const own = share(
        tables.filter((table) => table.cause === cause),
        trait,
        { others, count: lent.ofGroup },
      )
      row.set(cause, Math.log(own / all))
    }
    found.set(trait, row)
  }
  return found
}

/** How much a text is like confirmed cases of each cause. */
export interface Resemblance {
  /** How many traits there are that were counted. */
  readonly traits: number
  /** Natural logarithm of odds. Traits that come together are not counted as if each were new: their sum goes by its root. */
  readonly score: (cause: Cause) => number
  /** The fact that speaks most for a cause. */
  readonly most: (cause: Cause) => { readonly trait: string; readonly fact: Fact } | undefined
}

/** Compares the traits of what was heard with those of cases that were counted. */
export function resemblanceOf(traits: ReadonlyMap<string, Fact>): Resemblance {
  const known = [...traits].filter(([trait]) => weights.has(trait))
  const weightOf = (trait: string, cause: Cause): number => weights.get(trait)?.get(cause) ?? 0
  return {
    traits: known.length,
    score: (cause) =>
      known.reduce((sum, [trait]) => sum + weightOf(trait, cause), 0) / Math.sqrt(lacking + known.length),
    most: (cause) => {
      const [best] = known.toSorted(([a], [b]) => weightOf(b, cause) - weightOf(a, cause))
      return best === undefined || weightOf(best[0], cause) <= 0 ? undefined : { trait: best[0], fact: best[1] }
    },
  }
}

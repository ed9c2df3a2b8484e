import type { Fact, FactKind, FactOf } from './facts.ts'
import type { Facts } from './gather.ts'

type TraitsOf = { readonly [K in FactKind]?: (value: FactOf<K>['value']) => readonly string[] }

/**
 * What of a fact makes cases alike: that it is so, without the figures, which rules weigh. What people add of habit, as the SDK,
 * is no trait.
 */
const traits: TraitsOf = {
  named: ({ concept, denied }) => [denied === true ? `no:${concept}` : `of:${concept}`],
  seen: ({ sign }) => [`seen:${sign}`],
  matter: ({ matter, is }) => [`${is}:${matter}`],
  history: ({ what }) => [`history:${what}`],
  power: ({ event }) => [`power:${event}`],
  sim: ({ state }) => [`sim:${state}`],
  registration: ({ stat }) => [`registration:${stat}`],
  link: ({ up }) => [`link:${up ? 'up' : 'down'}`],
  failure: ({ call }) => [`failed:${call}`],
  distrust: ({ by }) => [`distrust:${by}`],
  takeover: ({ address }) => [`takeover:${address}`],
  refused: ({ kind }) => [`refused:${kind}`],
  listing: ({ held, end }) => [`listing:${end}`, `listing:${held.length === 0 ? 'nothing' : 'held'}`],
}

/** The traits of what was heard of a board, each with the fact that shows it first. */
export function traitsOf(facts: Facts): Map<string, Fact> {
  const found = new Map<string, Fact>()
  const collect = <K extends FactKind>(kind: K, traitsIn: (value: FactOf<K>['value']) => readonly string[]): void => {
    for (const fact of facts.of(kind))
      for (const trait of traitsIn(fact.value)) if (!found.has(trait)) found.set(trait, fact as Fact)
  }
  for (const kind of Object.keys(traits) as FactKind[])
    collect(kind, traits[kind] as (value: unknown) => readonly string[])
  return found
}

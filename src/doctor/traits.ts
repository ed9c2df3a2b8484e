import type { Fact, FactKind, FactOf } from './facts.ts'
import type { Facts } from './gather.ts'

type TraitsOf = { readonly [K in FactKind]?: (value: FactOf<K>['value']) => readonly string[] }

/** What of a fact makes cases alike: what it is, without the figures that are one case's own. */
const traits: TraitsOf = {
  named: ({ concept, denied }) => [denied === true ? `no:${concept}` : `of:${concept}`],
  seen: ({ sign }) => [`seen:${sign}`],
  matter: ({ matter, is }) => [`${is}:${matter}`],
  history: ({ what }) => [`history:${what}`],
  power: ({ event }) => [`power:${event}`],
  failure: ({ call, number }) => [`failed:${call}`, `failed:${call}:${Math.abs(number)}`],
  distrust: ({ by, why }) => [`distrust:${by}`, `distrust:${by}:${why}`],
  'key-mismatch': () => ['key-mismatch'],
  alert: ({ by, code }) => [`alert:${by}`, `alert:${code}`],
  connack: ({ code }) => [`connack:${code}`],
  'native-tls': ({ number }) => ['native-tls', `native-tls:${-number}`],
  sim: ({ state }) => [`sim:${state}`],
  registration: ({ stat, reject }) => [
    `registration:${stat}`,
    ...(reject === undefined ? [] : ['registration:reject']),
  ],
  link: ({ up }) => [`link:${up ? 'up' : 'down'}`],
  refused: ({ kind, code }) => [`refused:${kind}:${code}`],
  written: ({ fault, end }) => [`written:${end}`, ...(fault === undefined ? [] : ['written:fault'])],
  listing: ({ held, end }) => [`listing:${end}`, `listing:${held.length === 0 ? 'nothing' : 'held'}`],
  held: () => ['held'],
  mode: ({ mode, how }) => [`mode:${how}:${mode}`],
  tag: ({ how }) => [`tag:${how}`],
  mfw: () => ['mfw'],
  sdk: () => ['sdk'],
  hardware: () => ['hardware'],
  boot: () => ['boot'],
  supply: () => ['supply'],
  signal: ({ dbm }) => [dbm === undefined ? 'signal:none' : 'signal'],
  bearer: () => ['bearer'],
  takeover: ({ address }) => [`takeover:${address}`],
  chain: () => ['chain'],
  certificate: ({ is }) => [`certificate:${is}`],
  blank: () => ['blank'],
  clock: () => ['clock'],
  'system-mode': ({ ltem, nbiot }) => [`system-mode:${ltem ? 'ltem' : ''}${nbiot ? 'nbiot' : ''}`],
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

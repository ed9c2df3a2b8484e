import { tlsLibraryCode } from '../numbers/index.ts'
import type { Fact, FactKind, FactOf } from './facts.ts'
import type { Facts } from './gather.ts'

type TraitsOf = { readonly [K in FactKind]?: (value: FactOf<K>['value']) => readonly string[] }

/** It is told at all: what it says is for rules. */
const told = (what: string) => (): readonly string[] => [`told:${what}`]

/**
 * What of a fact makes cases alike. What people add of habit, as the SDK's number, is no trait: that they add it at all is one.
 */
const traits: TraitsOf = {
  named: ({ concept, denied }) => [denied === true ? `no:${concept}` : `of:${concept}`],
  seen: ({ sign }) => [`seen:${sign}`],
  matter: ({ matter, is }) => [`${is}:${matter}`],
  history: ({ what }) => [`history:${what}`],
  power: ({ event }) => [`power:${event}`],
  sim: ({ state }) => [`sim:${state}`],
  registration: ({ stat, reject }) => [
    `registration:${stat}`,
    ...(reject === undefined ? [] : ['rejected', `reject:${reject}`]),
  ],
  link: ({ up }) => [`link:${up ? 'up' : 'down'}`],
  failure: ({ call, number }) => [`failed:${call}`, `number:${Math.abs(number)}`, `failed:${call}:${Math.abs(number)}`],
  'native-tls': ({ number }) => ['native', `native:${tlsLibraryCode(number)?.means ?? 'unknown'}`],
  distrust: ({ by, why }) => [`distrust:${by}`, `why:${why}`, `distrust:${by}:${why}`],
  alert: ({ code, by }) => [`alert:${code}`, `alert-by:${by}`],
  connack: ({ code }) => [`connack:${code}`],
  takeover: ({ address }) => [`takeover:${address}`],
  refused: ({ kind, code }) => [`refused:${kind}`, `refused:${kind}:${code}`],
  listing: ({ held, end }) => [`listing:${end}`, `listing:${held.length === 0 ? 'nothing' : 'held'}`],
  address: told('address'),
  barred: told('barred'),
  bearer: told('bearer'),
  blank: told('blank'),
  boot: told('boot'),
  'broker-log': told('broker-log'),
  certificate: told('certificate'),
  chain: told('chain'),
  client: told('client'),
  clock: told('clock'),
  content: told('content'),
  hardware: told('hardware'),
  held: told('held'),
  'key-mismatch': told('key-mismatch'),
  mfw: told('mfw'),
  mode: told('mode'),
  'public-root': told('public-root'),
  sdk: told('sdk'),
  signal: told('signal'),
  slot: told('slot'),
  'system-mode': told('system-mode'),
  tag: told('tag'),
  validity: told('validity'),
  written: told('written'),
}

/** The traits of what was heard of a board, each with the fact that shows it first. */
export function traitsOf(facts: Facts): Map<string, Fact> {
  const found = new Map<string, Fact>()
  const collect = <K extends FactKind>(kind: K, traitsIn: (value: FactOf<K>['value']) => readonly string[]): void => {
    for (const fact of facts.of(kind))
      for (const trait of traitsIn(fact.value)) if (!found.has(trait)) found.set(trait, fact as Fact)
  }
  for (const { fact, reading } of facts.connects)
    for (const { kind } of reading.meanings) found.set(`connects:${kind}`, fact)
  for (const kind of Object.keys(traits) as FactKind[])
    collect(kind, traits[kind] as (value: unknown) => readonly string[])
  return found
}

import type { Cause } from './cause.ts'
import { causes } from './causes.ts'
import type { Facts } from './gather.ts'
import type { Share } from './rank.ts'
import { resemblanceOf } from './resemblance.ts'
import { because, type Reason } from './rule.ts'
import { traitsOf } from './traits.ts'

/** What a cause has that no rule names: that rules know all is not so. */
const unnamed = 0.005
/** How far a resemblance is believed. */
const belief = 1.2
/** Rules that are so sure decide alone. */
const sure = 0.9
/** With fewer traits a text is like nothing. */
const fewestTraits = 6
/** With fewer concepts that people name nobody tells anything: a number and a listing are for rules, which weigh them once. */
const fewestNamed = 8
/** A cause that no rule names is told from this share on. */
const told = 0.01

/** No failure, but what was to be expected: only a rule that sees it may name it. */
const onlyByRule: ReadonlySet<Cause> = new Set(['erase-does-not-touch-modem-store'])

function isSure([first]: readonly Share[]): boolean {
  return first !== undefined && first.cause !== 'insufficient-evidence' && first.probability >= sure
}

function isTold(facts: Facts): boolean {
  return facts.of('named').filter(({ value }) => value.denied === undefined).length >= fewestNamed
}

/** Shares, and why a cause is among them that no rule names. */
export interface Alike {
  readonly shares: readonly Share[]
  readonly reasons: ReadonlyMap<Cause, Reason>
}

/**
 * What people tell decides between what rules leave open: a text that speaks as confirmed cases of a cause do makes that cause
 * likelier. Where nobody tells anything, rules are all there is. `closed`: what cannot be.
 */
export function withAlike(ruled: readonly Share[], facts: Facts, closed: (cause: Cause) => boolean): Alike {
  const alike = resemblanceOf(traitsOf(facts))
  if (!isTold(facts) || alike.traits < fewestTraits || isSure(ruled)) return { shares: ruled, reasons: new Map() }
  const own = new Map(ruled.map(({ cause, probability }) => [cause, probability]))
  const scores = causes
    .filter(({ cause }) => own.has(cause) || !(closed(cause) || onlyByRule.has(cause)))
    .map(({ cause }) => ({ cause, score: ((own.get(cause) ?? 0) + unnamed) * Math.exp(belief * alike.score(cause)) }))
  const total = scores.reduce((sum, { score }) => sum + score, 0)
  const kept = scores.filter(({ cause, score }) => own.has(cause) || score / total >= told)
  const sum = kept.reduce((all, { score }) => all + score, 0)
  const shares = kept
    .map(({ cause, score }) => ({ cause, probability: score / sum }))
    .toSorted((a, b) => b.probability - a.probability)
  const reasons = new Map(
    shares.flatMap(({ cause }): [Cause, Reason][] => {
      const most = own.has(cause) ? undefined : alike.most(cause)
      return most === undefined ? [] : [[cause, because('what is told is like confirmed cases of this', most.fact)]]
    }),
  )
  return { shares, reasons }
}

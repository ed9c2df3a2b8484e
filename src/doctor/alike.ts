import type { Cause, CauseGroup } from './cause.ts'
import { causeEntry, causes } from './causes.ts'
import type { Fact } from './facts.ts'
import type { Facts } from './gather.ts'
import type { Share } from './rank.ts'
import type { Topic } from './questions.ts'
import { type Resemblance, resemblanceOf } from './resemblance.ts'
import { because, type Judgement } from './rule.ts'
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

/** A cause with this share is more than one among others; with a smaller one it is a guess. */
const half = 0.5

/** Groups where nothing of credentials is at fault. */
const ofElsewhere: ReadonlySet<CauseGroup> = new Set(['network', 'platform'])

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
  readonly judged: ReadonlyMap<Cause, Judgement>
}

/** How likely a text is to be of a cause by what it has in common with cases; a logarithm of odds. */
function likenessOf(alike: Resemblance, [first]: readonly Share[]): (cause: Cause) => number {
  const elsewhere = first !== undefined && first.probability >= half && ofElsewhere.has(causeEntry(first.cause).group)
  return (cause) => {
    const { group } = causeEntry(cause)
    const score = alike.score(cause)
    // Where a rule names network or platform, a likeness is no reason to rewrite memory.
    return elsewhere && group === 'store' ? Math.min(score, alike.score(first.cause)) : score
  }
}

/** A cause of the store that is a guess does not lead: the best of the others is as likely, and sends nobody to rewrite memory. */
function withoutGuess(shares: readonly Share[], own: ReadonlyMap<Cause, number>): Share[] {
  const [first] = shares
  const other = shares.find(({ cause }) => causeEntry(cause).group !== 'store')
  const isGuess =
    first !== undefined &&
    causeEntry(first.cause).group === 'store' &&
    Math.max(first.probability, own.get(first.cause) ?? 0) < half
  if (!isGuess || other === undefined) return [...shares]
  const raised = shares.filter((share) => share !== other)
  return normal([{ cause: other.cause, probability: first.probability }, ...raised])
}

function normal(shares: readonly Share[]): Share[] {
  const sum = shares.reduce((all, { probability }) => all + probability, 0)
  return shares
    .map(({ cause, probability }) => ({ cause, probability: probability / sum }))
    .toSorted((a, b) => b.probability - a.probability)
}

/**
 * What people tell decides between what rules leave open: a text that speaks as confirmed cases of a cause do makes that cause
 * likelier. Where little is heard, or a rule is sure, rules are all there is. `closed`: what cannot be.
 */
export function withAlike(ruled: readonly Share[], facts: Facts, closed: (cause: Cause) => boolean): Alike {
  const alike = resemblanceOf(traitsOf(facts))
  if (!isTold(facts) || alike.traits < fewestTraits || isSure(ruled)) return { shares: ruled, judged: new Map() }
  const own = new Map(ruled.map(({ cause, probability }) => [cause, probability]))
  const likeness = likenessOf(alike, ruled)
  const all = causes
    .filter(({ cause }) => own.has(cause) || !(closed(cause) || onlyByRule.has(cause)))
    .map(({ cause }) => ({
      cause,
      probability: ((own.get(cause) ?? 0) + unnamed) * Math.exp(belief * likeness(cause)),
    }))
  const kept = normal(all).filter(({ cause, probability }) => own.has(cause) || probability >= told)
  const shares = withoutGuess(normal(kept), own)
  const judged = new Map(
    shares.flatMap(({ cause }): [Cause, Judgement][] => {
      const most = own.has(cause) ? undefined : alike.most(cause)
      return most === undefined ? [] : [[cause, unnamedJudgement(cause, most.fact)]]
    }),
  )
  return { shares, judged }
}

/** No rule speaks for it: why it is there at all, and what would decide. */
function unnamedJudgement(cause: Cause, fact: Fact): Judgement {
  const reason = because('what is told is like confirmed cases of this', fact)
  return { weight: 0, for: [reason], against: [], asks: asksOf[causeEntry(cause).group] }
}

const asksOf: Readonly<Record<CauseGroup, readonly Topic[]>> = {
  store: ['control', 'listing'],
  tls: ['broker-log', 'served-chain'],
  broker: ['broker-log'],
  network: ['registration', 'sim'],
  platform: ['log', 'build'],
  none: [],
}

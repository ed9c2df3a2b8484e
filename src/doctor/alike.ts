import type { Cause, CauseGroup } from './cause.ts'
import { causeEntry, causes } from './causes.ts'
import type { Fact } from './facts.ts'
import type { Facts } from './gather.ts'
import type { Share } from './rank.ts'
import type { Topic } from './questions.ts'
import { type Resemblance, resemblanceOf } from './resemblance.ts'
import { because, type Judgement } from './rule.ts'
import { traitsOf } from './traits.ts'

/** What a cause has that no rule names, and what one has that a text is not like: neither rules nor likeness know all. */
const unnamed = 0.01
const unlike = 0.01
/** Whether the evidence suffices is for rules: that others told too little in such words makes it no likelier than this. */
const lacking = 0.02
/** Rules that are so sure decide which cause leads. */
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

/** How likely a text is to be of a cause by what it has in common with cases. */
function likenessOf(alike: Resemblance, [first]: readonly Share[]): (cause: Cause) => number {
  const elsewhere = first !== undefined && first.probability >= half && ofElsewhere.has(causeEntry(first.cause).group)
  return (cause) => {
    const share = alike.share(cause)
    if (cause === 'insufficient-evidence') return Math.min(share, lacking)
    // Where a rule names network or platform, a likeness is no reason to rewrite memory.
    return elsewhere && causeEntry(cause).group === 'store' ? Math.min(share, alike.share(first.cause)) : share
  }
}

/** The first one keeps its place and its share; the others are as likely as they are among themselves. */
function behind(first: Share, shares: readonly Share[]): Share[] {
  const others = normal(shares.filter(({ cause }) => cause !== first.cause))
  const left = 1 - first.probability
  return [first, ...others.map(({ cause, probability }) => ({ cause, probability: probability * left }))]
}

/** A cause of the store that is a guess does not lead: that nothing decides is as likely, and sends nobody to rewrite memory. */
function withoutGuess(shares: readonly Share[], own: ReadonlyMap<Cause, number>): Share[] {
  const [first] = shares
  const other =
    shares.find(({ cause }) => cause === 'insufficient-evidence') ??
    shares.find(({ cause }) => causeEntry(cause).group !== 'store')
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
 * likelier. Where little is heard rules are all there is; where they are sure they say which cause leads. `closed`: what cannot be.
 */
export function withAlike(ruled: readonly Share[], facts: Facts, closed: (cause: Cause) => boolean): Alike {
  const alike = resemblanceOf(traitsOf(facts))
  if (!isTold(facts) || alike.traits < fewestTraits) return { shares: ruled, judged: new Map() }
  const own = new Map(ruled.map(({ cause, probability }) => [cause, probability]))
  const likeness = likenessOf(alike, ruled)
  const mixed = normal(
    causes
      .filter(({ cause }) => own.has(cause) || !(closed(cause) || onlyByRule.has(cause)))
      .map(({ cause }) => ({
        cause,
        probability: ((own.get(cause) ?? 0) + unnamed) * (likeness(cause) + unlike),
      })),
  )
  const [first] = ruled
  const led = first !== undefined && isSure(ruled) ? behind(first, mixed) : withoutGuess(mixed, own)
  const shares = normal(led.filter(({ cause, probability }) => own.has(cause) || probability >= told))
  const judged = new Map(
    shares.flatMap(({ cause }): [Cause, Judgement][] => {
      const most = own.has(cause) ? undefined : alike.most(cause)
      return most === undefined ? [] : [[cause, unnamedJudgement(cause, most)]]
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

import type { ConnectKind } from '../../numbers/index.ts'
import type { Fact, FactOf } from '../facts.ts'
import type { Facts } from '../gather.ts'

/** Modes in which the SIM is powered down, so that its silence says nothing (MODE-12, MODE-25). */
const simOff = new Set([0, 4, 40])

/** What was last heard of the SIM; its silence counts only where the radio is not known to be off. */
export function lastSim(facts: Facts): FactOf<'sim'> | undefined {
  return lastOf(
    facts.of('sim').filter((fact) => fact.value.state !== 'refuses' || !isOffAt(fact, facts)),
    facts,
  )
}

/** Whether the radio is off, as the evidence with this fact says, or else the last word on it. */
function isOffAt(fact: Fact, facts: Facts): boolean {
  const modes = facts.of('mode')
  const beside = modes.filter(({ from }) => from.evidence === fact.from.evidence)
  const mode = lastOf(beside.length > 0 ? beside : modes, facts)
  return mode !== undefined && simOff.has(mode.value.mode)
}

/** What was last heard of the registration. */
export function lastRegistration(facts: Facts): FactOf<'registration'> | undefined {
  return lastOf(facts.of('registration'), facts)
}

/** What the application's log last told of the link. */
export function lastLink(facts: Facts): FactOf<'link'> | undefined {
  return lastOf(facts.of('link'), facts)
}

type OfNetwork = FactOf<'registration'> | FactOf<'link'>

/**
 * Whether the last word on the network is that the device is in it: at home or roaming (MODE-30), or as its log tells. A
 * SIM that failed after that ends it.
 */
export function isRegistered(facts: Facts): boolean {
  return registered(facts) !== undefined
}

function registered(facts: Facts): OfNetwork | undefined {
  const last = lastOf<OfNetwork>([...facts.of('registration'), ...facts.of('link')], facts)
  if (last === undefined || !isIn(last)) return undefined
  const sim = lastOf(
    facts.of('sim').filter(({ value }) => value.state === 'failed'),
    facts,
  )
  return sim !== undefined && facts.order.isLater(sim, last) ? undefined : last
}

function isIn({ kind, value }: OfNetwork): boolean {
  return kind === 'link' ? value.up : value.stat === 1 || value.stat === 5
}

/** Searching, denied, without coverage, or without a link. */
function isOut({ kind, value }: OfNetwork): boolean {
  return kind === 'link' ? !value.up : [2, 3, 4].includes(value.stat)
}

/**
 * What says that SIM or registration fail, in another evidence than the one that says that the device is in the network,
 * where nobody knows which of the two is newer.
 */
export function outElsewhere(facts: Facts): Fact | undefined {
  const there = registered(facts)
  if (there === undefined) return undefined
  const words = [...facts.of('registration'), ...facts.of('link')]
  const fails = [
    ...facts.of('sim').filter(({ value }) => value.state === 'failed' || value.state === 'locked'),
    ...words.filter(isOut),
  ]
  const isOver = (fact: Fact): boolean =>
    (fact.kind === 'registration' && fact.value.stat === 2 && isTlsTriedBehind(fact, facts)) ||
    words.some((word) => isIn(word) && word.from.evidence === fact.from.evidence && word.last >= fact.last)
  return fails.find((fact) => !facts.order.isKnown(fact, there) && !isOver(fact))
}

/** What `connect` says where there is no network, or where that is possible. */
const withoutNetwork: ReadonlySet<ConnectKind> = new Set([
  'network',
  'no-answer',
  'name',
  'library',
  'busy',
  'impossible',
])

/** Whether TLS was tried behind this line, in the same evidence: then there was a network. */
export function isTlsTriedBehind({ from, last }: Fact, facts: Facts): boolean {
  return facts.connects.some(
    ({ fact, reading }) =>
      fact.from.evidence === from.evidence &&
      fact.last > last &&
      !reading.meanings.some(({ kind }) => withoutNetwork.has(kind)),
  )
}

/** The one that was heard last. */
function lastOf<F extends Fact>(all: readonly F[], { order }: Facts): F | undefined {
  return all.reduce<F | undefined>((a, b) => (a !== undefined && order.isLater(a, b) ? a : b), undefined)
}

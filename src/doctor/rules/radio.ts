import type { FactOf } from '../facts.ts'
import type { Facts } from '../gather.ts'

/** Modes in which the SIM is powered down, so that its silence says nothing (MODE-12, MODE-25). */
const simOff = new Set([0, 4, 40])

/** What was last heard of the SIM; its silence counts only where the radio is not known to be off. */
export function lastSim(facts: Facts): FactOf<'sim'> | undefined {
  const last = facts.of('sim').reduce<FactOf<'sim'> | undefined>(later, undefined)
  if (last?.value.state !== 'refuses') return last
  const mode = facts.of('mode').at(-1)
  return mode !== undefined && simOff.has(mode.value.mode) ? undefined : last
}

/** What was last heard of the registration. */
export function lastRegistration(facts: Facts): FactOf<'registration'> | undefined {
  return facts.of('registration').reduce<FactOf<'registration'> | undefined>(later, undefined)
}

/** What the application's log last told of the link. */
export function lastLink(facts: Facts): FactOf<'link'> | undefined {
  return facts.of('link').reduce<FactOf<'link'> | undefined>(later, undefined)
}

/**
 * Whether the last word on the network is that the device is in it: at home or roaming (MODE-30), or as its log tells. A
 * SIM that failed after that ends it.
 */
export function isRegistered(facts: Facts): boolean {
  const sim = facts
    .of('sim')
    .filter(({ value }) => value.state === 'failed')
    .reduce<FactOf<'sim'> | undefined>(later, undefined)
  const last = [lastRegistration(facts), lastLink(facts)].reduce<FactOf<'registration'> | FactOf<'link'> | undefined>(
    (a, b) => (b === undefined ? a : later(a, b)),
    undefined,
  )
  if (last === undefined) return false
  if (sim !== undefined && sim.from.evidence === last.from.evidence && sim.last > last.last) return false
  return last.kind === 'link' ? last.value.up : last.value.stat === 1 || last.value.stat === 5
}

/** The later of two, by when each was last read; of different evidence the one that was read later. */
function later<F extends { from: { evidence: string }; last: number }>(a: F | undefined, b: F): F {
  if (a === undefined || a.from.evidence !== b.from.evidence) return b
  return b.last >= a.last ? b : a
}

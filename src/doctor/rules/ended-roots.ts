import { type PublicRoot, publicRoots } from '../../numbers/index.ts'
import { isoTime } from '../../terms/index.ts'
import type { FactOf } from '../facts.ts'
import type { Facts } from '../gather.ts'
import { type Point, point, strength } from '../rule.ts'
import { credentialNumbers } from './absence.ts'
import { deviceDistrusts } from './distrust.ts'

/**
 * A public root that ended before the evidence was written, where TLS fails, or many devices at once. One that is held weighs more than one that is
 * only named; where nobody's clock and no date tells when it was, it is a hint.
 */
export function endedRoots(facts: Facts): Point[] {
  const atOnce = facts.of('history').some(({ value }) => value.what === 'many-at-once')
  if (!atOnce && credentialNumbers(facts).length + deviceDistrusts(facts).length === 0) return []
  const now = lastTime(facts)
  const held = facts.of('public-root').toSorted((a, b) => a.value.how.localeCompare(b.value.how))
  const points = held.flatMap((fact): Point[] => {
    const root = publicRoots.find(({ name }) => name === fact.value.name)
    if (root === undefined || (now !== undefined && now < root.ended)) return []
    return [point(weightOf(fact, now), wordsOf(root), fact)]
  })
  // However many of them are in a bundle: it is one fault.
  return points.slice(0, 1)
}

function weightOf({ value }: FactOf<'public-root'>, now: number | undefined): number {
  if (now === undefined) return strength.hint
  return value.how === 'held' ? strength.sign + strength.hint : strength.sign
}

function wordsOf({ name, how, ended, now, facts }: PublicRoot): string {
  const day = isoTime(ended).slice(0, 10)
  const what = how === 'expired' ? `expired on ${day}` : `was left by the servers under it, by ${day}`
  return `${name} ${what}; in its place: ${now} (${facts.join(', ')})`
}

/** The latest time that a clock or a date in the evidence shows. */
function lastTime(facts: Facts): number | undefined {
  const clocks = facts.of('clock').map(({ value }) => value.at)
  const dates = facts.of('public-root').flatMap(({ value }) => value.at ?? [])
  const all = [...clocks, ...dates]
  return all.length === 0 ? undefined : Math.max(...all)
}

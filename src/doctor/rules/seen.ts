import type { Facts } from '../gather.ts'
import type { Matter } from '../prose/matters.ts'
import { type Point, point } from '../rule.ts'
import { signWords } from '../signs/signs.ts'
import type { Sign } from '../signs/tables.ts'

/** What a sign weighs that shows by its concepts alone. */
const ofLoose = 0.85

/** A point for each of these signs that was seen, with the weight that it has here. */
export function seen(facts: Facts, weights: Partial<Record<Sign, number>>): Point[] {
  const all = facts.of('seen')
  return all.flatMap((fact) => {
    const { sign, loosely } = fact.value
    const weight = weights[sign]
    // Said in words that are known, it needs no second hearing.
    const better = loosely === true && all.some(({ value }) => value.sign === sign && value.loosely === undefined)
    if (weight === undefined || better) return []
    return [point(loosely === true ? weight * ofLoose : weight, signWords(sign), fact)]
  })
}

/** Whether a sign was seen at all. */
export function isSeen(facts: Facts, ...signs: readonly Sign[]): boolean {
  return facts.of('seen').some(({ value }) => signs.includes(value.sign))
}

/** Whether somebody tells that one of these is what fails. */
export function isToldToFail(facts: Facts, ...matters: readonly Matter[]): boolean {
  return facts.of('matter').some(({ value }) => value.is === 'failing' && matters.includes(value.matter))
}

/** The same as `seen`, but only where all of them were seen: one alone says nothing. */
export function seenTogether(facts: Facts, weights: Partial<Record<Sign, number>>): Point[] {
  const names = Object.keys(weights) as Sign[]
  return names.every((sign) => isSeen(facts, sign)) ? seen(facts, weights) : []
}

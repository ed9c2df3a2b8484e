import type { Facts } from '../gather.ts'
import { type Point, point } from '../rule.ts'
import { type Sign, signWords } from '../signs/signs.ts'

/** A point for each of these signs that was seen, with the weight that it has here. */
export function seen(facts: Facts, weights: Partial<Record<Sign, number>>): Point[] {
  return facts.of('seen').flatMap((fact) => {
    const weight = weights[fact.value.sign]
    return weight === undefined ? [] : [point(weight, signWords(fact.value.sign), fact)]
  })
}

/** Whether a sign was seen at all. */
export function isSeen(facts: Facts, ...signs: readonly Sign[]): boolean {
  return facts.of('seen').some(({ value }) => signs.includes(value.sign))
}

/** The same, but only where all of them were seen: one alone says nothing. */
export function seenTogether(facts: Facts, weights: Partial<Record<Sign, number>>): Point[] {
  const names = Object.keys(weights) as Sign[]
  return names.every((sign) => isSeen(facts, sign)) ? seen(facts, weights) : []
}

import type { Cause } from './cause.ts'
import type { EvidenceRef } from './evidence.ts'
import type { Fact } from './facts.ts'
import type { Facts } from './gather.ts'
import type { Topic } from './questions.ts'

/** One reason for or against a cause, and where it was read. */
export interface Reason {
  readonly words: string
  readonly from: EvidenceRef
  /** The line, secrets struck out. */
  readonly said: string
}

/** How strongly facts speak: natural logarithms of odds. `proof` outweighs any prior; `hint` alone decides nothing. */
export const strength = { hint: 1, sign: 2.5, strong: 5, proof: 6.5 } as const

/** What one rule makes of the facts. */
export interface Judgement {
  /** The sum of the strengths for the cause, less those against it. */
  readonly weight: number
  readonly for: readonly Reason[]
  readonly against: readonly Reason[]
  /** What would decide between this cause and its neighbours, the most telling first. */
  readonly asks: readonly Topic[]
}

/** One cause, and how to judge it. `explains`: what it takes the ground from, as they are its consequences. */
export interface Rule {
  readonly id: Cause
  readonly explains?: readonly Cause[]
  /** Undefined where nothing speaks for the cause. */
  judge(facts: Facts): Judgement | undefined
}

/** A reason from a fact. */
export function because(words: string, fact: Fact): Reason {
  return { words, from: fact.from, said: fact.said }
}

/** Reasons of one weight from several facts; the same words are said once. */
export interface Point {
  readonly reason: Reason
  /** Negative where it speaks against the cause. */
  readonly weight: number
}

/** A point from a fact. */
export function point(weight: number, words: string, fact: Fact): Point {
  return { reason: because(words, fact), weight }
}

/** The same facts said twice prove nothing twice: of points with the same words only the first counts. */
export function judgement(points: readonly Point[], asks: readonly Topic[] = []): Judgement | undefined {
  const once = points.filter(
    ({ reason }, index) => points.findIndex((other) => other.reason.words === reason.words) === index,
  )
  if (!once.some(({ weight }) => weight > 0)) return undefined
  return {
    weight: once.reduce((sum, { weight }) => sum + weight, 0),
    for: once.filter(({ weight }) => weight > 0).map(({ reason }) => reason),
    against: once.filter(({ weight }) => weight <= 0).map(({ reason }) => reason),
    asks,
  }
}

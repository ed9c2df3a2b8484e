import type { Cause } from './cause.ts'
import { causeEntry } from './causes.ts'
import type { Judgement, Rule } from './rule.ts'

/** A cause and its share. */
export interface Share {
  readonly cause: Cause
  readonly probability: number
}

/** Where somebody tells in words at which stage it fails, so much less speaks for it that nothing decides. */
const isTold = 4

/** A cause takes this from what it explains, for each unit of its own score. */
const explained = (score: number, by: number): number => score / (1 + by)

/**
 * Turns priors, weights and explanations into a distribution that sums to 1, the most probable first. A cause's score is its
 * prior times e to its weight; what a better cause explains is divided by that cause's score; and `insufficient-evidence`
 * has a score of its own, so that it leads where nothing decides. `told`: somebody says in words where it fails.
 */
export function rank(rules: readonly Rule[], judged: ReadonlyMap<Cause, Judgement>, told = false): Share[] {
  const own = new Map<Cause, number>([
    ['insufficient-evidence', causeEntry('insufficient-evidence').prior / (told ? isTold : 1)],
  ])
  for (const [cause, { weight }] of judged) own.set(cause, causeEntry(cause).prior * Math.exp(weight))
  const scores = new Map(own)
  for (const { id, explains = [] } of rules) {
    const by = own.get(id)
    if (by === undefined) continue
    for (const cause of explains) {
      const score = scores.get(cause)
      if (score !== undefined) scores.set(cause, explained(score, by))
    }
  }
  const total = [...scores.values()].reduce((sum, score) => sum + score, 0)
  return [...scores]
    .map(([cause, score]) => ({ cause, probability: score / total }))
    .sort((a, b) => b.probability - a.probability)
}

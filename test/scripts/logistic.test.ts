import { expect, test } from 'vitest'
import { learn, type Lesson } from '../../scripts/logistic.ts'
import { seededRandom } from '../../src/terms/index.ts'

/** Cases with one column that tells them apart in nine of ten, and twenty that tell nothing. */
function lesson(cost: number): { readonly lesson: Lesson; readonly isMeant: readonly boolean[] } {
  const random = seededRandom('lesson')
  const chance = (one: number): boolean => (random.bytes(1)[0] ?? 0) < 256 * one
  const isMeant = Array.from({ length: 400 }, () => chance(0.3))
  const rows = isMeant.map((meant) => [
    ...(meant === chance(0.9) ? [0] : []),
    ...Array.from({ length: 20 }, (_, at) => at + 1).filter(() => chance(0.5)),
  ])
  return { lesson: { rows, columns: 21, cost }, isMeant }
}

test('what tells the cases apart gets the weight, and what tells nothing gets next to none', () => {
  const { lesson: cases, isMeant } = lesson(0.2)
  const [telling = 0, ...rest] = learn(cases, isMeant).weights
  expect(telling).toBeGreaterThan(2)
  expect(Math.max(...rest.map(Math.abs))).toBeLessThan(0.5)
  expect(rest.filter((weight) => weight === 0).length).toBeGreaterThan(10)
})

test('the less a wrong case costs, the fewer weights are not 0, until none is left', () => {
  const kept = [10, 1, 0.1, 0.001].map((cost) => {
    const { lesson: cases, isMeant } = lesson(cost)
    return learn(cases, isMeant).weights.filter((weight) => weight !== 0).length
  })
  expect(kept).toEqual([...kept].sort((one, other) => other - one))
  expect(kept.at(-1)).toBe(0)
})

test('without a column that says anything the base is what is meant by number', () => {
  const isMeant = Array.from({ length: 100 }, (_, at) => at < 20)
  const { base, weights } = learn({ rows: isMeant.map(() => []), columns: 1, cost: 10 }, isMeant)
  expect(base).toBeCloseTo(Math.log(20 / 80), 3)
  expect(weights).toEqual([0])
})

test('cases that a column tells apart wholly end the lesson too, and the same lesson gives the same weights', () => {
  const rows = [[0], [0], [1], [1]]
  const isMeant = [true, true, false, false]
  const learnt = learn({ rows, columns: 2, cost: 10 }, isMeant)
  const [for0 = 0, for1 = 0] = learnt.weights
  expect(for0 - for1).toBeGreaterThan(2)
  expect(Math.max(...learnt.weights.map(Math.abs), Math.abs(learnt.base))).toBeLessThan(20)
  expect(learn({ rows, columns: 2, cost: 10 }, isMeant)).toEqual(learnt)
})

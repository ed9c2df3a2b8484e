import { expect, test } from 'vitest'
import { figure } from '../support/figures.ts'
import { cases } from './cases.ts'
import { factRows, gradeOfMark } from './facts.ts'
import { grades, hold, holdAll, passedByGrade } from './report.ts'

test('there are at least 300 cases, each with a sentence of its own, and every one applies to some line', () => {
  expect(cases.length).toBeGreaterThanOrEqual(300)
  expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length)
  expect(cases.filter(({ on, dialogue }) => on.length === 0 || dialogue.length === 0)).toEqual([])
})

test('no two cases are copies: each has a dialogue, lines and a chip of its own', () => {
  const told = cases.map(({ on, chip, dialogue }) =>
    JSON.stringify([on, chip, dialogue.map((turn) => ('event' in turn ? turn.event : turn.map(inWords)))]),
  )
  const twice = cases.filter((_, index) => told.indexOf(told[index] ?? '') !== index)
  expect(twice.map(({ title }) => title)).toEqual([])
})

function inWords(part: unknown): unknown {
  if (part instanceof RegExp) return String(part)
  return typeof part === 'object' && part !== null && 'shows' in part ? part.shows : part
}

test('every case cites a fact, and is graded no better than the mark of that fact', () => {
  for (const { title, fact, grade } of cases) {
    const best = gradeOfMark[factRows.get(fact)?.mark ?? '']
    expect(best, `${title}: ${fact}`).toBeDefined()
    expect(grades.indexOf(grade), `${title}: ${fact} carries ${best}`).toBeGreaterThanOrEqual(
      grades.indexOf(best ?? 'ours'),
    )
  }
})

test.each(cases.map((entry) => [entry.title, entry] as const))('%s', (_, entry) => {
  expect(hold(entry).failures).toEqual([])
})

test('the figures: what is inferred or ours is counted apart', () => {
  const held = holdAll()
  const byGrade = passedByGrade(held)
  const dialogues = held.reduce((sum, { runs }) => sum + runs, 0)
  figure('conformance', { total: held.length, dialogues, byGrade })
  expect(Object.values(byGrade).reduce((sum, count) => sum + count, 0)).toBe(cases.length)
})

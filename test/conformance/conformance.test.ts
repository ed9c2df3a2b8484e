import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { figure } from '../support/figures.ts'
import type { Turn } from './case.ts'
import { cases } from './cases.ts'
import { factRows, gradeOfMark } from './facts.ts'
import { grades, holdAll, passedByGrade } from './report.ts'

test('there are at least 300 cases, each with a sentence of its own, and every one applies to some line', () => {
  expect(cases.length).toBeGreaterThanOrEqual(300)
  expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length)
  expect(cases.filter(({ on, dialogue }) => on.length === 0 || dialogue.length === 0)).toEqual([])
})

test('no two cases are copies: each has a dialogue, lines and a chip of its own', () => {
  const told = cases.map(({ on, chip, dialogue }) => JSON.stringify([on, chip, dialogue.map(turnInWords)]))
  const twice = cases.filter((_, index) => told.indexOf(told[index] ?? '') !== index)
  expect(twice.map(({ title }) => title)).toEqual([])
})

function turnInWords(turn: Turn): unknown {
  if ('event' in turn) return turn.event
  return 'seen' in turn ? turn.shows : turn.map(inWords)
}

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

const held = holdAll()

test.each(held.map((entry) => [entry.test.title, entry.failures] as const))('%s', (_, failures) => {
  expect(failures).toEqual([])
})

test('npm run conformance -- --json names source and grade of each case, and ends in the result', () => {
  const script = fileURLToPath(new URL('../../scripts/conformance.ts', import.meta.url))
  const ran = spawnSync(process.execPath, [script, '--json'], { encoding: 'utf8', maxBuffer: 2 ** 26 })
  const lines = ran.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(ran.status).toBe(0)
  expect(lines).toHaveLength(cases.length + 1)
  for (const line of lines.slice(0, -1))
    expect(line).toMatchObject({ type: 'case', source: expect.stringMatching(/^[A-Z]+-\d+: \w/) })
  expect(lines.at(-1)).toEqual({
    type: 'result',
    total: cases.length,
    passed: cases.length,
    byGrade: passedByGrade(held),
  })
})

test('the figures: what is inferred or ours is counted apart', () => {
  const byGrade = passedByGrade(held)
  const dialogues = held.reduce((sum, { runs }) => sum + runs, 0)
  figure('conformance', { total: held.length, dialogues, byGrade })
  expect(Object.values(byGrade).reduce((sum, count) => sum + count, 0)).toBe(cases.length)
})

import { personality } from '../../src/virtual/index.ts'
import type { Case, Grade } from './case.ts'
import { cases } from './cases.ts'
import { type Failure, runCase } from './run.ts'

/** What became of one case: on how many lines it was held, and where it was not. */
export interface Held {
  readonly test: Case
  readonly runs: number
  readonly failures: readonly (Failure & { readonly line: string })[]
}

/** Best first. */
export const grades: readonly Grade[] = ['documented', 'seen', 'inferred', 'ours']

/** Holds a case with every firmware line that it applies to. */
function hold(test: Case): Held {
  const failures = test.on.flatMap((name) => {
    const line = personality(name)
    const failure = line === undefined ? { said: 'a modem', expected: name, came: 'no such line' } : runCase(test, line)
    return failure === undefined ? [] : [{ ...failure, line: name }]
  })
  return { test, runs: test.on.length, failures }
}

/** Every case. */
export function holdAll(): Held[] {
  return cases.map(hold)
}

/** How many passed, by what they rest on. */
export function passedByGrade(held: readonly Held[]): Record<Grade, number> {
  const count = (grade: Grade): number =>
    held.filter(({ test, failures }) => test.grade === grade && failures.length === 0).length
  return { documented: count('documented'), seen: count('seen'), inferred: count('inferred'), ours: count('ours') }
}

import { expect, test } from 'vitest'
import { personalities } from '../../src/virtual/index.ts'
import { figure } from '../support/figures.ts'
import { sampled } from '../support/scale.ts'
import { mutantsOf, noticedBy } from './mutants.ts'

/** Fields that a line cannot show; the reason stands in mutants.ts. */
const silent: Readonly<Record<string, (line: string) => boolean>> = {
  listsReceiveOnly: (line) => line.startsWith('1.'),
  guardsReads: (line) => /^1\.(?:[0-2]|3\.1)/.test(line),
  factoryResetErases: (line) => /^1\.[0-2]/.test(line),
  deviceType: (line) => /^1\.[0-2]/.test(line),
}

test('every field of every personality has a mutant, but for those that the line cannot show', () => {
  for (const line of personalities) {
    const changes = mutantsOf(line).map(({ change }) => change)
    const untouched = Object.keys(line).filter((field) => !changes.some((change) => change.split(/\W/)[0] === field))
    expect(untouched, line.name).toEqual(Object.keys(line).filter((field) => silent[field]?.(line.name)))
  }
})

test('a change of any one field of a personality makes a named case fail (a sample; npm run mutate:virtual tries all)', {
  timeout: 600_000,
}, () => {
  const mutants = sampled(personalities.flatMap(mutantsOf), 40)
  const unnoticed = mutants.filter((mutant) => noticedBy(mutant) === undefined)
  figure('mutants', { tried: mutants.length, unnoticed: unnoticed.length })
  expect(unnoticed.map(({ line, change }) => `mfw ${line}: ${change}`)).toEqual([])
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { leader, verdictOn } from '../support/evidence.ts'

/** What programs print, one wording a line: the causes that it may stand for, and the wording; `\n` is an end of a line in it. */
const wordings = readFileSync(new URL('wordings.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((row) => row !== '')
  .map((row) => row.split('\t') as [string, string])

test('there are many of them', () => expect(wordings.length).toBeGreaterThan(250))

test.each(wordings)('%s: %s', (causes, wording) => {
  expect(causes.split('|')).toContain(leader(verdictOn(`${wording.replaceAll('\\n', '\n')}\n`)))
})

import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { table } from '../../src/cli/table.ts'
import { wrapped } from '../../src/cli/wrap.ts'
import { type Workbench, workbench } from '../support/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await workbench()
})
afterEach(() => bench.clear())

test('the last column of a table is broken between words, and goes on below itself', () => {
  expect(table(['A', 'WHY'], [['mfw', 'one two three four five six seven eight']], 30)).toBe(
    ['A    WHY', 'mfw  one two three four five', '     six seven eight'].join('\n'),
  )
})

test('a text that is wrapped has all its words, and no line wider than the terminal but by one word', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^\S{1,30}$/)), fc.integer({ min: 24, max: 120 }), (words, width) => {
      const lines = wrapped(words.join(' '), width).split('\n')
      expect(lines.join(' ')).toBe(words.join(' '))
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true)
    }),
  )
})

test.each([
  [['--from', '1.0.0', '--to', '1.9.1', '--hardware', 'B1A']],
  [['--sdk', '1.9.1', '--mfw', '1.3.1']],
  [['--hardware', 'B0A', '--sdk', '1.7.1']],
  [[]],
])('compat %j fits the terminal, and is whole lines where none shows it', async (asked) => {
  const wide = await bench.run(['compat', ...asked])
  const narrow = await bench.run(['compat', ...asked], { columns: 80 })
  // The address of a page is one word, which stays whole.
  for (const line of `${narrow.out}${narrow.err}`.split('\n').filter((text) => !text.includes('https://')))
    expect(line.length, line).toBeLessThanOrEqual(80)
  expect(narrow.out.replaceAll(/\s+/g, ' ')).toBe(wide.out.replaceAll(/\s+/g, ' '))
  expect(narrow.out.split('\n').length).toBeGreaterThanOrEqual(wide.out.split('\n').length)
})

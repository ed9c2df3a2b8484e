import { expect, test } from 'vitest'
import { endedAtOnce } from '../../src/cli/ended-at-once.ts'

test.each([
  ['apply --port /dev/ttyACM0 --tag 7 --ca root.crt --home h', 'sectag resume --port /dev/ttyACM0 --home h'],
  ['resume -p /dev/ttyACM0', 'sectag resume -p /dev/ttyACM0'],
  ['erase --port=/dev/ttyACM0 --tag 7', "sectag resume '--port=/dev/ttyACM0'"],
  ['apply --tag 7 --ca root.crt', 'sectag resume'],
  [
    'apply --probe 960 --writer w.hex --tag 7 --ca root.crt',
    'sectag apply --probe 960 --writer w.hex --tag 7 --ca root.crt   # blanks what was left before anything else',
  ],
  [
    'apply --boards=boards.csv --writer w.hex',
    "sectag apply '--boards=boards.csv' --writer w.hex   # blanks what was left before anything else",
  ],
  ['watch --cert board.crt', 'sectag watch --cert board.crt'],
])('after a third Ctrl-C, %s goes on with a command that fits it', (line, next) => {
  const told = endedAtOnce(line.split(' '), 'SIGINT')
  for (const part of ['error', 'state', 'why', 'next']) expect(told).toMatch(new RegExp(`^${part} +\\S`, 'm'))
  expect(told).toContain(`next   ${next}\n`)
  expect(told.includes('key bytes may lie in its flash')).toBe(line.includes('--writer'))
})

test('three signals that are no Ctrl-C are not told as one', () => {
  expect(endedAtOnce(['list'], 'SIGTERM')).toMatch(/^why .*SIGTERM/m)
  expect(endedAtOnce(['list'], 'SIGTERM')).not.toContain('Ctrl-C')
})

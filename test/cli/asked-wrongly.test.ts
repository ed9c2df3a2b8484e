import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Workbench, workbench } from '../support/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await workbench()
})
afterEach(() => bench.clear())

test.each([
  ['the same version twice', ['--from', '1.0.0', '--to', '1.0.0'], 'nothing changes between a version and itself'],
  ['a candidate', ['--sdk', '2.6.0-rc1'], 'what is known is of releases'],
  ['a typing error behind a version', ['--sdk', '1.9.1x'], 'versions are such as 1.9.1'],
  ['a candidate at the end of a way', ['--from', '1.0.0', '--to', '1.9.1-rc1'], 'versions are such as 1.9.1'],
  ['two ends', ['--from', '1.0.0', '--to', '1.9.1', '--sdk', '2.6.0'], 'for the one at the end of the way'],
  ['a firmware that is none', ['--mfw', '9'], 'versions are such as 1.3.2'],
])('compat that is asked about %s says so, and what it says to type next works', async (_, asked, why) => {
  const { exit, err } = await bench.run(['compat', ...asked])
  expect(exit).toBe(2)
  expect(err).toContain(why)
  const next = /^next {3}sectag (.*)$/m.exec(err)?.[1] ?? ''
  expect((await bench.run(next.split(' '))).exit).toBe(0)
})

test('compat that is asked twice for the same SDK answers', async () => {
  expect((await bench.run(['compat', '--from', '1.0.0', '--to', '1.9.1', '--sdk', 'v1.9.1'])).exit).toBe(0)
})

test('a file without a name is no folder, and nothing is said to type that would mean all of the disk', async () => {
  const { exit, err } = await bench.run(['doctor', ''])
  expect(exit).toBe(2)
  expect(err).toMatch(/^error {2}a file without a name cannot be read\n/)
  expect(err).not.toContain('/*')
})

test.each([
  ['mfw=9', 'mfw is a modem firmware'],
  ['tag=-1', 'tag is a whole number from 0 to 4294967295'],
  ['tag=4294967296', 'tag is a whole number from 0 to 4294967295'],
  ['sdk=foo', 'sdk is a version'],
  ['libc=musl', 'libc is minimal, newlib, picolibc or raw'],
  ['chip=B0A', 'items are sdk=…'],
])('what is known beforehand is understood, or refused with what it has to be: %s', async (item, why) => {
  bench.file('device.log', '+CEREG: 2\n')
  const { exit, err } = await bench.run(['doctor', 'device.log', '--context', item])
  expect(exit).toBe(2)
  expect(err).toContain(why)
})

test.each(['1.0.0', 'v1.3.5', 'mfw_nrf9160_1.3.5', 'nrf91x1_2.0.2'])('mfw=%s is understood', async (mfw) => {
  bench.file('device.log', '+CEREG: 2\n')
  const { err } = await bench.run(['doctor', 'device.log', '--context', `mfw=${mfw}`])
  expect(err).not.toContain('cannot be understood')
})

test.each([
  ['abc', '1 or more'],
  ['0', '1 or more'],
])('--baud %s is refused, with one word on what a speed is', async (baud, words) => {
  const { exit, err } = await bench.run(['list', '--port', 'test:board', '--baud', baud])
  expect(exit).toBe(2)
  expect(err).toContain(`A whole number, ${words}, is expected.`)
})

test('an erase without a tag says that the tag is missing, and where tags are shown', async () => {
  const { exit, err } = await bench.run(['erase', '--port', 'test:board'])
  expect(exit).toBe(2)
  expect(err).toMatch(/^why +which tag is meant is not said: --tag is missing$/m)
  expect(err).toMatch(/^next +sectag list --port test:board {3}#/m)
})

test('a file that is not there is told by the option that it was typed with', async () => {
  const { exit, err } = await bench.run(['plan', '--port', 'test:board', '--tag', '5', '--cert', 'nofile'])
  expect(exit).toBe(2)
  expect(err).toMatch(/^error +--cert: there is no file/m)
})

test.each([
  ['a tag twice', 'sectag: 1\ntags:\n  - tag: 5\n    ca: root.crt\n  - tag: 5\n    ca: root.crt\n', 5],
  ['a tab', 'sectag: 1\ntags:\n\t- tag: 5\n', 3],
  ['both', 'sectag: 1\ntags:\n\t- tag: 5\n\t- tag: 5\n', 3],
])('%s in a manifest is mended in its line: the same command would fail the same way', async (_, text, line) => {
  bench.file('m.yaml', text)
  const { exit, err } = await bench.run(['plan', '--port', 'test:board', 'm.yaml'])
  expect(exit).toBe(2)
  expect(err).toMatch(new RegExp(`^next +mend line ${line} of \\S*m\\.yaml$`, 'm'))
})

test('half a PSK in flags is not asked for with the same flags again', async () => {
  const typed = ['plan', '--port', 'test:board', '--tag', '5', '--psk-identity', 'x']
  expect((await bench.run(typed)).err).toMatch(/^next +sectag plan --help$/m)
})

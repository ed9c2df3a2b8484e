import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { unprinted } from '../../src/cli/unprinted.ts'
import { asks } from '../support/outside.ts'
import { start } from '../support/process.ts'

/** One command line whose output a shell sends elsewhere. */
async function sent(where: string, argv: readonly string[]): Promise<{ exit: number | null; err: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'sectag-'))
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  const running = start(argv, { cwd, under: ['bash', '-c', where, 'bash'] })
  return { exit: await running.ended, err: running.err() }
}

const onLinux = asks('Linux', process.platform === 'linux')

for (const argv of [['help', 'exit-codes'], ['completion', 'bash'], ['--help']])
  onLinux(`sectag ${argv.join(' ')} to a full disk is told in four parts, and ends with 1`, async () => {
    const { exit, err } = await sent('"$@" > /dev/full', argv)
    expect(exit).toBe(1)
    expect(err).toContain('ENOSPC')
    for (const part of ['error', 'state', 'why', 'next']) expect(err).toMatch(new RegExp(`^${part} +\\S`, 'm'))
  })

onLinux('a file that takes only the beginning of the output is told too', async () => {
  const { exit, err } = await sent('ulimit -f 1; "$@" > out', ['help', 'exit-codes'])
  expect(err).toContain('EFBIG')
  expect(exit).toBe(1)
})

onLinux('a reader that has read enough is no failure', async () => {
  const { exit, err } = await sent('set -o pipefail; "$@" | true', ['help', 'exit-codes'])
  expect({ exit, err }).toEqual({ exit: 0, err: '' })
})

test('a worse exit stays where the output did not arrive', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  expect(unprinted(full, 5)?.exit).toBe(5)
  expect(unprinted(full, 0)?.exit).toBe(1)
})

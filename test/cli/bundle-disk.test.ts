import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { canMount, fullDisk, smallFiles } from '../support/disk.ts'
import { asks, needs } from '../support/outside.ts'
import { start } from '../support/process.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sectag-bundle-'))
  mkdirSync(join(folder, 'tiny'))
  // What does not get smaller: an archive of it is larger than the disk.
  const noise = Array.from({ length: 4000 }, (_, index) => `line ${(index * 2654435761) % 2 ** 32} ${Math.sin(index)}`)
  writeFileSync(join(folder, 'device.log'), `${noise.join('\n')}\n`)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

async function bundled(out: string, under: string[] = []): Promise<{ exit: number | null; err: string }> {
  const env = { SECTAG_HOME: join(folder, 'home') }
  const running = start(['bundle', 'device.log', '--out', out], { cwd: folder, env, under })
  return { exit: await running.ended, err: running.err() }
}

asks('a user who may mount', canMount)(
  'an archive that fills the disk is a file that failed in the middle of the work: exit 1, and nothing is left of it',
  async () => {
    const { exit, err } = await bundled('tiny/x.tgz', fullDisk(join(folder, 'tiny'), 8))
    expect(exit, err).toBe(1)
    expect(err).toMatch(/^error {2}tiny\/x\.tgz cannot be written: ENOSPC.*\nstate {2}no board was touched; no archive/)
    expect(err).toContain('why    likely: the disk is full')
    expect(err).toMatch(/^next {3}df -h tiny {3}#/m)
    expect(readdirSync(join(folder, 'tiny'))).toEqual([])
  },
)

needs('sh with ulimit', process.platform !== 'win32')('a file that may not grow so large is told as that', async () => {
  const { exit, err } = await bundled('tiny/x.tgz', smallFiles(4))
  expect(exit, err).toBe(1)
  expect(err).toMatch(/EFBIG[^]*\nwhy {4}no file may grow so large here[^]*\nnext {3}ulimit -f/)
  expect(readdirSync(join(folder, 'tiny'))).toEqual([])
})

test('a link that leads nowhere is there already, a folder that is missing is told, and so is a name that is empty', async () => {
  symlinkSync('gone', join(folder, 'x.tgz'))
  const dangling = await bundled('x.tgz')
  expect([dangling.exit, existsSync(join(folder, 'gone'))]).toEqual([2, false])
  expect(dangling.err).toMatch(/^error {2}x\.tgz is there already/)
  const missing = await bundled('new folder/x.tgz')
  expect(missing.exit).toBe(2)
  expect(missing.err).toMatch(/\nwhy {4}its folder does not exist\nnext {3}mkdir -p 'new folder'$/m)
  const empty = await bundled('')
  expect(empty.exit).toBe(2)
  expect(empty.err).toMatch(/^error {2}a file without a name cannot be written\n[^]*\nwhy {4}the name is empty/)
})

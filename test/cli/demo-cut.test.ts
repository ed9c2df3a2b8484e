import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { start } from '../support/process.ts'

const close: (() => unknown)[] = []
afterEach(() => {
  for (const end of close.splice(0).reverse()) end()
})

test.each([
  ['one Ctrl-C', 1, /"type":"result","verb":"demo","ok":false,"exit":7/],
  ['three, which end it at once', 3, /Ended at once/],
])('the demo ended by %s in the middle leaves no folder with keys behind', async (_, times, says) => {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-test-'))
  close.push(() => rmSync(folder, { recursive: true, force: true }))
  const running = start(['demo', '--once', '--json'], { env: { TMPDIR: folder } })
  await running.prints(/"type":"provisioned"/)
  const inside = readdirSync(folder).filter((name) => name.startsWith('sectag-demo-'))
  expect(inside.length).toBe(1)
  for (let time = 0; time < times; time++) {
    running.child.kill('SIGINT')
    // Two signals of one kind that come together are one.
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
  expect(await running.ended).toBe(7)
  expect(running.out() + running.err()).toMatch(says)
  expect(readdirSync(folder).filter((name) => name.startsWith('sectag-demo-'))).toEqual([])
})

import { execFileSync } from 'node:child_process'
import { describe, expect, onTestFinished, test } from 'vitest'
import { isGroupAlive } from '../../src/port/index.ts'
import { seededRandom } from '../../src/terms/index.ts'
import type { Ran } from '../support/cli.ts'
import { founding, probe, type ProbeDesk, showsKey } from '../support/probe-desk.ts'
import { benchFor, expectFailure } from '../support/probe-tests.ts'
import { type Running, start } from '../support/process.ts'
import { type SlowTool, slowTool, toolsEnded } from '../support/slow-tool.ts'

const minutes = { timeout: 180_000 }
const table = 'image.hex'
const inFlash = (file: string): boolean => file.endsWith('flash.bin')

interface Slow {
  readonly desk: ProbeDesk
  readonly tool: SlowTool
  readonly running: Running
}

/** A board whose tool waits before it does something, under a sectag that is a process of its own. */
async function slow(words: string, more: readonly string[] = []): Promise<Slow> {
  const desk = await benchFor({}, ['nrfutil'])
  const tool = slowTool(desk, words)
  const running = start([...founding, ...more], { cwd: desk.folder, env: desk.env })
  onTestFinished(async () => {
    tool.go()
    running.child.kill('SIGKILL')
    await running.ended
    await toolsEnded(desk)
  })
  return { desk, tool, running }
}

/** One that was killed when its tool was about to program the table; the tool's number. */
async function outlived(): Promise<Slow & { number: number }> {
  const made = await slow(table)
  const number = await made.tool.waits()
  made.running.child.kill('SIGKILL')
  await made.running.ended
  return { ...made, number }
}

function again(desk: ProbeDesk, more: readonly string[] = []): Promise<Ran> {
  return desk.run([...founding, ...more], { random: seededRandom(`again${more.join()}`) })
}

async function expectEndsWell(desk: ProbeDesk): Promise<void> {
  const ran = await again(desk)
  expect(ran.exit, ran.err).toBe(0)
  expect(desk.leaks()).toEqual([])
  expect(desk.chip.program).toEqual({ is: 'application', name: 'old' })
}

describe('a tool that outlives a sectag that was killed', () => {
  test(
    'sends the next run away before the chip is asked, and that ends well when the tool was ended',
    minutes,
    async () => {
      const { desk, tool, number } = await outlived()
      const calls = desk.bench.calls()
      const ran = await again(desk)
      expectFailure(
        ran,
        6,
        new RegExp(`^error +at identify: nrfutil of run \\S+, process ${number}, is still at work at this board$`, 'm'),
        /^state +this run changed nothing; of the other one: key bytes may lie in its flash, at 0x2B000 to 0x2C000/m,
      )
      expect(desk.bench.calls()).toEqual(calls)
      const [, kill = ''] = /^next +(.*?) {3}# .*; then sectag apply --probe/m.exec(ran.err) ?? []
      expect(kill).toBe(`kill -KILL -${number}`)
      execFileSync('sh', ['-c', kill])
      await toolsEnded(desk)
      tool.go()
      await expectEndsWell(desk)
    },
  )

  test('may finish: then the key that it has programmed is blanked by the next run', minutes, async () => {
    const { desk, tool } = await outlived()
    expect(desk.leaks().filter(inFlash)).toEqual([])
    tool.go()
    await toolsEnded(desk)
    expect(desk.leaks().filter(inFlash)).toHaveLength(1)
    await expectEndsWell(desk)
  })

  test('sends away whoever comes by another probe that is wired to the same board', minutes, async () => {
    const { desk, number } = await outlived()
    desk.bench.plug('960000002', desk.chip)
    const other = founding.map((word) => (word === probe ? '960000002' : word))
    const ran = await desk.run([...other, '--json'])
    expect(ran.exit, ran.out).toBe(6)
    expect(ran.events.find(({ type }) => type === 'probe')).toMatchObject({ secretMayLie: ['flash', 'file'] })
    expect(ran.events.find(({ type }) => type === 'failure')).toMatchObject({
      what: expect.stringContaining(`process ${number}, is still at work`),
    })
  })
})

test('three times Ctrl-C end sectag, and its tool with it', minutes, async () => {
  const { desk, tool, running } = await slow(table)
  const number = await tool.waits()
  running.child.kill('SIGINT')
  await running.prints(/^Interrupted/m)
  // Two of the same that come at once may be one: so often until it has ended.
  const pressing = setInterval(() => running.child.kill('SIGINT'), 100)
  expect(await running.ended).toBe(7)
  clearInterval(pressing)
  expect(running.err()).toMatch(/^error {2}Ended at once/m)
  await expect.poll(() => isGroupAlive({ process: number }), { timeout: 60_000 }).toBe(false)
  tool.go()
  expect(desk.leaks().filter(inFlash)).toEqual([])
  await expectEndsWell(desk)
})

describe('a first signal', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'is answered with what is done first while credentials lie in flash: %s',
    minutes,
    async (signal) => {
      const { desk, tool, running } = await slow(table)
      await tool.waits()
      running.child.kill(signal)
      await running.prints(/^Interrupted: .*\n/m)
      expect(running.err()).toMatch(
        /^Interrupted: credentials are in flash, so first the writer is awaited for up to 35 s, .* A third signal/m,
      )
      tool.go()
      expect(await running.ended, running.err()).toBe(0)
      expect(running.err().match(/Interrupted/g)).toHaveLength(1)
      expect(desk.leaks()).toEqual([])
    },
  )

  test('is answered as a JSON line among JSON lines', minutes, async () => {
    const { desk, tool, running } = await slow(table, ['--json'])
    await tool.waits()
    running.child.kill('SIGINT')
    await running.prints(/"code":"goes-on"/)
    tool.go()
    expect(await running.ended, running.err()).toBe(0)
    const lines = running.out().trim().split('\n')
    expect(lines.map((line) => (JSON.parse(line) as { type: string }).type)).toContain('notice')
    expect(running.err()).toBe('')
    expect(showsKey(running.out(), desk.paper.key)).toBe(false)
  })

  test('is not answered so before anything was programmed', minutes, async () => {
    const { tool, running } = await slow('--address')
    await tool.waits()
    running.child.kill('SIGINT')
    tool.go()
    expect(await running.ended, running.err()).toBe(1)
    expect(running.err()).not.toMatch(/^Interrupted/m)
  })
})

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { seededRandom } from '../../src/terms/index.ts'
import type { Leaves } from '../probe/chip/bench.ts'
import { figure } from '../support/figures.ts'
import { inParallel } from '../support/pool.ts'
import { founding, probe, type ProbeDesk, probeDesk, showsKey, tag } from '../support/probe-desk.ts'
import { start } from '../support/process.ts'
import { sampled } from '../support/scale.ts'

const hour = 3_600_000

/** How far into a call: the writer and its table are four pages, each of them erased, then programmed. */
const midPages = [1, 2, 3, 4, 5, 6, 7, 8]

interface Calls {
  /** Every call of the tool that a whole run makes, by its number. */
  readonly all: readonly number[]
  /** Those that erase or program. */
  readonly writing: readonly number[]
}

async function callsOf(): Promise<Calls> {
  const desk = await probeDesk({}, ['nrfutil'])
  expect((await desk.run(founding)).exit).toBe(0)
  const calls = desk.bench
    .calls()
    .map((words, index) => ({ number: index + 1, writes: / (?:program|erase) /.test(words) }))
  desk.clear()
  return {
    all: calls.map(({ number }) => number),
    writing: calls.flatMap(({ number, writes }) => (writes ? [number] : [])),
  }
}

/** A board whose probe goes at some moment; what it was before. */
async function about(leaves: Leaves): Promise<{ desk: ProbeDesk; before: Buffer; at: string }> {
  const desk = await probeDesk({}, ['nrfutil'])
  const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
  desk.bench.plug(probe, desk.chip, { leaves })
  return { desk, before, at: JSON.stringify(leaves) }
}

/** The same command again: the board is as it was, its modem has all, and nothing of the key is anywhere. */
async function expectEndsWell(desk: ProbeDesk, before: Buffer, at: string): Promise<void> {
  desk.bench.plug(probe, desk.chip)
  const again = await desk.run(founding, { random: seededRandom('again') })
  expect(again.exit, `${at}: ${again.err}`).toBe(0)
  expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000)), at).toBe(0)
  expect(Object.keys(await desk.memory())).toEqual([`${tag}/0`, `${tag}/1`, `${tag}/2`])
  expect(desk.leaks(), at).toEqual([])
}

const inFlash = (file: string): boolean => file.endsWith('flash.bin')

test('a probe that is pulled at any call, between its pages or in the middle of one, leaves a board whose state is told truly', {
  timeout: hour,
}, async () => {
  const { all, writing } = await callsOf()
  const cases: Leaves[] = [
    ...all.map((call) => ({ call })),
    ...writing.flatMap((call) => [1, 3].map((afterPages) => ({ call, afterPages }))),
    ...writing.flatMap((call) => midPages.map((midPage) => ({ call, midPage }))),
  ]
  const found = { cases: 0, pulled: 0, mayLie: 0, lies: 0, untold: 0, endedWell: 0 }
  await inParallel(sampled(cases, 6), 3, async (leaves) => {
    const { desk, before, at } = await about(leaves)
    const ran = await desk.run(founding)
    if (ran.exit !== 0) {
      found.pulled++
      expect([3, 7], `${at}: ${ran.err}`).toContain(ran.exit)
      for (const part of ['error', 'state', 'why', 'next'])
        expect(ran.err, at).toMatch(new RegExp(`^${part} +\\S`, 'm'))
    }
    const left = desk.leaks()
    const lies = left.some(inFlash)
    const told = /key bytes may lie in its flash, at 0x2B000 to 0x2C000/.test(ran.err)
    if (told) found.mayLie++
    if (lies) found.lies++
    if (lies && !told) found.untold++
    expect(
      left.filter((file) => !inFlash(file)),
      at,
    ).toEqual([])
    const untouched = Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000)) === 0
    if (/is untouched|nothing on the (?:board|chip) was changed/.test(ran.err)) expect(untouched, at).toBe(true)
    await expectEndsWell(desk, before, at)
    found.cases++
    found.endedWell++
    desk.clear()
  })
  figure('unplug-probe', found)
  expect(found.untold).toBe(0)
})

test('when the power of the computer goes in the middle of a page, the next run ends well, and no byte of the key is left', {
  timeout: hour,
}, async () => {
  const { writing } = await callsOf()
  const cases = writing.flatMap((call) => midPages.map((midPage): Leaves => ({ call, midPage, power: true })))
  const found = { cases: 0, died: 0, keyInFlash: 0, keyInFile: 0, endedWell: 0, keyLeft: 0 }
  await inParallel(sampled(cases, 6), 3, async (leaves) => {
    const { desk, before, at } = await about(leaves)
    const running = start(founding, { cwd: desk.folder, env: desk.env })
    await running.ended
    if (running.child.signalCode === 'SIGKILL') found.died++
    expect(showsKey(running.out() + running.err(), desk.paper.key), at).toBe(false)
    const left = desk.leaks()
    if (left.some(inFlash)) found.keyInFlash++
    if (left.some((file) => file.startsWith('memory'))) found.keyInFile++
    expect(
      left.filter((file) => !inFlash(file) && !file.startsWith('memory')),
      at,
    ).toEqual([])
    if (left.length > 0) expect(openJournals(desk), at).toHaveLength(1)
    await expectEndsWell(desk, before, at)
    expect(openJournals(desk), at).toEqual([])
    expect(readdirSync(join(desk.folder, 'memory')), at).toEqual([])
    found.cases++
    found.endedWell++
    found.keyLeft += desk.leaks().length
    desk.clear()
  })
  figure('power-cut-probe', found)
  expect(found).toMatchObject({ endedWell: found.cases, keyLeft: 0 })
})

function openJournals(desk: ProbeDesk): string[] {
  const folder = join(desk.folder, 'home', 'journal')
  return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.jsonl')) : []
}

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/terms/index.ts'
import { map } from '../probe/chip/chip.ts'
import { testApplication } from '../probe/chip/programs.ts'
import type { Ran } from '../support/cli.ts'
import { founding, probe, type ProbeDesk, put, tag } from '../support/probe-desk.ts'
import { benchFor, expectFailure } from '../support/probe-tests.ts'

const named = ['--program-app', 'app.hex']

/** A board whose run was cut behind a step: its probe went away. */
async function cutBehind(step: string, argv: readonly string[]): Promise<ProbeDesk> {
  const desk = await benchFor({}, ['nrfutil'])
  await desk.run(argv, {
    out: (text) => {
      if (new RegExp(`^${step} `, 'm').test(text)) desk.bench.unplug(probe)
    },
  })
  desk.bench.plug(probe, desk.chip)
  return desk
}

function again(desk: ProbeDesk, argv: readonly string[]): Promise<Ran> {
  return desk.run(argv, { random: seededRandom(`again ${argv.join(' ')}`) })
}

function flashOf({ chip }: ProbeDesk): Buffer {
  return Buffer.from(chip.flash.read(0, map.flash))
}

/** Somebody mends the board with a newer application, and with another tool than sectag. */
function mendByHand(desk: ProbeDesk): Buffer {
  desk.chip.flash.create()
  put(desk.chip, testApplication('v2', { end: 0x3_1000 }))
  return flashOf(desk)
}

describe('a board that somebody has mended by hand after its run was cut', () => {
  test.each([
    ['the application that was there', []],
    ['an application that was named', named],
  ])('keeps what is on it: nothing of %s is put over it, and no page is erased', async (_, more) => {
    const desk = await cutBehind('run', [...founding, ...more])
    expect(desk.leaks()).not.toEqual([])
    const mended = mendByHand(desk)
    const ran = await again(desk, founding)
    expectFailure(
      ran,
      7,
      /at blank-old: somebody has programmed or erased this chip since an earlier run on it was cut/,
      /key bytes may lie in its flash, at 0x2B000 to 0x2C000: keep the board; what is on the chip now is untouched/,
      /--program-app APP\.hex/,
    )
    expect(Buffer.compare(mended, flashOf(desk))).toBe(0)
    desk.file('v2.hex', testApplication('v2', { end: 0x3_1000 }))
    const last = await again(desk, [...founding, '--program-app', 'v2.hex'])
    expect(last.exit, last.err).toBe(0)
    expect(Buffer.compare(mended, flashOf(desk))).toBe(0)
    expect(desk.leaks()).toEqual([])
    expect(Object.keys(await desk.memory())).toEqual([`${tag}/0`, `${tag}/1`, `${tag}/2`])
  })
})

test('a board that somebody has erased whole since is not given the few pages that were kept of its application', async () => {
  const desk = await cutBehind('run', founding)
  execFileSync(join(desk.bench.folder, 'bin', 'nrfutil'), ['device', 'recover', '--serial-number', probe], {
    env: { ...process.env, ...desk.env },
  })
  const before = flashOf(desk)
  expectFailure(await again(desk, founding), 7, /programmed or erased this chip since/, /--program-app APP\.hex/)
  expect(Buffer.compare(before, flashOf(desk))).toBe(0)
  const ran = await again(desk, [...founding, ...named])
  expect(ran.exit, ran.err).toBe(0)
  expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
})

describe('a run that was cut before it had overwritten anything', () => {
  test.each([
    ['the application that was there', [], 'save'],
    ['an application that was named', named, 'blank-old'],
  ])('and was to end with %s, leaves the chip as it was', async (_, more, step) => {
    const desk = await cutBehind(step, [...founding, ...more])
    const before = flashOf(desk)
    const ran = await again(desk, founding)
    expect(ran.exit, ran.err).toBe(0)
    expect(ran.out).toMatch(/^blank-old {2}the earlier run had not changed anything on the chip$/m)
    expect(Buffer.compare(before, flashOf(desk))).toBe(0)
    expect(desk.leaks()).toEqual([])
  })
})

test('what an earlier run had kept is told to be put back', async () => {
  const desk = await cutBehind('run', founding)
  const ran = await again(desk, founding)
  expect(ran.exit, ran.err).toBe(0)
  expect(ran.out).toMatch(/^program {4}the application that an earlier run had kept is in flash$/m)
  expect(desk.chip.program).toEqual({ is: 'application', name: 'old' })
})

import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/terms/index.ts'
import type { FakeName } from '../probe/chip/bench.ts'
import { map } from '../probe/chip/chip.ts'
import { writer91x1 } from '../probe/chip/marked.ts'
import type { Ran } from '../support/cli.ts'
import { founding, probe, type ProbeDesk, probeDesk } from '../support/probe-desk.ts'
import { benchFor, expectFailure } from '../support/probe-tests.ts'

async function made(...order: Parameters<typeof probeDesk>): Promise<ProbeDesk> {
  const desk = await benchFor(...order)
  desk.file('w91x1.hex', writer91x1())
  return desk
}

const unlock = ['--unlock', '--program-app', 'app.hex', '--yes']
const newer = founding.map((word) => (word === 'writer.hex' ? 'w91x1.hex' : word))
const halfWay: readonly FakeName[] = ['pyocd', 'probe-rs']

/** What `next` names, as a person would type it. */
function nextOf({ err }: Ran): string[] {
  const line = /^next +sectag (.*?)(?: {3}#.*)?$/m.exec(err)?.[1] ?? ''
  return line.replace('APP.hex', 'app.hex').split(' ')
}

describe('a chip whose lock is hardened', () => {
  test.each(halfWay)('is not erased by %s, which cannot keep it open; the next command can', async (tool) => {
    const desk = await made({ part: 'nRF9161', locked: true }, [tool, 'nrfutil'])
    const name = tool === 'pyocd' ? 'pyocd' : 'probe-rs'
    const ran = await desk.run([...newer, ...unlock, '--probe-tool', name])
    expectFailure(
      ran,
      6,
      /open until its next reset only/,
      /nothing on the board was changed/,
      /--probe-tool nrfutil$/m,
    )
    expect(desk.chip.state.closed).toBe(true)
    expect(desk.bench.calls().filter((call) => / (?:erase|download|load) /.test(call))).toEqual([])
    const again = await desk.run(nextOf(ran), { random: seededRandom('again') })
    expect(again.exit, again.err).toBe(0)
    expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
    expect(desk.leaks()).toEqual([])
  })

  test.each(['nrfutil', 'pyocd', 'probe-rs', 'JLinkExe'] as const)(
    'and that is open until its next reset only gets no key through %s',
    async (tool) => {
      const desk = await made({ part: 'nRF9161' }, [tool])
      desk.chip.uicr.create()
      const before = Buffer.from(desk.chip.flash.read(0, map.flash))
      const ran = await desk.run(newer)
      expectFailure(
        ran,
        6,
        /at identify: the chip is open, and locks itself at its next reset/,
        /nothing on the board was changed/,
        /--probe-tool nrfutil --unlock --program-app APP\.hex/,
      )
      expect(Buffer.compare(before, desk.chip.flash.read(0, map.flash))).toBe(0)
      expect(desk.chip.state.closed).toBe(false)
    },
  )

  test('is told by its revision where the part has both kinds', async () => {
    const desk = await made({ hardened: true }, ['nrfutil'])
    desk.chip.uicr.create()
    const ran = await desk.run(founding)
    expectFailure(ran, 6, /locks itself at its next reset/)
    const again = await desk.run([...nextOf(ran), '--yes'], { random: seededRandom('again') })
    expect(again.exit, again.err).toBe(0)
    expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
  })

  test('goes on as any other where its registers say that it stays open', async () => {
    const desk = await made({ part: 'nRF9161' }, ['probe-rs'])
    const ran = await desk.run(newer)
    expect(ran.exit, ran.err).toBe(0)
    expect(desk.chip.program).toEqual({ is: 'application', name: 'old' })
  })
})

test('a chip of an early revision that was just protected gets no key before it is unlocked', async () => {
  const desk = await made({}, ['nrfutil'])
  desk.chip.uicr.program(map.uicr, new Uint8Array(4))
  expectFailure(await desk.run(founding), 6, /locks itself at its next reset/)
  const ran = await desk.run([...founding, ...unlock])
  expect(ran.exit, ran.err).toBe(0)
})

/** By this name of a chip probe-rs erases one whose lock is hardened, and does not open it (PROBE-46). */
function unlocksNothing(tool: FakeName): boolean {
  return tool === 'probe-rs'
}

describe.each(halfWay)('a locked chip of which %s does not tell the part', (tool) => {
  test('is told to be locked, as through a tool that tells it, and is unlocked by somebody who says so', async () => {
    const desk = await made({ locked: true }, [tool])
    expectFailure(
      await desk.run(founding),
      6,
      /the chip is locked/,
      /nothing on the board was changed/,
      /--unlock --program-app APP\.hex/,
    )
    const ran = await desk.run([...founding, ...unlock])
    expect(ran.exit, ran.err).toBe(0)
    expect(ran.err).toMatch(/Which nRF91 the chip at probe 960000001 is, \S+ cannot tell while it is locked/)
    expect(ran.out).toMatch(/^unlock {5}all that was on the chip is erased\nidentify {3}nRF9160, open$/m)
    expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
  })

  test('and that turns out to be another part is told to be erased, and gets nothing', async () => {
    const desk = await made({ part: 'nRF9161', locked: true }, [tool])
    const ran = await desk.run([...founding, ...unlock])
    const words = unlocksNothing(tool)
      ? [/at unlock: the chip is locked/, /all that was on the chip may be erased/]
      : [/at identify: the chip is an nRF9161: not supported by this writer/, /all that was on the chip is erased/]
    expectFailure(ran, 7, ...words, /its application is not in place/)
    const told = unlocksNothing(tool) ? /^unlock {5}not done$/m : /^unlock {5}all that was on the chip is erased$/m
    expect(ran.out).toMatch(told)
    expect(desk.chip.program).toEqual({ is: 'nothing' })
  })
})

describe('a run that was cut after it had unlocked a chip', () => {
  test('leaves a board without an application, and the next run does not end well without one', async () => {
    const desk = await made({ locked: true }, ['nrfutil'])
    const stop = new AbortController()
    const cut = await desk.run([...founding, ...unlock], {
      signal: stop.signal,
      out: (text) => {
        if (/^unlock/m.test(text)) stop.abort()
      },
    })
    expect(cut.exit, cut.err).toBe(7)
    expect(cut.err).toMatch(/all that was on the chip is erased; its application is not in place/)
    expectFailure(
      await desk.run(founding),
      6,
      /there is no application on the chip to put back/,
      /its application is not in place/,
      /--program-app APP\.hex/,
    )
    const ran = await desk.run([...founding, '--program-app', 'app.hex'])
    expect(ran.exit, ran.err).toBe(0)
    expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
  })
})

describe('an nRF9160 of a later revision, which does not say so while it is locked,', () => {
  test.each(halfWay)(
    'gets no key through %s, which opens it for once or not at all; the next command goes on',
    async (tool) => {
      const desk = await made({ hardened: true, locked: true }, [tool, 'nrfutil'])
      const name = tool === 'pyocd' ? 'pyocd' : 'probe-rs'
      const ran = await desk.run([...founding, ...unlock, '--probe-tool', name])
      const words = unlocksNothing(tool)
        ? [/at unlock: the chip is locked/, /may be erased/]
        : [/locks itself at its next reset/, /all that was on the chip is erased/]
      expectFailure(ran, 7, ...words, /--probe-tool nrfutil/)
      expect(desk.leaks()).toEqual([])
      const again = await desk.run(nextOf(ran), { random: seededRandom('again') })
      expect(again.exit, again.err).toBe(0)
      expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
      expect(desk.leaks()).toEqual([])
    },
  )
})

const four = ['nrfutil', 'JLinkExe', 'pyocd', 'probe-rs'] as const

describe('a writer that lets a hardened lock close', () => {
  test.each(four)('is found out before a key is in flash, through %s', async (tool) => {
    const desk = await made({ part: 'nRF9161', closes: 'writer' }, [tool])
    const ran = await desk.run(newer)
    expectFailure(
      ran,
      7,
      /at try: the writer, run with nothing to write, closed the debug port/,
      /no credential was programmed; its application is not in place; what was there is kept in /,
      /CONFIG_NRF_APPROTECT_USE_UICR/,
      /--writer OTHER\.hex --probe-tool nrfutil --unlock --program-app \S+\.hex/,
    )
    expect(desk.chip.state.closed).toBe(true)
    expect(desk.leaks()).toEqual([])
    expect(await desk.memory()).toEqual({})
  })

  test('does so over nothing; with another one, and the application that was kept, the board is whole again', async () => {
    const desk = await made({ part: 'nRF9161', closes: 'writer' }, ['nrfutil'])
    const before = Buffer.from(desk.chip.flash.read(0, map.flash))
    const ran = await desk.run(newer)
    // The other one is the same program here: what it does to the port is the chip's to say.
    desk.chip.change({ closes: 'application' })
    desk.file('OTHER.hex', writer91x1())
    const again = await desk.run([...nextOf(ran), '--yes'], { random: seededRandom('again') })
    expect(again.exit, again.err).toBe(0)
    expect(again.out).toMatch(/^try {8}the writer, with nothing to write, leaves the debug port open$/m)
    expect(Buffer.compare(before, desk.chip.flash.read(0, map.flash))).toBe(0)
    expect(desk.leaks()).toEqual([])
  })

  test('and hangs gets no key either, and the application is put back', async () => {
    const desk = await made({ part: 'nRF9161', writerTakes: 'never' }, ['nrfutil'])
    const ran = await desk.run(newer)
    expectFailure(
      ran,
      3,
      /at try: the writer never answered/,
      /the application that was there is back, and was started/,
    )
    expect(desk.chip.program).toEqual({ is: 'application', name: 'old' })
  })
})

test('what nrfutil puts on a chip that it has unlocked is kept and put back as any application is (PROBE-55)', async () => {
  const desk = await made({ part: 'nRF9161', locked: true }, ['nrfutil'])
  execFileSync(join(desk.bench.folder, 'bin', 'nrfutil'), ['device', 'recover', '--serial-number', probe], {
    env: { ...process.env, ...desk.env },
  })
  const before = Buffer.from(desk.chip.flash.read(0, map.flash))
  const ran = await desk.run(newer)
  expect(ran.exit, ran.err).toBe(0)
  expect(Buffer.compare(before, desk.chip.flash.read(0, map.flash))).toBe(0)
  expect(desk.chip.state.closed).toBe(false)
})

test('J-Link is asked for the core alone before a chip is known to be open: nobody knows what it does to a locked one by its name (PROBE-37)', async () => {
  const desk = await made({ locked: true, jlinkErases: true }, ['JLinkExe'])
  desk.chip.flash.force(0, new Uint8Array(0x1000).fill(0x77))
  expectFailure(await desk.run(founding), 3, /no chip answers the probe/, /nothing on the board was changed/)
  expect(new Set(desk.chip.flash.read(0, 0x1000))).toEqual(new Set([0x77]))
  expect(desk.chip.state.closed).toBe(true)
})

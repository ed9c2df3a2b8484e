import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/terms/index.ts'
import type { Ran } from '../support/cli.ts'
import { founding, probe, type ProbeDesk } from '../support/probe-desk.ts'
import { benchFor, expectFailure } from '../support/probe-tests.ts'

const old = { is: 'application', name: 'old' }

function journalOf({ folder }: ProbeDesk, end = '.jsonl'): string {
  const files = readdirSync(join(folder, 'home', 'journal')).filter((file) => file.endsWith(end))
  expect(files).toHaveLength(1)
  return join(folder, 'home', 'journal', files[0] ?? '')
}

/** The lines of a journal, changed. */
function spoil(file: string, change: (lines: string[]) => string[]): void {
  writeFileSync(file, `${change(readFileSync(file, 'utf8').trim().split('\n')).join('\n')}\n`)
}

/** A board whose run was cut when the key was in flash; its journal stands as a process that was killed leaves it. */
async function cut(): Promise<ProbeDesk> {
  const desk = await benchFor({}, ['nrfutil'])
  const ran = await desk.run(founding, {
    out: (text) => {
      if (/^write/m.test(text)) desk.bench.unplug(probe)
    },
  })
  expect(ran.exit, ran.err).toBe(7)
  expect(desk.leaks()).toHaveLength(1)
  desk.bench.plug(probe, desk.chip)
  spoil(journalOf(desk), (lines) => lines.filter((line) => !line.includes('"entry":"left"')))
  return desk
}

/** Says in the journal who had the run. */
function heldBy(desk: ProbeDesk, holder: { process: number; since?: string }): void {
  spoil(journalOf(desk), ([first = '', ...rest]) => {
    const { since: _, ...begin } = JSON.parse(first) as Record<string, unknown>
    return [JSON.stringify({ ...begin, ...holder }), ...rest]
  })
}

/** The same command once more, as another run. */
function again(desk: ProbeDesk, more: readonly string[] = []): Promise<Ran> {
  return desk.run([...founding, ...more], { random: seededRandom('again') })
}

/** What lies in flash where the table was. */
function page(desk: ProbeDesk): Set<number> {
  return new Set(desk.chip.flash.read(0x2_b000, 0x2_c000))
}

describe('a board that was cut', () => {
  test('and is met from a home that knows nothing of it, is told to have had a key and to have no application', async () => {
    const desk = await cut()
    const ran = await again(desk, ['--home', 'another'])
    expectFailure(
      ran,
      6,
      /there is no application on the chip to put back/,
      /credentials that an earlier run had left at 0x2B000 to 0x2C000, a key most likely, are blank now/,
      /its application is not in place/,
      /--program-app APP\.hex/,
    )
    expect(ran.err).not.toMatch(/untouched/)
    expect(ran.out).toMatch(
      /^blank-old {2}credentials lay in flash that no journal here tells of, at 0x2B000 to 0x2C000/m,
    )
    expect(page(desk)).toEqual(new Set([0xff]))
    const named = await desk.run([...founding, '--home', 'another', '--program-app', 'app.hex'], {
      random: seededRandom('named'),
    })
    expect(named.exit, named.err).toBe(0)
  })

  test('after its page was blanked, and is met so, is not told to have an application that is untouched', async () => {
    const desk = await cut()
    desk.chip.flash.erasePage(0x2_b000)
    const ran = await again(desk, ['--home', 'another'])
    expectFailure(ran, 6, /there is no application on the chip to put back/, /its application is not in place/)
    expect(ran.err).not.toMatch(/untouched/)
  })

  test('is taken up where the first line of its journal is damaged, and that is said', async () => {
    const desk = await cut()
    spoil(journalOf(desk), ([first = '', ...rest]) => [`x${first.slice(9)}`, ...rest])
    const ran = await again(desk)
    expect(ran.exit, ran.err).toBe(0)
    expect(ran.err).toMatch(/The journal \S+\.jsonl is damaged: [^]*is kept in \S+\.hex/)
    expect(desk.chip.program).toEqual(old)
    expect(desk.leaks()).toEqual([])
    expect(readdirSync(join(desk.folder, 'home', 'journal'))).toEqual([])
  })

  test('of whose journal nothing can be read, is told with the file in which its application is kept', async () => {
    const desk = await cut()
    spoil(journalOf(desk), (lines) => lines.map(() => 'x'))
    const ran = await again(desk)
    expectFailure(ran, 6, /is damaged: [^]*is kept in \S+\.hex/, /its application is not in place/)
    expect(page(desk)).toEqual(new Set([0xff]))
  })
})

describe('an application that an earlier run had kept', () => {
  test.each([
    ['is not there any more', (file: string) => rmSync(file)],
    ['was cut', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 3000))],
  ])('and that %s: nothing is programmed, and another one is asked for', async (_, lose) => {
    const desk = await cut()
    heldBy(desk, { process: process.pid })
    lose(journalOf(desk, '.hex'))
    for (const run of ['second', 'third']) {
      const ran = await desk.run(founding, { random: seededRandom(run) })
      expectFailure(
        ran,
        6,
        /at save: there is no application to put back: what an earlier run had kept in \S+\.hex is gone or damaged/,
        /no credential was programmed/,
        /its application is not in place$/m,
        /--program-app APP\.hex/,
      )
      expect(ran.err).not.toMatch(/disk/)
      expect(desk.leaks()).toEqual([])
    }
    const named = await again(desk, ['--program-app', 'app.hex'])
    expect(named.exit, named.err).toBe(0)
    expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
  })

  test('and that is lost in the middle of a run leaves a board that is told truly', async () => {
    const desk = await benchFor({}, ['nrfutil'])
    const ran = await desk.run(founding, {
      out: (text) => {
        if (/^answer/m.test(text)) rmSync(journalOf(desk, '.hex'))
      },
    })
    expectFailure(
      ran,
      7,
      /at program: what was on the chip was kept in \S+\.hex, and is there no more/,
      /the pages read back blank; its application is not in place;/,
    )
    expect(desk.leaks()).toEqual([])
  })
})

describe('a run whose process is gone, and whose number another process has,', () => {
  test.each([
    ['our own, as in a container that was started again', { process: process.pid }],
    ['our own, with another start', { process: process.pid, since: 'another start of the system 1' }],
    ['that of somebody else since a restart', { process: process.ppid, since: 'another start of the system 1' }],
  ])('is taken up: %s', async (_, holder) => {
    const desk = await cut()
    heldBy(desk, holder)
    const ran = await again(desk)
    expect(ran.exit, ran.err).toBe(0)
    expect(desk.leaks()).toEqual([])
    expect(desk.chip.program).toEqual(old)
  })

  test('is left alone while that process is the one that began it, or as far as an older journal tells', async () => {
    const desk = await cut()
    expectFailure(await again(desk), 6, /another run is at this chip/)
    heldBy(desk, { process: process.ppid })
    expectFailure(await again(desk), 6, new RegExp(`process ${process.ppid}`))
  })
})

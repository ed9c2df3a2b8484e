import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readValues } from '../../src/cli/home/json-lines.ts'
import type { ProbeStep } from '../../src/probe/index.ts'
import { seededRandom } from '../../src/terms/index.ts'
import { testApplication } from '../probe/chip/programs.ts'
import type { Ran } from '../support/cli.ts'
import { canMount, fullDisk } from '../support/disk.ts'
import { asks } from '../support/outside.ts'
import { inParallel } from '../support/pool.ts'
import { start } from '../support/process.ts'
import { sampled } from '../support/scale.ts'
import { freshPaper } from '../support/paper.ts'
import { founding, memoryOf, probe, type ProbeDesk, put, tag } from '../support/probe-desk.ts'
import { benchFor } from '../support/probe-tests.ts'

const withMounts = asks('a user who may mount', canMount)

const made = (): Promise<ProbeDesk> => benchFor({}, ['nrfutil'])

const old = { is: 'application', name: 'old' }

function home({ folder }: ProbeDesk, ...names: string[]): string {
  return join(folder, 'home', ...names)
}

/** A folder where a file should be: whoever writes that file is told EISDIR. */
function inTheWay(path: string): void {
  if (existsSync(path)) renameSync(path, `${path}.away`)
  mkdirSync(path, { recursive: true })
}

/** Runs the command, and lets something happen to the disk when a step of a board was told. */
function after(desk: ProbeDesk, step: ProbeStep, happens: () => void, argv = founding): Promise<Ran> {
  let told = false
  const out = (text: string): void => {
    if (told || !new RegExp(`^(?:${probe} {2})?${step} `, 'm').test(text)) return
    told = true
    happens()
  }
  return desk.run(argv, { out })
}

function journalOf(desk: ProbeDesk): string {
  const name = readdirSync(home(desk, 'journal')).find((file) => file.endsWith('.jsonl'))
  return home(desk, 'journal', name ?? 'none')
}

describe('a file that fails in the middle', () => {
  test('of what is remembered of a board takes no key to stay in flash: it is blanked, and the application goes back', async () => {
    const desk = await made()
    const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
    const ran = await after(desk, 'write', () => inTheWay(home(desk, 'sessions.jsonl')))
    expect(ran.exit, ran.out + ran.err).toBe(7)
    expect(ran.err).toMatch(/^error {2}at answer: a file could not be read or written: EISDIR.*sessions\.jsonl/m)
    expect(ran.err).toMatch(/pages read back blank.*was started; its modem has taken 3 of 3 items/)
    expect(ran.err).toMatch(/^next +df -h .*then sectag apply --probe/m)
    expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000))).toBe(0)
    expect(desk.leaks()).toEqual([])
  })

  test('of the journal, when the key lies in flash, ends in a board that was tidied up, and in a run that is open', async () => {
    const desk = await made()
    const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
    const ran = await after(desk, 'write', () => inTheWay(journalOf(desk)))
    expect(ran.exit, ran.out + ran.err).toBe(7)
    expect(ran.err).toMatch(/^error {2}at run: a file could not be read or written: EISDIR/m)
    expect(ran.err).toMatch(/pages read back blank.*its modem was given nothing/)
    expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000))).toBe(0)
    expect(await desk.memory()).toEqual({})
    expect(desk.leaks()).toEqual([])
    const taken = readdirSync(home(desk, 'journal')).find((file) => file.endsWith('.away'))
    const path = home(desk, 'journal', taken ?? '')
    rmSync(path.replace(/\.away$/, ''), { recursive: true })
    // The process of that run is this one, which is still there.
    const journal = readFileSync(path, 'utf8').replaceAll(`"process":${process.pid}`, '"process":999999999')
    writeFileSync(path.replace(/\.away$/, ''), journal)
    rmSync(path)
    const again = await desk.run(founding, { random: seededRandom('again') })
    expect(again.exit, again.err).toBe(0)
    expect(Object.keys(await desk.memory())).toHaveLength(3)
    expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000))).toBe(0)
    expect(readdirSync(home(desk, 'journal'))).toEqual([])
  })

  test('of the journal, before anything was programmed, leaves the chip as it was', async () => {
    const desk = await made()
    const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
    const ran = await after(desk, 'blank-old', () => inTheWay(journalOf(desk)))
    expect(ran.exit, ran.out + ran.err).toBe(1)
    expect(ran.err).toMatch(/^error {2}at save: .*EISDIR/m)
    expect(ran.err).toMatch(/the application that was there is untouched/)
    expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000))).toBe(0)
  })

  test('of a run before is told before any board is touched', async () => {
    const desk = await made()
    mkdirSync(home(desk, 'journal', 'probe-old.jsonl'), { recursive: true })
    const ran = await desk.run(founding)
    expect(ran.exit, ran.out + ran.err).toBe(1)
    expect(ran.err).toMatch(/^error {2}what runs that were cut have left could not be read.*EISDIR/m)
    expect(ran.err).toMatch(/^state {2}no board was touched/m)
    expect(desk.bench.calls()).toEqual([])
  })

  test('of the private folder leaves the chip as it was: without that no key is programmed', async () => {
    const desk = await made()
    const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
    const gone = (): void => rmSync(join(desk.folder, 'memory'), { recursive: true })
    const ran = await after(desk, 'save', gone)
    expect(ran.exit, ran.out + ran.err).toBe(1)
    expect(ran.err).toMatch(/^error {2}at write: a file could not be read or written: ENOENT/m)
    expect(ran.err).toMatch(/no credential was programmed; the application that was there is untouched/)
    expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000))).toBe(0)
  })

  test('of what was kept is told without a claim that it is kept, and --program-app brings the board back', async () => {
    const desk = await made()
    const away = (): void => {
      for (const name of readdirSync(home(desk, 'journal')))
        if (name.endsWith('.hex')) rmSync(home(desk, 'journal', name))
    }
    const ran = await after(desk, 'answer', away)
    expect(ran.exit, ran.out + ran.err).toBe(7)
    expect(ran.err).toMatch(/^error {2}at program: what was on the chip was kept in .*\.hex, and is there no more/m)
    expect(ran.err).toMatch(
      /^state +no credential is left.*its application is not in place; its modem has taken 3 of 3/m,
    )
    expect(desk.leaks()).toEqual([])
    const once = await desk.run(founding, { random: seededRandom('once') })
    expect(once.exit, once.err).toBe(6)
    expect(once.err).toMatch(/there is no application .*to put back/)
    expect(once.out).not.toMatch(/^write /m)
    const next = /^next +sectag (.*) --program-app APP\.hex$/m.exec(ran.err)?.[1] ?? ''
    const again = await desk.run([...next.split(' '), '--program-app', 'app.hex'])
    expect(again.exit, again.err).toBe(0)
    expect(desk.chip.program).toEqual({ is: 'application', name: 'new' })
  })
})

test('the file error of one board does not end the others, and each has its line and its event', async () => {
  const desk = await made()
  const paper = await freshPaper()
  const other = desk.bench.chip()
  put(other, testApplication('old'))
  desk.bench.plug('960000002', other)
  desk.file('two.crt', paper.certificate)
  desk.file('two.key', paper.key)
  const rows = [`${probe},${tag},board.crt,board.key`, `960000002,${tag},two.crt,two.key`]
  desk.file('boards.csv', `probe,tag,cert,key\n${rows.join('\n')}\n`)
  const mine = (): void => {
    for (const name of readdirSync(home(desk, 'journal')))
      if (name.endsWith('.jsonl') && existsSync(home(desk, 'journal', name)) && isOf(desk, name))
        inTheWay(home(desk, 'journal', name))
  }
  const ran = await after(desk, 'write', mine, ['apply', '--boards', 'boards.csv', '--writer', 'writer.hex'])
  expect(ran.exit, ran.out + ran.err).toBe(7)
  expect(ran.out).toMatch(new RegExp(`^${probe} {2}exit 7 {2}at run: a file could not be read or written`, 'm'))
  expect(ran.out).toMatch(/^960000002 {2}PRESENCE/m)
  expect(desk.chip.program).toEqual(old)
  expect(other.program).toEqual(old)
  expect(Object.keys(await memoryOf(other))).toHaveLength(2)
  expect(desk.leaks().filter((file) => file.endsWith('flash.bin'))).toEqual([])
})

withMounts(
  'on a disk that is full at any moment no key stays in flash, the application is there, and the next run ends well',
  { timeout: 600_000 },
  async () => {
    const exits = new Set<number | null>()
    const rooms = [8, 12, ...sampled([0, 4, 16, 20, 32, 150], 2)]
    await inParallel(rooms, 2, async (room) => {
      const desk = await made()
      mkdirSync(home(desk))
      const argv = room < 100 ? [...founding, '--program-app', 'app.hex'] : founding
      const running = start(argv, { cwd: desk.folder, env: desk.env, under: fullDisk(home(desk), room) })
      const exit = await running.ended
      exits.add(exit)
      // Without any room the home is refused before anything is begun.
      expect(room === 0 ? [2] : [0, 1, 2, 7], running.err()).toContain(exit)
      if (exit !== 0) expect(running.err()).toMatch(/^error .*ENOSPC[^]*^state [^]*^why [^]*^next +\S/m)
      expect(desk.leaks(), `${room}`).toEqual([])
      expect(desk.chip.program).toMatchObject({ is: 'application' })
      const again = await desk.run(argv)
      expect(again.exit, `${room}: ${again.err}`).toBe(0)
      // One that could not even be begun says nothing.
      const open = readdirSync(home(desk, 'journal')).filter(
        (file) => readValues(home(desk, 'journal', file)).length > 0,
      )
      expect(open).toEqual([])
      expect(Object.keys(await desk.memory())).toHaveLength(3)
    })
    expect(exits).toContain(7)
  },
)

function isOf(desk: ProbeDesk, name: string): boolean {
  return readFileSync(home(desk, 'journal', name), 'utf8').includes(`"serial":"${probe}"`)
}

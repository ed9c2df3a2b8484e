import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { lineOf } from '../../src/cli/probe/board-line.ts'
import type { ListedBoard } from '../../src/cli/probe/boards-file.ts'
import type { FakeName } from '../probe/chip/bench.ts'
import type { ChipOrder } from '../probe/chip/chip.ts'
import { otherFirmware, testApplication } from '../probe/chip/programs.ts'
import { freshPaper } from '../support/paper.ts'
import { founding, memoryOf, probe, type ProbeDesk, put, rootAlone, tag } from '../support/probe-desk.ts'
import { benchFor, nextLine, wordsOf } from '../support/probe-tests.ts'

const made = (order: ChipOrder = {}, tools: readonly FakeName[] = ['nrfutil']): Promise<ProbeDesk> =>
  benchFor(order, tools)

/** Only these folders are on PATH: no tool of this machine. */
function onlyBench(desk: ProbeDesk): Record<string, string> {
  return { ...desk.env, PATH: [join(desk.bench.folder, 'bin'), '/usr/bin', '/bin'].join(delimiter) }
}

/** `nrfutil` as it is before anything was installed into it. */
function freshNrfutil(desk: ProbeDesk): void {
  const path = join(desk.bench.folder, 'bin', 'nrfutil')
  rmSync(path, { force: true })
  writeFileSync(path, '#!/bin/sh\necho "error: unrecognized subcommand: $1" >&2\nexit 1\n')
  chmodSync(path, 0o755)
}

describe('a tool', () => {
  test('that is nrfutil without its device command is no tool: another one is named, or what installs it', async () => {
    const both = await made({}, ['nrfutil', 'pyocd'])
    freshNrfutil(both)
    const ran = await both.run(founding, { env: onlyBench(both) })
    expect(ran.exit, ran.err).toBe(3)
    expect(ran.err).toMatch(/does not even list probes \(it ended with 1\): error: unrecognized subcommand: device/)
    expect(ran.err).toMatch(/^state +nothing on the board was changed/m)
    expect(nextLine(ran)).toMatch(/--probe-tool pyocd$/)
    expect((await both.run(wordsOf(nextLine(ran)), { env: onlyBench(both) })).exit).toBe(0)
    const alone = await made({}, [])
    freshNrfutil(alone)
    const told = await alone.run(founding, { env: onlyBench(alone) })
    expect(told.exit, told.err).toBe(3)
    expect(nextLine(told)).toMatch(/^nrfutil install device {3}# then sectag apply /)
  })

  test('is missing: nothing is named that needs it', async () => {
    const none = await made({}, [])
    expect(nextLine(await none.run(founding, { env: onlyBench(none) }))).toMatch(/^pip install pyocd /)
    const line = founding.filter((word) => word !== '--probe' && word !== probe)
    expect(nextLine(await none.run(line, { env: onlyBench(none) }))).toMatch(/^pip install pyocd /)
    const one = await made({}, ['pyocd'])
    const named = await one.run([...founding, '--probe-tool', 'jlink'], { env: onlyBench(one) })
    expect(named.exit).toBe(3)
    expect((await one.run(wordsOf(nextLine(named)), { env: onlyBench(one) })).exit).toBe(0)
  })

  test('that cannot tell or unlock a locked chip is not told to ask one that is not there', async () => {
    const alone = await made({ locked: true }, ['JLinkExe'])
    const unlock = [...founding, '--unlock', '--program-app', 'app.hex', '--yes']
    const dark = await alone.run(founding, { env: onlyBench(alone) })
    expect(dark.exit).toBe(3)
    expect(nextLine(dark)).toMatch(/^sectag apply .* {3}# when the board has power; whether it is locked/)
    expect(nextLine(await alone.run(unlock, { env: onlyBench(alone) }))).toMatch(
      /^pip install pyocd .*--probe-tool pyocd$/,
    )
    const both = await made({ locked: true }, ['JLinkExe', 'probe-rs'])
    const asked = await both.run([...unlock, '--probe-tool', 'jlink'], { env: onlyBench(both) })
    expect(nextLine(asked)).toMatch(/ --yes --probe-tool probe-rs$/)
    const seen = await both.run([...founding, '--probe-tool', 'jlink'], { env: onlyBench(both) })
    expect(nextLine(seen)).toMatch(/--probe-tool probe-rs {3}#/)
  })
})

describe('what is told to type next', () => {
  test('is not the probe that is missing, but the one that is there', async () => {
    const desk = await made()
    const line = founding.map((word) => (word === probe ? '960000002' : word))
    const ran = await desk.run(line)
    expect(ran.exit).toBe(3)
    expect(nextLine(ran)).toMatch(/--probe (?:000)?960000001 .* {3}# if that is the board$/)
    expect((await desk.run(wordsOf(nextLine(ran)))).exit).toBe(0)
    desk.bench.plug('960000003', desk.bench.chip())
    expect(nextLine(await desk.run(line))).toMatch(/^nrfutil device list {3}#/)
  })

  test('leaves a page out that the writer does not name', async () => {
    const desk = await made()
    desk.file('other.hex', otherFirmware())
    const ran = await desk.run([...founding, '--writer-page', '0xFF000'])
    expect(ran.exit, ran.err).toBe(3)
    expect(nextLine(ran)).toBe(`sectag ${founding.join(' ')}`)
    expect((await desk.run(wordsOf(nextLine(ran)))).exit).toBe(0)
  })

  test('is the line of a manifest that is wrong', async () => {
    const desk = await made()
    const entry = `  - tag: ${tag}\n    ca: root.crt\n`
    desk.file('twice.yaml', `sectag: 1\ntags:\n${entry}${entry}`)
    const ran = await desk.run(['apply', '--probe', probe, '--writer', 'writer.hex', 'twice.yaml'])
    expect(ran.exit, ran.err).toBe(2)
    expect(nextLine(ran)).toMatch(/^mend line 5 of .*twice\.yaml$/)
  })

  test('where the modem is full is what makes room', async () => {
    const desk = await made({ refuses: { at: 1, code: 515 } })
    const ran = await desk.run(founding)
    expect(ran.exit, ran.err).toBe(4)
    expect(nextLine(ran)).toMatch(/^sectag list --port .*erase there what is not needed/)
  })

  test('about an item that is too long speaks of the writer, who takes 4077 bytes', async () => {
    const desk = await made()
    desk.file('root.crt', desk.paper.ca.repeat(9))
    const ran = await desk.run(founding)
    expect(ran.exit, ran.err).toBe(2)
    expect(ran.err).toMatch(/bytes too long: it has \d+, and a writer takes 4077/)
    expect(ran.err).not.toMatch(/AT host|AT command/)
  })
})

describe('with several boards', () => {
  const second = '960000002'

  async function two(): Promise<ProbeDesk> {
    const desk = await made()
    const [other, paper] = [desk.bench.chip(), await freshPaper()]
    put(other, testApplication('old'))
    desk.bench.plug(second, other)
    desk.file('two.crt', paper.certificate)
    desk.file('two.key', paper.key)
    return desk
  }

  test('each is named alone, and what is done is not done again', async () => {
    const desk = await two()
    const line = rootAlone(`${probe},960000009`)
    const ran = await desk.run([...line, '--json'])
    const failed = ran.events.find(({ type, exit }) => type === 'probe' && exit === 3)
    expect(JSON.stringify(failed)).not.toContain('sectag apply --probe 960000001')
    const end = await desk.run(line)
    expect(end.out).not.toMatch(new RegExp(`next +sectag .*${probe}`))
    expect(nextLine(end)).toMatch(
      /^sectag apply --probe 960000009 --writer writer\.hex .*# or what each of them names above$/,
    )
  })

  test('from a list the command for one of them names the list, which has its files', async () => {
    const desk = await two()
    const rows = [`${probe},${tag},board.crt,board.key`, `${second},${tag},two.crt,two.key`]
    desk.file('boards.csv', `probe,tag,cert,key\n${rows.join('\n')}\n`)
    desk.bench.unplug(second)
    const ran = await desk.run(['apply', '--boards', 'boards.csv', '--writer', 'writer.hex'])
    expect(ran.exit, ran.err).toBe(7)
    const line = `sectag apply --boards boards.csv --writer writer.hex --only ${second}`
    expect(nextLine(ran)).toBe(`${line}   # or what each of them names above`)
    const chip = desk.bench.chip()
    put(chip, testApplication('old'))
    desk.bench.plug(second, chip)
    expect((await desk.run(wordsOf(nextLine(ran)))).exit).toBe(0)
    expect(Object.keys(await memoryOf(chip))).toHaveLength(2)
  })

  test('of which two are one, the wiring is to be mended before anything is typed again', async () => {
    const desk = await made()
    desk.bench.plug(second, desk.chip)
    const line = rootAlone(`${probe},${second}`)
    const ran = await desk.run(line)
    expect(ran.exit).toBe(7)
    expect(ran.out).toMatch(
      /next +nrfutil device list {3}# each probe belongs to a board of its own; then sectag apply --probe \d+ /,
    )
  })
})

test.each([
  ['sectag apply --probe A,B --writer w.hex m.yaml', 'sectag apply --probe B --writer w.hex m.yaml'],
  ['sectag apply --probe A --writer w.hex --probe B m.yaml', 'sectag apply --probe B --writer w.hex m.yaml'],
  ['sectag apply --probe=A,B --probe-tool jlink', 'sectag apply --probe B --probe-tool jlink'],
  [
    "sectag apply --boards 'my list.csv' --writer 'it'\\''s.hex'",
    "sectag apply --boards 'my list.csv' --writer 'it'\\''s.hex' --only B",
  ],
  ["sectag apply '--boards=my list.csv' --yes", "sectag apply '--boards=my list.csv' --yes --only B"],
  ['sectag apply --boards l.csv --only A,B --yes', 'sectag apply --boards l.csv --only B --yes'],
])('%s for one of its boards is that board only', (line, expected) => {
  const board: ListedBoard = { probe: 'B', job: { tag: 7, flags: [['ca', '/here/c.crt']] } }
  expect(lineOf(line, [board])).toBe(expected)
})

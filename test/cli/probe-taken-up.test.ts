import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { seededRandom } from '../../src/terms/index.ts'
import type { Ran } from '../support/cli.ts'
import { founding, probe, type ProbeDesk, probeDesk } from '../support/probe-desk.ts'

const desks: ProbeDesk[] = []
afterEach(() => {
  for (const desk of desks.splice(0)) desk.clear()
})

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
  const desk = await probeDesk({}, ['nrfutil'])
  desks.push(desk)
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

function expectFailure(ran: Ran, exit: number, ...words: RegExp[]): void {
  expect(ran.exit, ran.out + ran.err).toBe(exit)
  for (const part of ['error', 'state', 'why', 'next']) expect(ran.err).toMatch(new RegExp(`^${part} +\\S`, 'm'))
  for (const word of words) expect(ran.err).toMatch(word)
}

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

import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readValues } from '../../src/cli/home/json-lines.ts'
import { figure } from '../support/figures.ts'
import { killAt } from '../support/kill-at.ts'
import { inParallel } from '../support/pool.ts'
import { founding, type ProbeDesk, probeDesk, showsKey, tag } from '../support/probe-desk.ts'
import { seededRandom } from '../../src/terms/index.ts'
import { start } from '../support/process.ts'
import { sampled } from '../support/scale.ts'
import { toolsEnded } from '../support/slow-tool.ts'
import { compiled, type FakeName, fakeNames } from '../probe/chip/bench.ts'
import { writer91x1 } from '../probe/chip/marked.ts'
import { openWriterPage } from '../probe/chip/programs.ts'

const hour = 3_600_000
const never = 1_000_000
type Part = 'nRF9160' | 'nRF9161'

/** Runs the founding command as a process of its own that is killed at a moment; returns what it said. */
async function killed(desk: ProbeDesk, argv: readonly string[], moment: number): Promise<string> {
  const more = {
    NODE_OPTIONS: `--import=${killAt}`,
    SECTAG_KILL_AT: String(moment),
    SECTAG_KILL_CALLS: '1',
    NODE_COMPILE_CACHE: compiled,
  }
  const running = start(argv, { cwd: desk.folder, env: { ...desk.env, ...more } })
  await running.ended
  expect(running.child.signalCode, running.err()).toBe(moment === never ? null : 'SIGKILL')
  return running.out() + running.err()
}

/** A desk with a chip of this part, and the writer for it. */
async function deskFor(part: Part, tool: FakeName): Promise<ProbeDesk> {
  const desk = await probeDesk({ part }, [tool])
  if (part !== 'nRF9160') desk.file('writer.hex', writer91x1(openWriterPage))
  return desk
}

async function momentsOf(argv: readonly string[], part: Part, tool: FakeName): Promise<number[]> {
  const desk = await deskFor(part, tool)
  const count = Number(/moments: (\d+)/.exec(await killed(desk, argv, never))?.[1])
  desk.clear()
  expect(count).toBeGreaterThan(60)
  return sampled(
    Array.from({ length: count }, (_, index) => index),
    2,
  )
}

function begun(desk: ProbeDesk, file: string): boolean {
  return !file.endsWith('.jsonl') || readValues(join(desk.folder, 'home', 'journal', file)).length > 0
}

function factsOf(desk: ProbeDesk): string[] {
  const folder = join(desk.folder, 'home', 'known')
  const files = existsSync(folder) ? readdirSync(folder) : []
  return files.flatMap((name) => readValues<{ fact: string }>(join(folder, name)).map(({ fact }) => fact))
}

/** What is to be killed: what the board ends with, and which part is on it. On a hardened lock the writer is tried first. */
interface Scene {
  readonly figure: string
  readonly words: string
  readonly part: Part
  readonly more: readonly string[]
  readonly name: 'new' | 'old'
  readonly tools: readonly FakeName[]
}
const scenes: readonly Scene[] = [
  {
    figure: 'kill-probe-named-application',
    words: 'the application that was named',
    part: 'nRF9160',
    more: ['--program-app', 'app.hex'],
    name: 'new',
    tools: fakeNames,
  },
  {
    figure: 'kill-probe-saved-application',
    words: 'the application that was there',
    part: 'nRF9160',
    more: [],
    name: 'old',
    tools: fakeNames,
  },
  {
    figure: 'kill-probe-hardened',
    words: 'the application that was there, on an nRF9161',
    part: 'nRF9161',
    more: [],
    name: 'old',
    tools: ['nrfutil'],
  },
]
const counted = new Map(scenes.map((scene) => [scene, {}]))

afterAll(() => {
  for (const [{ figure: name, words }, byTool] of counted) figure(name, { words, byTool })
})

test.each(scenes.flatMap((scene) => scene.tools.map((tool) => [scene.words, tool, scene] as const)))(
  'killed at any moment, the next run ends well, no byte of the key is left, and the board has %s, through %s',
  {
    timeout: hour,
  },
  async (_title, tool, scene) => {
    const { part, name } = scene
    const argv = [...founding, ...scene.more]
    const moments = await momentsOf(argv, part, tool)
    const found = { kills: 0, keyInFlash: 0, keyInFile: 0, keyLeft: 0, endedWell: 0, remembered: 0 }
    await inParallel(moments, 3, async (moment) => {
      const desk = await deskFor(part, tool)
      const before = Buffer.from(desk.chip.flash.read(0, 0x10_0000))
      const said = await killed(desk, argv, moment)
      expect(showsKey(said, desk.paper.key), `at ${moment}`).toBe(false)
      const left = desk.leaks()
      if (left.some((file) => file.endsWith('flash.bin'))) found.keyInFlash++
      if (left.some((file) => file.startsWith('memory'))) found.keyInFile++
      // The journal knows of it before it is so; nothing else ever has it.
      expect(
        left.filter((file) => !file.endsWith('flash.bin') && !file.startsWith('memory')),
        `at ${moment}`,
      ).toEqual([])
      const journals = existsSync(join(desk.folder, 'home', 'journal'))
        ? readdirSync(join(desk.folder, 'home', 'journal')).filter((file) => file.endsWith('.jsonl'))
        : []
      if (left.length > 0) expect(journals, `at ${moment}`).toHaveLength(1)
      // Killed before its tool was let go: that ends too, a moment later.
      await toolsEnded(desk)
      const held = Object.keys(await desk.memory()).length
      const again = await desk.run(argv, { random: seededRandom('again') })
      expect(again.exit, `killed at ${moment}: ${said}${again.err}`).toBe(0)
      expect(desk.leaks(), `killed at ${moment}`).toEqual([])
      found.endedWell++
      expect(desk.chip.program).toEqual({ is: 'application', name })
      if (name === 'old') expect(Buffer.compare(before, desk.chip.flash.read(0, 0x10_0000)), `at ${moment}`).toBe(0)
      expect(Object.keys(await desk.memory())).toEqual([`${tag}/0`, `${tag}/1`, `${tag}/2`])
      // Killed over its first line it had begun nothing, and says nothing.
      const open = readdirSync(join(desk.folder, 'home', 'journal')).filter((file) => begun(desk, file))
      expect(open, `at ${moment}`).toEqual([])
      expect(readdirSync(join(desk.folder, 'memory'))).toEqual([])
      // What the cut run may have given the board is remembered too, not only what the last one gave.
      const facts = factsOf(desk)
      expect(facts.slice(-2)).toEqual(['writing', 'written'])
      if (held > 0) expect(facts.length, `at ${moment}`).toBeGreaterThanOrEqual(4)
      if (held > 0) found.remembered++
      found.keyLeft += desk.leaks().length
      found.kills++
      desk.clear()
    })
    Object.assign(counted.get(scene) ?? {}, { [tool]: { ...found, moments: moments.length } })
    expect(found).toMatchObject({ kills: moments.length, endedWell: moments.length, keyLeft: 0 })
  },
)

import { expect, test } from 'vitest'
import { makePapers } from './papers.ts'
import { inParallel } from '../support/pool.ts'
import { scale, scaled } from '../support/scale.ts'
import { type Replay, replay } from './pty.ts'
import { makeSetting, type Papers } from './setting.ts'
import { isOdd } from './tally.ts'

/** These are waited for in real time, up to a minute each: only where all is run. */
const long: ReadonlySet<string> = new Set(['slow', 'silence', 'lost-line', 'noise'])

/** The first seeds of the proving run; at less than full scale without those that take long. */
function seedsFor(count: number, papers: Papers): string[] {
  const seeds: string[] = []
  for (let index = 0; seeds.length < count; index++) {
    const seed = `1/${index}`
    if (scale >= 1 || !long.has(makeSetting(seed, papers).kind)) seeds.push(seed)
  }
  return seeds
}

test('the same seeds over PTYs in real time come out as over memory on the virtual clock', {
  timeout: 3_600_000,
}, async () => {
  const papers = await makePapers()
  const replays: Replay[] = []
  await inParallel(seedsFor(scaled(200), papers), 16, async (seed) => {
    replays.push(await replay(seed, papers))
  })
  expect(replays.map(({ pty }) => pty).filter(isOdd)).toEqual([])
  const verdicts = replays.map(({ pty, memory }) => [pty.seed, pty.kind, pty.verdict, memory.verdict])
  expect(verdicts.filter(([, , pty, memory]) => pty !== memory)).toEqual([])
})

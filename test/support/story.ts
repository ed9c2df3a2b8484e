import type { Context } from '../../src/cli/context.ts'
import { playStory, type Played } from '../../src/cli/demo/story.ts'
import type { StoryOptions } from '../../src/cli/demo/stage.ts'
import { Output } from '../../src/cli/output.ts'
import { runCommand } from '../../src/cli/program.ts'
import { systemRandom } from '../../src/cli/system-random.ts'
import { openPort, systemClock } from '../../src/port/index.ts'
import { expectPublished } from './schema.ts'

/** A story that was played to its end, its stage still standing, with all that it told. */
export interface Heard extends Played {
  readonly events: readonly Record<string, unknown>[]
  readonly seconds: number
}

/** Plays a story in real time on real PTYs. Whoever calls closes the stage. */
export async function hearStory(options: StoryOptions, signal = new AbortController().signal): Promise<Heard> {
  let out = ''
  const context: Context = {
    clock: systemClock,
    random: systemRandom,
    env: {},
    cwd: process.cwd(),
    out: (text) => {
      out += text
    },
    err: () => {},
    colour: { out: false, err: false },
    ask: undefined,
    input: { async *[Symbol.asyncIterator]() {} },
    signal,
    readerGone: new AbortController().signal,
    listPorts: async () => [],
    openPort: (address, serial) => openPort(address, serial, systemClock),
  }
  const output = new Output({ mode: 'json', ...context })
  const run = (argv: readonly string[], inside: Context): Promise<number> => runCommand(argv, '0.0.0-test', inside)
  const started = performance.now()
  const played = await playStory(context, output, { args: [], options: {}, line: '', verbs: [], run }, options)
  const seconds = Math.round((performance.now() - started) / 100) / 10
  output.end('demo', played.ending)
  const events = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expectPublished(events)
  return { ...played, events, seconds }
}

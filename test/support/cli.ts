import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Port } from '../../src/at/index.ts'
import type { Context } from '../../src/cli/context.ts'
import { runCommand } from '../../src/cli/program.ts'
import { openPort, type PortProblem } from '../../src/port/index.ts'
import { type Clock, type Outcome, ok, seededRandom } from '../../src/terms/index.ts'
import { fastClock } from './clock.ts'
import { expectPublished } from './schema.ts'

/** What one command line did. */
export interface Ran {
  readonly exit: number
  readonly out: string
  readonly err: string
  /** The lines of `--json`. */
  readonly events: Record<string, unknown>[]
  /** The last of them. */
  readonly result: Record<string, unknown>
}

/** A place to run command lines in: a folder of its own, and the boards that `--port test:NAME` means. */
export interface Desk {
  readonly folder: string
  readonly boards: Map<string, () => Port>
  file(name: string, text: string | Uint8Array): string
  run(argv: readonly string[], more?: Partial<Context>): Promise<Ran>
  clear(): void
}

/** Makes one. */
export function desk(clock: Clock = fastClock()): Desk {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-test-'))
  const boards = new Map<string, () => Port>()
  return {
    folder,
    boards,
    file(name, text) {
      writeFileSync(join(folder, name), text)
      return name
    },
    clear: () => rmSync(folder, { recursive: true, force: true }),
    async run(argv, more = {}) {
      let out = ''
      let err = ''
      const collect = (text: string): void => {
        out += text
        more.out?.(text)
      }
      const context: Context = {
        clock,
        random: seededRandom(argv.join(' ')),
        env: { SECTAG_HOME: join(folder, 'home') },
        cwd: folder,
        out: collect,
        err: (text) => {
          err += text
        },
        colour: { out: false, err: false },
        ask: undefined,
        input: { async *[Symbol.asyncIterator]() {} },
        signal: new AbortController().signal,
        readerGone: new AbortController().signal,
        listPorts: async () => [],
        openPort: async (address, options): Promise<Outcome<Port, PortProblem>> => {
          const plugged = boards.get(address)
          return plugged === undefined ? openPort(address, options, clock) : ok(plugged())
        },
        ...more,
      }
      const heard = { ...context, out: collect }
      const exit = await runCommand(argv, '0.0.0-test', heard)
      const events = argv.includes('--json')
        ? out
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line) as Record<string, unknown>)
        : []
      if (events.length > 0) expectPublished(events)
      return { exit, out, err, events, result: events.at(-1) ?? {} }
    },
  }
}

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Port } from '../../src/at/index.ts'
import type { Context } from '../../src/cli/context.ts'
import { homeAt } from '../../src/cli/home/home.ts'
import { keepSession } from '../../src/cli/home/sessions.ts'
import { runCommand } from '../../src/cli/program.ts'
import { type Clock, ok, seededRandom } from '../../src/terms/index.ts'
import type { OracleClient } from '../oracle/session.ts'
import { tag, textsOf } from './setting.ts'
import type { BrokerPaper } from '../support/paper.ts'

/** What one command line printed with `--json`, and its exit code. */
export interface Said {
  readonly verb: string
  readonly exit: number
  readonly events: readonly Record<string, unknown>[]
  readonly result: Record<string, unknown>
}

/** Somebody with sectag, a folder with the files, and a board on a cable. */
export interface User {
  /** `sectag VERB --port … --json`, with the files where the verb takes them. */
  types(verb: 'apply' | 'verify' | 'resume', ...more: readonly string[]): Promise<Said>
  /** A broker's witness saw this session now. */
  sees(client: OracleClient): void
  leaves(): void
}

const names = ['root.crt', 'board.crt', 'board.key'] as const

/** Sits down; `plug` gives a port to the board. */
export function userAt(clock: Clock, wanted: BrokerPaper, plug: () => Promise<Port>): User {
  const folder = mkdtempSync(join(roomFor(), 'sectag-prove-'))
  for (const [type, text] of textsOf(wanted).entries()) writeFileSync(join(folder, names[type] ?? ''), text)
  const files = ['--tag', String(tag), '--ca', names[0], '--cert', names[1], '--key', names[2]]
  const home = join(folder, 'home')
  const never = new AbortController().signal
  let typed = 0
  return {
    async types(verb, ...more) {
      let out = ''
      const context: Context = {
        clock,
        random: seededRandom(`${folder}/${typed++}`),
        env: { SECTAG_HOME: home },
        cwd: folder,
        out: (text) => void (out += text),
        err: () => {},
        colour: { out: false, err: false },
        ask: undefined,
        input: { async *[Symbol.asyncIterator]() {} },
        signal: never,
        readerGone: never,
        listPorts: async () => [],
        openPort: async () => ok(await plug()),
      }
      const argv = [verb, '--port', 'test:board', ...(verb === 'resume' ? [] : files), ...more, '--json']
      const exit = await runCommand(argv, '0.0.0-prove', context)
      const events = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>)
      return { verb, exit, events, result: events.at(-1) ?? {} }
    },
    sees({ fingerprint, subject }) {
      const certificate = { fingerprint, subject, serial: '' }
      const now = clock.now()
      keepSession(homeAt(home), { at: now, session: now, peer: '', handshake: 'full', certificate }, 'embedded')
    },
    leaves: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Thousands of homes whose every line is synced: in memory where there is such a place, as no disk is proven here. */
function roomFor(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
}

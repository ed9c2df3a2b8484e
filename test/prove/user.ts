import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Port } from '../../src/at/index.ts'
import type { Sighting } from '../../src/broker/index.ts'
import { fileNames } from '../../src/cli/ca/folder.ts'
import type { Context } from '../../src/cli/context.ts'
import { ensureHome, homeAt } from '../../src/cli/home/home.ts'
import { keepSession } from '../../src/cli/home/sessions.ts'
import { runCommand } from '../../src/cli/program.ts'
import type { AuthorityFiles } from '../../src/pki/index.ts'
import { ok, seededRandom } from '../../src/terms/index.ts'
import { passphrase } from '../support/authority.ts'
import { type Papers, type Setting, tag, textsOf } from './setting.ts'

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
  /** A broker's witness saw this session, and it is kept as `watch` keeps it. */
  keeps(sighting: Sighting): void
  /** The certificate that was issued last for a key that was born in a board, PEM, leaf first. */
  issued(): string | undefined
  leaves(): void
}

const names = ['root.crt', 'board.crt', 'board.key'] as const

/** Sits down; `plug` gives a port to the board. */
export function userAt(
  { clock, way }: Pick<Setting, 'clock' | 'way'>,
  papers: Papers,
  plug: () => Promise<Port>,
): User {
  const { wanted, authority } = papers
  const folder = mkdtempSync(join(roomFor(), 'sectag-prove-'))
  for (const [type, text] of textsOf(wanted).entries()) writeFileSync(join(folder, names[type] ?? ''), text)
  const pair = way === 'born' ? ['--enrol', 'device'] : ['--cert', names[1], '--key', names[2]]
  const files = ['--tag', String(tag), '--ca', names[0], ...pair]
  const home = join(folder, 'home')
  if (way === 'born') foundIn(home, authority.files)
  const never = new AbortController().signal
  let typed = 0
  return {
    async types(verb, ...more) {
      let out = ''
      const context: Context = {
        clock,
        random: seededRandom(`${folder}/${typed++}`),
        env: { SECTAG_HOME: home, SECTAG_CA_PASSPHRASE: passphrase },
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
    keeps: (sighting) => keepSession(homeAt(home), sighting, 'embedded'),
    issued: () => issuedIn(join(home, 'known')),
    leaves: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Thousands of homes whose every line is synced: in memory where there is such a place, as no disk is proven here. */
function roomFor(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
}

/** An authority as `ca init` would have made it. */
function foundIn(home: string, files: AuthorityFiles): void {
  const folder = join(ensureHome(home).path, 'ca')
  mkdirSync(folder, { mode: 0o700 })
  for (const [part, name] of Object.entries(fileNames))
    writeFileSync(join(folder, name), files[part as keyof AuthorityFiles], { mode: 0o600 })
}

function issuedIn(known: string): string | undefined {
  if (!existsSync(known)) return undefined
  const lines = readdirSync(known).flatMap((name) => readFileSync(join(known, name), 'utf8').trim().split('\n'))
  const facts = lines.map((line) => JSON.parse(line) as { fact: string; chain?: string })
  return facts.findLast(({ fact }) => fact === 'enrolled')?.chain
}

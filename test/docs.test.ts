import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import type { Context } from '../src/cli/context.ts'
import { verbs } from '../src/cli/verbs/index.ts'
import { systemClock } from '../src/port/index.ts'
import { findProgram, needs } from './support/outside.ts'
import { workbench } from './support/workbench.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (name: string): string => readFileSync(join(root, name), 'utf8')

/** One command of a page, and the exit code that it is said to end with. `to` is the file behind its `>`. */
interface Typed {
  readonly program: string
  readonly line: string
  readonly to: string | undefined
  readonly exit: number
}

/** Commands of the console blocks of a page: ours, and those of others that prepare files for them. */
function commandLines(page: string): Typed[] {
  const blocks = [...page.matchAll(/```console\n([^]*?)```/g)].flatMap((match) => (match[1] ?? '').split('\n'))
  return blocks.flatMap((typed) => {
    const [command = '', comment = ''] = typed.split(/\s+#\s*/)
    const [, program, line = '', to] = /^\$ (sectag|openssl|chmod) (.*?)(?: > (\S+))?\s*$/.exec(command) ?? []
    return program === undefined ? [] : [{ program, line, to, exit: Number(/exit (\d+)/.exec(comment)?.[1] ?? 0) }]
  })
}

async function runPage(page: string, more: Partial<Context> = {}): Promise<void> {
  const made = await workbench()
  made.boards.set('/dev/ttyACM0', () => made.board.plug().port)
  made.file('BT36-chain.crt', made.paper.certificate)
  made.file('BT36.key', made.paper.key)
  const manifest = /```yaml\n([^]*?)```/.exec(page)?.[1]
  if (manifest !== undefined) made.file('manifest.yaml', manifest)
  const listPorts = async (): Promise<{ path: string; likely: 'nordic' }[]> => [
    { path: '/dev/ttyACM0', likely: 'nordic' },
  ]
  for (const { program, line, to, exit } of commandLines(page)) {
    if (program !== 'sectag') {
      execFileSync(program, line.split(/\s+/), { cwd: made.folder, stdio: 'pipe' })
      continue
    }
    const {
      exit: ended,
      out,
      err,
    } = await made.run(line.split(/\s+/), {
      listPorts,
      signal: line.startsWith('modem') ? AbortSignal.abort() : new AbortController().signal,
      ...more,
    })
    expect(ended, `sectag ${line}\n${out}${err}`).toBe(exit)
    if (to !== undefined) made.file(to, out)
  }
  made.clear()
}

const authorityGuide = 'docs/guide/authority.md'
const guides = readdirSync(join(root, 'docs/guide')).map((name) => `docs/guide/${name}`)

test.each(['README.md', ...guides.filter((name) => name !== authorityGuide)])(
  '%s: every command in it does what it says',
  async (name) => {
    expect(commandLines(read(name)).length).toBeGreaterThan(5)
    await runPage(read(name))
  },
)

needs('openssl', findProgram('openssl', 'SECTAG_OPENSSL') !== undefined)(
  `${authorityGuide}: every command in it does what it says, openssl agrees`,
  async () => {
    const page = read(authorityGuide)
    expect(commandLines(page).length).toBeGreaterThan(12)
    // openssl looks at the real clock.
    await runPage(page, { clock: systemClock })
  },
)

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

test.each(pages)('%s: every link to a file of ours leads somewhere', (name) => {
  const links = [...read(name).matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '')
  for (const link of links) expect(existsSync(join(root, dirname(name), link)), link).toBe(true)
})

test('the README names every verb', () => {
  for (const { name } of verbs) expect(read('README.md')).toMatch(new RegExp(`^\\| .*\`${name}\``, 'm'))
})

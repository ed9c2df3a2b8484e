import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { verbs } from '../src/cli/verbs/index.ts'
import { workbench } from './support/workbench.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (name: string): string => readFileSync(join(root, name), 'utf8')

/** Command lines of the console blocks of a page, with the exit code that each is said to end with. */
function commandLines(page: string): [string, number][] {
  const blocks = [...page.matchAll(/```console\n([^]*?)```/g)].flatMap((match) => (match[1] ?? '').split('\n'))
  return blocks
    .filter((line) => line.startsWith('$ sectag '))
    .map((line) => {
      const [command = '', comment = ''] = line.slice('$ sectag '.length).split(/\s+#\s*/)
      return [command.trim(), Number(/exit (\d+)/.exec(comment)?.[1] ?? 0)]
    })
}

async function runPage(page: string): Promise<void> {
  const made = await workbench()
  made.boards.set('/dev/ttyACM0', () => made.board.plug().port)
  made.file('BT36-chain.crt', made.paper.certificate)
  made.file('BT36.key', made.paper.key)
  const manifest = /```yaml\n([^]*?)```/.exec(page)?.[1]
  if (manifest !== undefined) made.file('manifest.yaml', manifest)
  const listPorts = async (): Promise<{ path: string; likely: 'nordic' }[]> => [
    { path: '/dev/ttyACM0', likely: 'nordic' },
  ]
  for (const [line, exit] of commandLines(page)) {
    const {
      exit: ended,
      out,
      err,
    } = await made.run(line.split(/\s+/), {
      listPorts,
      signal: line.startsWith('modem') ? AbortSignal.abort() : new AbortController().signal,
    })
    expect(ended, `sectag ${line}\n${out}${err}`).toBe(exit)
  }
  made.clear()
}

const guides = readdirSync(join(root, 'docs/guide')).map((name) => `docs/guide/${name}`)

test.each(['README.md', ...guides])('%s: every command in it does what it says', async (name) => {
  expect(commandLines(read(name)).length).toBeGreaterThan(5)
  await runPage(read(name))
})

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

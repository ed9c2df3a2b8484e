import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { buildProgram } from '../../src/cli/program.ts'
import { verbs } from '../../src/cli/verbs/index.ts'
import { findProgram, needs } from '../support/outside.ts'
import { desk } from '../support/cli.ts'

const bench = desk()

test.each(verbs)(
  'sectag $name --help explains itself and shows three examples',
  async ({ name, examples, summary }) => {
    const { exit, out } = await bench.run([name, '--help'])
    expect(exit).toBe(0)
    expect(out.toLowerCase()).toContain(summary.slice(0, 20).toLowerCase())
    expect(new Set(examples).size).toBe(3)
    for (const example of examples) expect(out).toContain(example)
    for (const option of ['--json', '--quiet', '--home']) expect(out).toContain(option)
  },
)

const typed = verbs.flatMap(({ examples }) => examples.filter((example) => example.startsWith('sectag ')))

test.each(typed)('the example “%s” is a command line that is understood', (example) => {
  const words = example
    .replace(/\s+(?:#|>|\|).*$/, '')
    .split(' ')
    .slice(1)
  let chosen: string | undefined
  const program = buildProgram('', ({ verb }) => {
    chosen = verb.name
  })
  for (const command of [program, ...program.commands])
    command.exitOverride().configureOutput({ writeOut: () => {}, writeErr: () => {} })
  if (words.includes('--help')) return
  program.parse(words, { from: 'user' })
  expect(chosen).toBe(words[0])
})

test('sectag alone, --help and --version say what they should', async () => {
  expect((await bench.run([])).out).toContain('Usage: sectag')
  expect((await bench.run(['--help'])).out).toMatch(/Examples:\n( {2}sectag .*\n?){3}/)
  expect((await bench.run(['--version'])).out.trim()).toBe('0.0.0-test')
})

test('NO colour where none is wanted, and UNKNOWN is never green where it is', async () => {
  const plain = await bench.run([
    'verify',
    '--port',
    'virtual:?mfw=1.0.0',
    '--tag',
    '42',
    '--psk',
    bench.file('p', '6e7266393174657374'),
    '--psk-identity',
    'd',
  ])
  expect(plain.out + plain.err).not.toContain('\u001b[')
  const coloured = await bench.run(['info', '--port', 'virtual:?mfw=1.0.0'], { colour: { out: true, err: true } })
  expect(coloured.exit).toBe(0)
  const green = '\u001b[32m'
  const verified = await bench.run(
    ['verify', '--port', 'virtual:?mfw=1.0.0', '--tag', '42', '--psk', 'p', '--psk-identity', 'd'],
    { colour: { out: true, err: true } },
  )
  expect(verified.out).toContain('\u001b[')
  expect(verified.out + verified.err).not.toContain(green)
})

test('--quiet prints nothing but failures', async () => {
  const good = await bench.run(['list', '--port', 'virtual:?mfw=2.0.2', '--quiet'])
  expect([good.out, good.err]).toEqual(['', ''])
  const bad = await bench.run(['list', '--port', '/dev/ttyACM999', '--quiet'])
  expect(bad.out).toBe('')
  expect(bad.err).toMatch(/^error {2}/)
})

test('$SECTAG_PORT stands in for --port, and --port before it', async () => {
  const env = { SECTAG_PORT: 'virtual:?mfw=1.0.0' }
  expect((await bench.run(['info'], { env })).out).toContain('mfw_nrf9160_1.0.0')
  expect((await bench.run(['info', '--port', 'virtual:?mfw=2.0.2'], { env })).out).toContain('mfw_nrf91x1_2.0.2')
})

const bash = findProgram('bash', 'SECTAG_BASH')

needs('bash', bash !== undefined)('the completion script completes verbs and options in a real bash', async () => {
  const { out } = await bench.run(['completion', 'bash'])
  const complete = (words: string[]): string[] => {
    const script = `${out}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _sectag; printf '%s\\n' "\${COMPREPLY[@]}"`
    return execFileSync(bash ?? 'bash', ['-c', script], { encoding: 'utf8' })
      .trim()
      .split('\n')
  }
  expect(complete(['sectag', 'ver'])).toEqual(['verify'])
  expect(complete(['sectag', 'apply', '--re'])).toEqual(['--rewrite'])
  expect(complete(['sectag', 'ca', 'is'])).toEqual(['issue'])
  expect(complete(['sectag', 'ca', 'issue', '--profile', ''])).toEqual(['server', 'device', 'device-forever'])
})

test('in completion for fish every option has its name, short ones too', async () => {
  const { out } = await bench.run(['completion', 'fish'])
  expect(out).toMatch(/__fish_seen_subcommand_from list' -s p$/m)
  expect(out.split('\n').filter((line) => /-[ls] ?$|-l -/.test(line))).toEqual([])
})

test.each(['bash', 'zsh', 'fish', 'powershell'])('there is completion for %s, with every verb in it', async (shell) => {
  const { exit, out } = await bench.run(['completion', shell])
  expect(exit).toBe(0)
  for (const { name } of verbs) expect(out).toContain(name)
})

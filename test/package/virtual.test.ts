import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tsc = join(root, 'node_modules/.bin/tsc')
/** Somebody's program: its folder, with the packed package in its node_modules. */
let program = ''
let installed = ''

function run(command: string, args: readonly string[], cwd = program): string {
  return execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
}

beforeAll(() => {
  program = mkdtempSync(join(tmpdir(), 'sectag-package-'))
  const source = join(program, 'source')
  for (const part of ['package.json', 'bin', 'docs', 'CHANGELOG.md', 'README.md', 'LICENSE'])
    cpSync(join(root, part), join(source, part), { recursive: true })
  run(tsc, ['-p', 'tsconfig.build.json', '--outDir', join(source, 'dist')], root)
  run('npm', ['pack', '--ignore-scripts', '--silent'], source)
  const archive = readdirSync(source).find((name) => name.endsWith('.tgz')) ?? ''
  run('tar', ['xzf', join(source, archive)])
  installed = join(program, 'package')
  mkdirSync(join(program, 'node_modules'))
  const { dependencies, name } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
    name: string
  }
  symlinkSync(installed, join(program, 'node_modules', name))
  // What npm would install: the dependencies that the package names, and theirs.
  symlinkSync(join(root, 'node_modules'), join(installed, 'node_modules'))
  expect(Object.keys(dependencies).length).toBeGreaterThan(3)
  writeFileSync(join(program, 'package.json'), '{"type":"module"}')
})

afterAll(() => rmSync(program, { recursive: true, force: true }))

const example = `import { AtHost, memoryCable, personality, putFault, virtualClock, VirtualModem } from 'sectag/virtual'

const line = personality('1.3.5')
if (line === undefined) throw new Error('no such firmware')
const clock = virtualClock(0, () => new Promise((resolve) => setTimeout(resolve, 0)))
const modem = new VirtualModem({ personality: line, clock, seed: '7' })
putFault(modem, { kind: 'doubled-line', seed: '1', from: 1 })
const cable = memoryCable()
void new AtHost(modem, { clock }).serve(cable.modem)
const writer = cable.host.writable.getWriter()
const reader = cable.host.readable.getReader()
await writer.write(new TextEncoder().encode('AT+CGMR\\r\\n'))
const answer = await reader.read()
const [first, second] = [new TextDecoder().decode(answer.value), modem.execute('AT').text]
globalThis.said = JSON.stringify([first, second])
`

test('a program that imports sectag/virtual of the packed package talks to a modem, without process, Buffer or any module of Node', () => {
  writeFileSync(join(program, 'example.js'), example)
  writeFileSync(
    join(program, 'browser.js'),
    `const { log } = console
for (const name of ['process', 'Buffer', 'setImmediate', 'clearImmediate', 'require', 'global']) delete globalThis[name]
await import('./example.js')
log(globalThis.said)
`,
  )
  expect(JSON.parse(run(process.execPath, ['browser.js']))).toEqual([
    expect.stringMatching(/^mfw_nrf9160_1\.3\.5\S*\r\nOK\r\n$/),
    'OK\r\nOK\r\n',
  ])
})

test('no module behind sectag/virtual imports one of Node', () => {
  const seen = new Set<string>()
  const bare = new Set<string>()
  const visit = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      if (to.startsWith('.')) visit(resolve(dirname(file), to))
      else bare.add(to)
    }
  }
  visit(join(installed, 'dist/virtual/public.js'))
  expect(seen.size).toBeGreaterThan(30)
  expect([...bare].filter((name) => name.startsWith('node:'))).toEqual([])
})

test('its types are shipped: the same program is checked strictly against the DOM, and a wrong word in it is an error', () => {
  const check = (name: string, text: string): string => {
    writeFileSync(join(program, name), text)
    const strict = ['--strict', '--noEmit', '--target', 'esnext', '--module', 'nodenext', '--lib', 'esnext,dom']
    try {
      return run(tsc, [...strict, '--types', '', name])
    } catch (error) {
      return (error as { stdout: string }).stdout
    }
  }
  const typed = `${example}declare global {\n  var said: string\n}\n`
  expect(check('typed.ts', typed)).toBe('')
  expect(check('wrong.ts', typed.replace('doubled-line', 'gremlins'))).toContain('gremlins')
})

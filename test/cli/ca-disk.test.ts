import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readRegister } from '../../src/cli/ca/register.ts'
import { readCrl } from '../../src/pki/index.ts'
import { type CaDesk, caDesk, caDeskWithout, knowing } from '../support/ca-desk.ts'
import { canMount, fullDisk, readOnly, smallFiles } from '../support/disk.ts'
import { figure } from '../support/figures.ts'
import { asks, needs } from '../support/outside.ts'
import { inParallel } from '../support/pool.ts'
import { start } from '../support/process.ts'
import { sampled } from '../support/scale.ts'

const withMounts = asks('a user who may mount', canMount)
const onPosix = needs('sh with ulimit', process.platform !== 'win32')
const minutes = 600_000

/** What changes the home, and the files that it gives away. */
const commands: readonly [string, string[], string[]][] = [
  ['issue', ['--profile', 'device', '--subject', 'n', '--new-key', 'n.key', '--out', 'n.crt'], ['n.key', 'n.crt']],
  ['renew', ['--cert', 'b.crt', '--new-key', 'n.key', '--out', 'n.crt'], ['n.key', 'n.crt']],
  ['revoke', ['--cert', 'b.crt', '--reason', 'keyCompromise'], []],
  ['crl', ['--out', 'n.crl'], ['n.crl']],
]

async function fleet(): Promise<CaDesk> {
  const made = await caDesk()
  for (const name of ['a', 'b']) {
    const files = ['--new-key', `${name}.key`, '--out', `${name}.crt`]
    const ran = await made.run(['ca', 'issue', '--profile', 'device', '--subject', name, ...files])
    expect(ran.exit, ran.err).toBe(0)
  }
  expect((await made.run(['ca', 'crl'])).exit).toBe(0)
  return made
}

const counted = { runs: 0, failed: 0, half: 0 }

/** Runs a command under a bad disk: it ends well, or says in four parts what it could not do, and has given nothing away. */
async function underBadDisk(
  [action, options, files]: (typeof commands)[number],
  under: (made: CaDesk) => string[],
  reasons: RegExp,
): Promise<number | null> {
  const made = await fleet()
  const issued = readRegister(made.ca).entries.length
  const latest = readFileSync(join(made.ca, 'issuing.crl'), 'utf8')
  const running = start(['ca', action, ...options], {
    cwd: made.folder,
    env: knowing(made.folder),
    under: under(made),
  })
  const exit = await running.ended
  counted.runs++
  expect([0, 1], running.err()).toContain(exit)
  const there = files.filter((name) => existsSync(made.path(name)))
  if (exit === 1) {
    counted.failed++
    expect(running.err()).toMatch(reasons)
    expect(running.err()).toMatch(/^error {2}\S.*\nstate {2}\S.*\nwhy {4}\S.*\nnext {3}\S/m)
    if (there.length > 0) counted.half++
  } else if (there.length < files.length) counted.half++
  if (action === 'renew' || action === 'issue')
    expect(readRegister(made.ca).entries.length - issued).toBeLessThanOrEqual(1)
  const now = readFileSync(join(made.ca, 'issuing.crl'), 'utf8')
  if (now !== latest && !readCrl(now).ok) counted.half++
  await repeated(made, ['ca', action, ...options], there.length > 0 && action !== 'crl' ? 2 : 0)
  made.clear()
  return exit
}

/** When there is room again, the same command does it, and nothing is left over. */
async function repeated(made: CaDesk, argv: readonly string[], exit: number): Promise<void> {
  const again = await made.run(argv)
  expect(again.exit, again.err).toBe(exit)
  for (const name of readdirSync(made.folder, { recursive: true, encoding: 'utf8' }))
    expect(name).not.toMatch(/\.part$|\.lock/)
  expect((await made.run(['ca', 'show', '--json'])).out).not.toContain('register-damaged')
}

onPosix(
  'where a write ends in the middle, nothing is half issued, renewed, revoked or handed out, and the file is named',
  {
    timeout: minutes,
  },
  async () => {
    const all = commands.flatMap((command) => [0, 1, 2, 3].map((blocks) => ({ command, blocks })))
    await inParallel(sampled(all, 8), 2, async ({ command, blocks }) => {
      const exit = await underBadDisk(command, () => smallFiles(blocks), /EFBIG: .* '\/\S+'/)
      if (blocks === 0) expect(exit).toBe(1)
    })
    expect(counted.failed).toBeGreaterThan(0)
    expect(counted.half).toBe(0)
    figure('ca-cut-writes', counted)
  },
)

withMounts(
  'on a disk that is full, nothing is half issued, renewed, revoked or handed out',
  {
    timeout: minutes,
  },
  async () => {
    const all = commands.flatMap((command) => [0, 4, 8].map((room) => ({ command, room })))
    await inParallel(sampled(all, 6), 2, async ({ command, room }) => {
      const exit = await underBadDisk(command, (made) => fullDisk(made.path('home'), room), /ENOSPC: .* '\/\S+'/)
      if (room === 0 && command[0] === 'crl') expect(exit).toBe(1)
    })
    expect(counted.half).toBe(0)
  },
)

withMounts(
  'a home that is read-only is told, by every action that would change it; looking at it goes on',
  async () => {
    const made = await fleet()
    const run = async (argv: readonly string[]): Promise<[number | null, string]> => {
      const under = readOnly(made.path('home'))
      const running = start(argv, { cwd: made.folder, env: knowing(made.folder), under })
      return [await running.ended, running.err()]
    }
    for (const [action, options, files] of commands) {
      const [exit, err] = await run(['ca', action, ...options])
      expect([exit, err], action).toEqual([1, expect.stringContaining('EROFS') as string])
      expect(err).toMatch(/^error {2}\S.*\nstate {2}\S.*\nwhy {4}\S.*\nnext {3}\S/m)
      expect(files.some((name) => existsSync(made.path(name)))).toBe(false)
    }
    expect((await run(['ca', 'show']))[0]).toBe(0)
    made.clear()
    const none = caDeskWithout()
    const under = readOnly(none.folder)
    const init = start(['ca', 'init', '--name', 'x'], { cwd: none.folder, env: knowing(none.folder), under })
    expect([await init.ended, init.err()]).toEqual([2, expect.stringContaining('EROFS') as string])
    none.clear()
  },
)

test('a wrong passphrase, an authority that has expired or cannot be read, a clock in 1970: said by every action that needs it', async () => {
  const made = await fleet()
  const later = { clock: { now: () => Date.now() + 11 * 365 * 86_400_000, sleep: () => Promise.resolve() } }
  for (const [action, options] of commands.filter(([name]) => name !== 'revoke')) {
    const argv = ['ca', action, ...options]
    const wrong = await made.run(argv, { env: knowing(made.folder, 'not the passphrase') })
    expect([wrong.exit, wrong.err]).toEqual([2, expect.stringContaining('does not open the key') as string])
    const expired = await made.run(argv, later)
    expect([expired.exit, expired.err]).toEqual([5, expect.stringContaining('the issuing CA has expired') as string])
  }
  const in1970 = { clock: { now: () => 60_000, sleep: () => Promise.resolve() } }
  for (const [action, options] of commands.filter(([name]) => name !== 'revoke')) {
    const early = await made.run(['ca', action, ...options], in1970)
    expect([early.exit, early.err]).toEqual([5, expect.stringContaining('the clock here says 1970-01-01') as string])
  }
  const init = await made.run(['ca', 'init', '--name', 'x', '--home', 'other'], in1970)
  expect([init.exit, init.err]).toEqual([
    5,
    expect.stringMatching(/says 1970-01-01.*\nstate {2}nothing was made/) as string,
  ])
  writeFileSync(join(made.ca, 'issuing.crt'), 'spoiled')
  for (const [action, options] of commands) {
    const spoiled = await made.run(['ca', action, ...options])
    expect([spoiled.exit, spoiled.err]).toEqual([5, expect.stringContaining('issuing CA cannot be read') as string])
  }
  expect(readdirSync(made.folder).toSorted()).toEqual(['a.crt', 'a.key', 'b.crt', 'b.key', 'home'])
  made.clear()
})

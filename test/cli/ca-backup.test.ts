import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { seededRandom } from '../../src/terms/index.ts'
import { type CaDesk, caDesk, knowing } from '../support/ca-desk.ts'
import { figure } from '../support/figures.ts'
import { killed, never } from '../support/killed.ts'
import { inParallel } from '../support/pool.ts'
import { sampled } from '../support/scale.ts'
import { seen, wordWindows } from '../support/secrets.ts'

const benches: { clear: () => void }[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.clear()
})

async function desk(): Promise<CaDesk> {
  const made = await caDesk()
  benches.push(made)
  return made
}

const backup = ['ca', 'backup', 'ca.backup']
const restore = ['ca', 'restore', 'ca.backup', '--home', 'new']
function issueAt(name: string, home: string): string[] {
  const files = ['--new-key', `${name}-${home}.key`, '--out', `${name}-${home}.crt`]
  return ['ca', 'issue', '--profile', 'device', '--subject', name, ...files, '--home', home]
}

const content = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
  )

test('a backup is one sealed file, and what is restored from it is the authority octet for octet', async () => {
  const made = await desk()
  expect((await made.run(issueAt('böard-1', 'home'))).exit).toBe(0)
  expect((await made.run(['ca', 'revoke', '--cert', 'böard-1-home.crt'])).exit).toBe(0)
  const sealed = await made.run([...backup, '--json'])
  expect(sealed.exit, sealed.out).toBe(0)
  expect(sealed.events[0]).toMatchObject({ type: 'backup', issued: 1, revoked: 1 })
  expect(statSync(made.path('ca.backup')).mode & 0o777).toBe(0o600)
  const text = readFileSync(made.path('ca.backup'), 'latin1')
  for (const shown of ['PRIVATE KEY', 'CERTIFICATE', 'board-1']) expect(text).not.toContain(shown)
  const ran = await made.run(restore)
  expect(ran.exit, ran.err).toBe(0)
  expect(ran.err).toContain('is not known here. Tell it what you have: sectag ca import --issued FILE --home new')
  const { 'restored.jsonl': mark = '', ...restored } = content(made.path('new/ca'))
  expect(restored).toEqual(content(made.ca))
  expect(JSON.parse(mark)).toMatchObject({ made: sealed.events[0]?.['made'] })
  for (const name of readdirSync(made.path('new/ca')))
    expect(statSync(made.path(`new/ca/${name}`)).mode & 0o777).toBe(0o600)
  expect((await made.run(['ca', 'show', '--home', 'new'])).err).toContain('from a backup of')
})

test('a restored register issues no serial number again, also where the randomness repeats', async () => {
  const made = await desk()
  expect((await made.run(backup)).exit).toBe(0)
  const later = ['ca', 'issue', '--profile', 'device', '--subject', 'x', '--new-key', 'x.key', '--out', 'x.crt']
  const serials: unknown[] = []
  const same = { random: seededRandom('the same') }
  serials.push((await made.run([...later, '--json'], same)).result['serial'])
  expect((await made.run(restore)).exit).toBe(0)
  for (const name of ['y', 'z']) {
    const again = { random: seededRandom('the same') }
    const argv = later.map((word) => word.replace(/^x(?=$|\.)/, name))
    serials.push((await made.run([...argv, '--home', 'new', '--json'], again)).result['serial'])
  }
  expect(new Set(serials).size).toBe(3)
})

test('what was issued and revoked after the backup comes back from files and a CRL, whose numbers go on', async () => {
  const made = await desk()
  expect((await made.run(backup)).exit).toBe(0)
  expect((await made.run(issueAt('late', 'home'))).exit).toBe(0)
  expect((await made.run(['ca', 'revoke', '--cert', 'late-home.crt'])).exit).toBe(0)
  const before = await made.run(['ca', 'crl', '--out', 'old.crl', '--json'])
  expect(before.exit, before.out).toBe(0)
  expect((await made.run(restore)).exit).toBe(0)
  expect((await made.run(['ca', 'import', '--issued', 'late-home.crt', '--home', 'new'])).exit).toBe(0)
  expect((await made.run(['ca', 'import', '--crl', 'old.crl', '--home', 'new'])).exit).toBe(0)
  const after = await made.run(['ca', 'crl', '--out', 'new.crl', '--home', 'new', '--json'])
  expect(after.result).toMatchObject({ exit: 0, entries: 1 })
  expect(Number(after.result['number'])).toBeGreaterThan(Number(before.result['number']))
  expect(content(made.path('new/ca'))['issued.jsonl']).toContain(
    new X509Certificate(readFileSync(made.path('late-home.crt'))).serialNumber.toLowerCase(),
  )
})

test('the line of a factory that comes back from a backup has no certificates left, and can still revoke', async () => {
  const made = await desk()
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  expect((await made.run(['ca', 'line', '--name', 'l', '--quota', '9', '--until', until, '--out', 'line'])).exit).toBe(
    0,
  )
  expect((await made.run(issueAt('a', 'line'))).exit).toBe(0)
  expect((await made.run([...backup, '--home', 'line'])).exit).toBe(0)
  expect((await made.run(restore)).exit).toBe(0)
  const more = await made.run(issueAt('b', 'new'))
  expect([more.exit, more.err.includes('came back from a backup')]).toEqual([6, true])
  expect((await made.run(['ca', 'revoke', '--cert', 'a-line.crt', '--home', 'new'])).exit).toBe(0)
  expect((await made.run(['ca', 'crl', '--home', 'new'])).exit).toBe(0)
})

test('a wrong passphrase, a changed or foreign file, and a home that is taken: a clear error in four parts, and nothing made', async () => {
  const made = await desk()
  expect((await made.run(backup)).exit).toBe(0)
  const text = readFileSync(made.path('ca.backup'), 'latin1')
  const middle = Math.floor(text.length / 2)
  made.file('changed', text.slice(0, middle) + (text[middle] === 'A' ? 'B' : 'A') + text.slice(middle + 1))
  made.file('cut', text.slice(0, middle))
  made.file('foreign', 'hello')
  const wrong = { env: knowing(made.folder, 'a wrong passphrase') }
  const cases: [string[], number, string, object?][] = [
    [restore, 2, 'does not open the backup', wrong],
    [restore.with(2, 'changed'), 5, 'was changed or cut'],
    [restore.with(2, 'cut'), 5, 'was changed or cut'],
    [restore.with(2, 'foreign'), 2, 'is no backup'],
    [restore.with(2, 'gone'), 2, 'cannot be read'],
    [['ca', 'restore', '--home', 'new'], 2, 'no file was named'],
    [restore.slice(0, 3), 6, 'never replaced'],
    [backup, 2, 'already'],
    [backup.with(2, 'other'), 2, 'does not open the key', wrong],
    [backup.with(2, 'gone/other'), 2, 'no file can be put'],
    [['ca', 'show', 'x'], 2, 'takes no file'],
  ]
  for (const [argv, exit, words, more] of cases) {
    const { exit: code, err } = await made.run(argv, more)
    expect([code, err.includes(words)], `${argv.join(' ')}: ${err}`).toEqual([exit, true])
    expect(
      err
        .trim()
        .split('\n')
        .filter((line) => /^(?:error|state|why|next) /.test(line)).length,
    ).toBe(4)
    expect(existsSync(made.path('new/ca'))).toBe(false)
    expect(existsSync(made.path('other'))).toBe(false)
  }
  expect(seen(text, wordWindows(knowing('')['SECTAG_CA_PASSPHRASE'] ?? ''))).toEqual([])
})

test('a backup holds whatever stands in the folder, and a file of another kind in it is never put anywhere', async () => {
  const made = await desk()
  mkdirSync(join(made.ca, 'keys'))
  writeFileSync(join(made.ca, 'keys', '01.key'), 'a kept key')
  writeFileSync(join(made.ca, 'crl.lock'), '1')
  writeFileSync(join(made.ca, 'x.abcdef01.part'), 'half')
  expect((await made.run(backup)).exit).toBe(0)
  expect((await made.run(restore)).exit).toBe(0)
  expect(readFileSync(made.path('new/ca/keys/01.key'), 'utf8')).toBe('a kept key')
  expect(statSync(made.path('new/ca/keys')).mode & 0o777).toBe(0o700)
  expect(readdirSync(made.path('new/ca')).filter((name) => /lock|part/.test(name))).toEqual([])
})

test('ca restore killed at any moment leaves a whole authority or none, and the next one makes it whole', {
  timeout: 3_600_000,
}, async () => {
  const made = await desk()
  expect((await made.run(backup)).exit).toBe(0)
  const kill = (moment: number, home: string): ReturnType<typeof killed> =>
    killed(made.folder, [...restore.slice(0, -1), home], moment)
  const count = Number(/moments: (\d+)/.exec((await kill(never, 'whole')).err())?.[1])
  expect(count).toBeGreaterThan(15)
  const moments = sampled(
    Array.from({ length: count }, (_, index) => index),
    8,
  )
  const found = { kills: 0, whole: 0, none: 0 }
  await inParallel(moments, 2, async (moment) => {
    const home = `home-${moment}`
    await kill(moment, home)
    const there = existsSync(made.path(`${home}/ca`))
    if (there) expect((await made.run(['ca', 'show', '--home', home])).exit).toBe(0)
    expect((await made.run([...restore.slice(0, -1), home])).exit).toBe(there ? 6 : 0)
    expect((await made.run(issueAt(`b-${moment}`, home))).exit).toBe(0)
    found.kills++
    found[there ? 'whole' : 'none']++
  })
  figure('kill-ca-restore', found)
  expect(found.none).toBeGreaterThan(0)
})

import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../src/port/index.ts'
import { type CaDesk, caDesk, knowing } from '../support/ca-desk.ts'
import type { Ran } from '../support/cli.ts'
import { figure } from '../support/figures.ts'
import { killed, never } from '../support/killed.ts'
import { ssl, withOpenssl } from '../support/openssl-paper.ts'
import { inParallel } from '../support/pool.ts'
import { start } from '../support/process.ts'
import { sampled } from '../support/scale.ts'

const benches: { clear: () => void }[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.clear()
})

const day = 86_400_000
const tomorrow = new Date(Date.now() + day).toISOString().slice(0, 10)
const line = ['ca', 'line', '--name', 'line-1', '--quota', '3', '--until', tomorrow, '--out', 'line']

/** A desk with an authority and a line made from it. */
async function lineDesk(argv: readonly string[] = line): Promise<CaDesk> {
  const made = await caDesk()
  benches.push(made)
  const ran = await made.run(argv)
  expect(ran.exit, ran.err).toBe(0)
  return made
}

function issueArgs(name: string): string[] {
  const files = ['--new-key', `${name}.key`, '--out', `${name}.crt`]
  return ['ca', 'issue', '--profile', 'device', '--subject', name, ...files, '--home', 'line']
}

function issue(made: CaDesk, name: string, more: Parameters<CaDesk['run']>[1] = {}): Promise<Ran> {
  return made.run([...issueArgs(name), '--json'], more)
}

const left = (ran: Ran): unknown => ran.events.find((event) => event['type'] === 'quota')?.['left']

withOpenssl(
  'a line certifies devices that the root trusts, says how many are left, and none above its quota',
  async () => {
    const made = await lineDesk()
    for (const [name, rest] of [
      ['a', 2],
      ['b', 1],
      ['c', 0],
    ] as const) {
      const ran = await issue(made, name)
      expect([ran.exit, left(ran)], ran.out).toEqual([0, rest])
      const chain = ['-CAfile', join(made.ca, 'root.crt'), '-untrusted', made.path(`${name}.crt`)]
      expect(ssl('verify', '-x509_strict', '-purpose', 'sslclient', ...chain, made.path(`${name}.crt`))).toContain('OK')
    }
    const fourth = await issue(made, 'd')
    expect([fourth.exit, existsSync(made.path('d.crt'))]).toEqual([6, false])
    expect(fourth.events[0]).toMatchObject({
      type: 'failure',
      what: 'nothing can be issued: all 3 certificates of this line are spent',
      state: 'nothing was made and nothing was issued',
    })
    const shown = await made.run(['ca', 'show', '--home', 'line', '--json'])
    expect(shown.events.find((event) => event['type'] === 'quota')).toMatchObject({ most: 3, spent: 3, left: 0 })
    expect(shown.events.find((event) => event['type'] === 'authority')).toMatchObject({ rootKeyHere: false, issued: 3 })
  },
)

withOpenssl(
  'the date and that it is for devices stand in the certificate of the line, signed by the root, and boards outlive the date',
  async () => {
    const made = await lineDesk()
    const ca = made.path('line/ca/issuing.crt')
    const text = ssl('x509', '-in', ca, '-noout', '-text')
    expect(text).toMatch(/Private Key Usage Period: *\n\s+Not After: /)
    expect(text).toContain('TLS Web Client Authentication')
    expect(text).toContain('CA:TRUE, pathlen:0')
    expect((await issue(made, 'a')).exit).toBe(0)
    expect(new X509Certificate(readFileSync(made.path('a.crt'))).validToDate.getTime()).toBeGreaterThan(
      Date.now() + 3000 * day,
    )
    const server = ['ca', 'issue', '--profile', 'server', '--name', 'b.example', '--new-key', 's.key', '--out', 's.crt']
    const refused = await made.run([...server, '--home', 'line'])
    expect([refused.exit, existsSync(made.path('s.crt'))]).toEqual([6, false])
    expect(refused.err).toContain('this is the CA of a production line')
    const late = { clock: { ...systemClock, now: () => Date.now() + 2 * day } }
    const over = await issue(made, 'b', late)
    expect([over.exit, existsSync(made.path('b.crt'))]).toEqual([6, false])
    expect(over.out).toContain('this line was to issue until')
  },
)

test('a line is written down where the root is before it exists, and needs the key of the root and none of its own in it', async () => {
  const made = await lineDesk()
  const noted = JSON.parse(readFileSync(join(made.ca, 'lines.jsonl'), 'utf8')) as Record<string, unknown>
  const ca = new X509Certificate(readFileSync(made.path('line/ca/issuing.crt')))
  expect(noted).toMatchObject({ serial: ca.serialNumber.toLowerCase(), quota: 3, until: `${tomorrow}T00:00:00Z` })
  expect(readdirSync(made.path('line/ca')).toSorted()).toEqual([
    'crl.url',
    'issuing.crt',
    'issuing.key',
    'quota.json',
    'root.crt',
  ])
  rmSync(join(made.ca, 'root.key'))
  const without = await made.run([...line.slice(0, -1), 'other'])
  expect([without.exit, existsSync(made.path('other'))]).toEqual([6, false])
  const fromLine = await made.run([...line.slice(0, -1), 'other', '--home', 'line'])
  expect(fromLine.exit).toBe(6)
})

test('a line has the passphrase that it was given, or that of the authority, which is warned of', async () => {
  const made = await caDesk()
  benches.push(made)
  made.file('words', 'the words of the line\n')
  expect((await made.run(line)).err).toContain('The line has the passphrase of the authority')
  expect((await made.run([...line.slice(0, -1), 'own', '--line-passphrase-file', 'words'])).exit).toBe(0)
  const argv = [...issueArgs('a').slice(0, -1), 'own']
  expect((await made.run(argv)).exit).toBe(2)
  expect((await made.run([...argv, '--passphrase-file', 'words'])).exit).toBe(0)
})

test('a command line of ca line that makes no sense, or a wrong passphrase, makes nothing', async () => {
  const made = await caDesk()
  benches.push(made)
  const cases: [string[], object?][] = [
    [line.with(5, '0')],
    [line.with(7, 'soon')],
    [line.with(7, '2020-01-01')],
    [line.with(7, '2027-02-30')],
    [line.slice(0, -2)],
    [line.with(3, '')],
    [line.with(9, 'home')],
    [line, { env: knowing(made.folder, 'a wrong passphrase') }],
    [[...line, '--profile', 'device']],
  ]
  for (const [argv, more] of cases) expect((await made.run(argv, more)).exit, argv.join(' ')).toBe(2)
  expect(existsSync(made.path('line'))).toBe(false)
  expect(existsSync(join(made.ca, 'lines.jsonl'))).toBe(false)
})

test('taking the count away gives nobody more: without its quota a line issues nothing, and the register counts too', async () => {
  const made = await lineDesk()
  for (const name of ['a', 'b', 'c']) await issue(made, name)
  rmSync(made.path('line/ca/spent.jsonl'))
  expect((await issue(made, 'd')).exit).toBe(6)
  rmSync(made.path('line/ca/quota.json'))
  const lost = await issue(made, 'd')
  expect([lost.exit, lost.out.includes('quota.json cannot be read')]).toEqual([5, true])
  writeFileSync(made.path('line/ca/quota.json'), '{"most":"many"}')
  expect((await issue(made, 'd')).exit).toBe(5)
})

test('several ca issue at once never issue more than the quota, and nothing that is refused is handed out', async () => {
  const made = await lineDesk()
  const names = ['a', 'b', 'c', 'd', 'e', 'f']
  const codes = await Promise.all(
    names.map((name) => start(issueArgs(name), { cwd: made.folder, env: knowing(made.folder) }).ended),
  )
  expect(codes.filter((code) => code === 0).length).toBe(3)
  expect(codes.filter((code) => code === 6).length).toBe(3)
  expect(names.filter((name) => existsSync(made.path(`${name}.crt`))).length).toBe(3)
})

test('ca issue of a line killed at any moment: every certificate that was handed out is counted and recorded', {
  timeout: 3_600_000,
}, async () => {
  const whole = await lineDesk()
  const count = Number(/moments: (\d+)/.exec((await killed(whole.folder, issueArgs('a'), never)).err())?.[1])
  expect(count).toBeGreaterThan(20)
  const moments = sampled(
    Array.from({ length: count }, (_, index) => index),
    6,
  )
  const found = { kills: 0, handedOut: 0, counted: 0, tooMany: 0, unrecorded: 0 }
  await inParallel(moments, 2, async (moment) => {
    const made = await lineDesk()
    await killed(made.folder, issueArgs('k'), moment)
    const lines = (name: string): string[] => {
      const file = made.path(`line/ca/${name}`)
      return existsSync(file)
        ? readFileSync(file, 'utf8')
            .split('\n')
            .filter((text) => text.endsWith('}'))
        : []
    }
    const [spent, issued] = [lines('spent.jsonl').length, lines('issued.jsonl')]
    const out = existsSync(made.path('k.crt')) ? 1 : 0
    if (out === 1 && !issued.some((text) => text.includes('CN=k'))) found.unrecorded++
    if (spent < issued.length || issued.length < out) found.tooMany++
    let more = 0
    for (const name of ['a', 'b', 'c', 'd']) more += (await issue(made, name)).exit === 0 ? 1 : 0
    expect(more, `killed at ${moment}`).toBe(3 - spent)
    found.kills++
    found.handedOut += out
    found.counted += spent
  })
  figure('kill-ca-line-issue', found)
  expect(found).toMatchObject({ kills: moments.length, tooMany: 0, unrecorded: 0 })
})

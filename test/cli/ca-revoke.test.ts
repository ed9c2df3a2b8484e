import { X509Certificate } from 'node:crypto'
import { appendFileSync, copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type Crl, readCrl } from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { freshAuthority } from '../support/authority.ts'
import { type CaDesk, caDesk } from '../support/ca-desk.ts'
import { freshPaper } from '../support/paper.ts'

const day = 86_400_000
const close: (() => void)[] = []
afterEach(() => {
  for (const end of close.splice(0)) end()
})

async function desk(): Promise<CaDesk> {
  const made = await caDesk()
  close.push(made.clear)
  return made
}

/** Issues a device certificate into `<name>.crt`; its serial number. */
async function issued(made: CaDesk, name: string, ...more: string[]): Promise<string> {
  const files = ['--new-key', `${name}.key`, '--out', `${name}.crt`]
  const ran = await made.run(['ca', 'issue', '--profile', 'device', '--subject', name, ...files, ...more])
  expect(ran.exit, ran.err).toBe(0)
  return serialOf(made, name)
}

function serialOf(made: CaDesk, name: string): string {
  return new X509Certificate(readFileSync(made.path(`${name}.crt`))).serialNumber.toLowerCase()
}

function crlIn(path: string): Crl {
  const read = readCrl(readFileSync(path, 'latin1'))
  if (!read.ok) throw new Error(read.refusal.text)
  return read.value
}

const at = (days: number): { clock: typeof systemClock } => ({
  clock: { ...systemClock, now: () => Date.now() + days * day },
})

test('a certificate is revoked by its file, its serial number in any form, or its subject; repeating it changes nothing', async () => {
  const made = await desk()
  const [a, b, c] = [await issued(made, 'a'), await issued(made, 'b'), await issued(made, 'c')]
  const colons = b.toUpperCase().replaceAll(/..(?=.)/g, '$&:')
  for (const who of [
    ['--cert', 'a.crt'],
    ['--serial', colons],
    ['--subject', 'c', '--reason', 'keyCompromise'],
  ])
    for (const round of [1, 2]) {
      const ran = await made.run(['ca', 'revoke', ...who, '--json'], at(round / 1000))
      expect(ran.exit, ran.out).toBe(0)
      expect(ran.events[0]).toMatchObject({ type: 'revoked', subject: expect.stringContaining('CN=') as string })
    }
  const lines = readFileSync(join(made.ca, 'revoked.jsonl'), 'utf8').trim().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { serial: a },
    { serial: b },
    { serial: c, reason: 'keyCompromise' },
  ])
  expect(statSync(join(made.ca, 'revoked.jsonl')).mode & 0o777).toBe(0o600)
})

test('ca crl tells everybody who was revoked, in numbers that go up, over the copy before it', async () => {
  const made = await desk()
  const [a, b] = [await issued(made, 'a'), await issued(made, 'b')]
  await made.run(['ca', 'revoke', '--serial', a])
  const first = await made.run(['ca', 'crl', '--out', 'broker.crl'])
  expect([first.exit, first.out]).toEqual([0, expect.stringMatching(/good until .* in (?:30|29) days/) as string])
  const before = crlIn(made.path('broker.crl'))
  expect([...before.entries.keys()]).toEqual([a])
  await made.run(['ca', 'revoke', '--serial', b])
  const second = await made.run(['ca', 'crl', '--out', 'broker.crl', '--days', '10', '--json'])
  const after = crlIn(made.path('broker.crl'))
  expect([...after.entries.keys()]).toEqual([a, b])
  expect(after.number ?? 0n).toBeGreaterThan(before.number ?? 0n)
  expect(second.events[0]).toMatchObject({ type: 'crl', entries: 2, number: Number(after.number) })
  expect(readFileSync(join(made.ca, 'issuing.crl'), 'utf8')).toBe(after.pem)
  expect(statSync(made.path('broker.crl')).mode & 0o777).toBe(0o644)
})

test('ca show lists every certificate with its state, and ends with 1 when the CRL is due and with 5 when it ran out', async () => {
  const made = await desk()
  await issued(made, 'old', '--days', '3')
  await issued(made, 'lost')
  await issued(made, 'board')
  await made.run(['ca', 'renew', '--cert', 'old.crt', '--out', 'new.crt', '--days', '100'])
  await made.run(['ca', 'revoke', '--cert', 'lost.crt'])
  const states = async (days: number): Promise<unknown[]> => {
    const ran = await made.run(['ca', 'show', '--json'], at(days))
    return [ran.exit, ...ran.events.filter(({ type }) => type === 'certificate').map(({ state }) => state)]
  }
  expect(await states(0)).toEqual([1, 'replaced', 'revoked', 'valid', 'valid'])
  await made.run(['ca', 'crl'])
  // Exit 0 is about the list, and not about brokers: of those nothing is known here, and that is said.
  expect((await made.run(['ca', 'show'])).out).toMatch(/^ {2}brokers +.*which they have is not known here$/m)
  expect(await states(0)).toEqual([0, 'replaced', 'revoked', 'valid', 'valid'])
  expect(await states(22)).toEqual([0, 'ran-out', 'revoked', 'valid', 'valid'])
  expect(await states(24)).toEqual([1, 'ran-out', 'revoked', 'valid', 'valid'])
  expect(await states(68)).toEqual([5, 'ran-out', 'revoked', 'valid', 'renew'])
  expect(await states(90)).toEqual([5, 'ran-out', 'revoked', 'valid', 'runs-out'])
  const due = await made.run(['ca', 'show'], at(23.5))
  expect(due.err).toMatch(/^error {2}the CRL is good only until .*, in 6 days\n.*\n.*\nnext {3}sectag ca crl$/m)
  const late = await made.run(['ca', 'show'], at(31))
  expect(late.err).toMatch(
    /^error {2}the CRL ran out .* ago\nstate .*\nwhy .*refuses every board\nnext {3}sectag ca crl$/m,
  )
})

test('a renewal keeps subject and key unless another is given, and is recorded with what it replaces', async () => {
  const made = await desk()
  const old = await issued(made, 'board')
  const ran = await made.run(['ca', 'renew', '--cert', 'board.crt', '--out', 'same.crt', '--json'])
  expect(ran.exit, ran.out).toBe(0)
  expect(ran.result).toMatchObject({ replaces: old, serial: serialOf(made, 'same') })
  const rekeyed = ['ca', 'renew', '--cert', 'same.crt', '--new-key', 'other.key', '--out', 'other.crt', '--days', '9']
  expect((await made.run(rekeyed)).err).toContain(`sectag ca revoke --serial ${serialOf(made, 'same')}`)
  const [before, same, other] = ['board', 'same', 'other'].map(
    (name) => new X509Certificate(readFileSync(made.path(`${name}.crt`))),
  )
  expect([same?.subject, other?.subject]).toEqual([before?.subject, before?.subject])
  expect(same?.publicKey.equals(before?.publicKey as never)).toBe(true)
  expect(other?.publicKey.equals(before?.publicKey as never)).toBe(false)
  const lines = readFileSync(join(made.ca, 'issued.jsonl'), 'utf8').trim().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { replaces?: string }).replaces)).toEqual([
    undefined,
    old,
    serialOf(made, 'same'),
  ])
})

test('ca issue and ca show tell the same moment to renew', async () => {
  const made = await desk()
  const files = ['--new-key', 'k', '--out', 'c.crt', '--days', '100', '--json']
  const [told] = (await made.run(['ca', 'issue', '--profile', 'device', '--subject', 'a', ...files])).events
  const shown = (await made.run(['ca', 'show', '--json'])).events.find(({ type }) => type === 'certificate')
  expect(told?.['renewAt']).toMatch(/^2/)
  expect(shown?.['renewAt']).toBe(told?.['renewAt'])
})

test('a server is renewed with its names, a device for ever stays one', async () => {
  const made = await desk()
  const server = ['--profile', 'server', '--name', 'broker.example', '--name', '2001:db8::7', '--new-key', 's.key']
  await made.run(['ca', 'issue', ...server, '--out', 's.crt'])
  const forever = ['--profile', 'device-forever', '--subject', 'f', '--new-key', 'f.key', '--out', 'f.crt']
  expect((await made.run(['ca', 'issue', ...forever])).out).toContain('for ever')
  for (const name of ['s', 'f'])
    expect((await made.run(['ca', 'renew', '--cert', `${name}.crt`, '--out', `${name}2.crt`])).exit).toBe(0)
  const [s, f] = ['s2', 'f2'].map((name) => new X509Certificate(readFileSync(made.path(`${name}.crt`))))
  expect([s?.checkHost('broker.example'), s?.checkIP('2001:db8::7'), s?.subject]).toEqual([
    'broker.example',
    expect.anything(),
    'CN=broker.example',
  ])
  expect(f?.validToDate.toISOString()).toBe('9999-12-31T23:59:59.000Z')
  expect((await made.run(['ca', 'show'])).out).toMatch(/CN=f +device-forever +[0-9a-f]{32} +for ever +valid\n/)
})

test('a home from an old copy gets back what it forgot: revocations from a CRL of its own, serial numbers never again', async () => {
  const made = await desk()
  const kept = ['issued.jsonl', 'revoked.jsonl', 'crls.jsonl', 'issuing.crl'].map((name) => join(made.ca, name))
  const serials = [await issued(made, 'a')]
  await made.run(['ca', 'revoke', '--serial', serials[0] ?? ''])
  await made.run(['ca', 'crl'])
  for (const file of kept) copyFileSync(file, `${file}.copy`)
  serials.push(await issued(made, 'b'))
  await made.run(['ca', 'revoke', '--subject', 'b'])
  await made.run(['ca', 'crl', '--out', 'broker.crl'])
  const loaded = crlIn(made.path('broker.crl'))
  for (const file of kept) copyFileSync(`${file}.copy`, file)
  for (const file of kept) rmSync(`${file}.copy`)
  serials.push(await issued(made, 'c'))
  expect(new Set(serials).size).toBe(3)
  const ran = await made.run(['ca', 'crl', '--out', 'broker.crl'])
  expect([ran.exit, ran.err]).toEqual([0, expect.stringContaining('1 revocations stood in a CRL') as string])
  const next = crlIn(made.path('broker.crl'))
  expect([...next.entries.keys()].toSorted()).toEqual([...loaded.entries.keys()].toSorted())
  expect(next.number ?? 0n).toBeGreaterThan(loaded.number ?? 0n)
})

test('a certificate that the register forgot is revoked by its file and not by its number', async () => {
  const made = await desk()
  const serial = await issued(made, 'a')
  rmSync(join(made.ca, 'issued.jsonl'))
  const byNumber = await made.run(['ca', 'revoke', '--serial', serial])
  expect([byNumber.exit, byNumber.err]).toEqual([2, expect.stringContaining('repeat with --cert FILE') as string])
  expect((await made.run(['ca', 'revoke', '--cert', 'a.crt'])).exit).toBe(0)
})

test('a subject is found whatever letters it has', async () => {
  const made = await desk()
  const subject = 'Bö, #7 + "x"=\\'
  const files = ['--new-key', 'k', '--out', 'c.crt']
  await made.run(['ca', 'issue', '--profile', 'device', '--subject', subject, ...files])
  const ran = await made.run(['ca', 'revoke', '--subject', subject, '--json'])
  expect(ran.result).toMatchObject({ exit: 0, revoked: [serialOf(made, 'c')] })
})

test('an authority from before there were addresses issues, and its CRL is for all its certificates', async () => {
  const made = await desk()
  await issued(made, 'new')
  rmSync(join(made.ca, 'crl.url'))
  await issued(made, 'old')
  expect(readFileSync(made.path('old.crt')).length).toBeLessThan(readFileSync(made.path('new.crt')).length)
  expect((await made.run(['ca', 'crl', '--out', 'all.crl'])).exit).toBe(0)
  expect(crlIn(made.path('all.crl')).scope).toEqual({})
  expect((await made.run(['ca', 'show'])).exit).toBe(0)
})

/** Something to type that is refused, what it must say, and how it ends. */
type Wrong = [string, string[], RegExp, number]

const foreign = freshAuthority('stranger')
const crl = ['ca', 'crl']
const revoke = ['ca', 'revoke']
const renew = ['ca', 'renew', '--out', 'n.crt']
const wrongs: Wrong[] = [
  ['to revoke nobody', revoke, /one of --cert, --serial and --subject/, 2],
  ['to revoke two ways', [...revoke, '--serial', '1', '--subject', 'a'], /one of --cert/, 2],
  ['to revoke what was never issued', [...revoke, '--serial', '4711'], /the register has no serial 4711/, 2],
  ['to revoke a subject that nobody has', [...revoke, '--subject', 'nobody'], /no certificate of "nobody" is valid/, 2],
  ['to revoke one of two', [...revoke, '--subject', 'a'], /2 certificates of "a" are valid: [0-9a-f]{32} \(until/, 6],
  ['to revoke what another authority issued', [...revoke, '--cert', 'foreign.crt'], /not of this authority/, 2],
  ['to revoke a key', [...revoke, '--cert', 'a.key'], /holds no certificate/, 2],
  ['to revoke for no good reason', [...revoke, '--cert', 'a.crt', '--reason', 'certificateHold'], /Allowed choices/, 2],
  ['to renew nothing', renew, /--cert was not given/, 2],
  ['to renew to nowhere', ['ca', 'renew', '--cert', 'a.crt'], /--out was not given/, 2],
  ['to renew what another authority issued', [...renew, '--cert', 'foreign.crt'], /not issued by this authority/, 2],
  ['to renew what is revoked', [...renew, '--cert', 'gone.crt'], /was revoked at/, 6],
  ['to renew over a file', ['ca', 'renew', '--cert', 'a.crt', '--out', 'a.crt'], /there is a file/, 2],
  ['to renew for two keys', [...renew, '--cert', 'a.crt', '--new-key', 'k', '--request', 'r'], /both --request/, 2],
  ['to renew beyond the CA', [...renew, '--cert', 'a.crt', '--days', '3651'], /outlive the issuing CA/, 2],
  ['to renew for 0 shelf days', [...renew, '--cert', 'a.crt', '--shelf-days', '0'], /1 or more/, 2],
  ['a CRL for 3 days', [...crl, '--days', '3'], /a CRL is made for 4 to 3650 days/, 2],
  ['a CRL over a file that is none', [...crl, '--out', 'a.key'], /a\.key is no CRL of this authority/, 6],
  ['a CRL over one of another authority', [...crl, '--out', 'foreign.crl'], /no CRL of this authority/, 6],
  ['a CRL over a folder', [...crl, '--out', 'home'], /no CRL of this authority/, 6],
  ['a CRL in no folder', [...crl, '--out', 'no/folder/x.crl'], /could not be written/, 1],
  ['an address that is not http', ['ca', 'init', '--name', 'x', '--crl-url', 'https://x/y'], /must begin with http/, 2],
]

test.each(wrongs)('%s is refused in four parts, and nothing is revoked or issued', async (_, argv, words, exit) => {
  const made = await desk()
  await issued(made, 'a')
  await issued(made, 'gone')
  await made.run(['ca', 'revoke', '--cert', 'gone.crt'])
  await made.run(['ca', 'renew', '--cert', 'a.crt', '--out', 'a2.crt'])
  const stranger = await foreign
  made.file('foreign.crt', (await stranger.issue({ profile: 'device', subject: 'a' })).chain)
  made.file('foreign.crl', await stranger.authority.revocationList({ number: 1, now: Date.now(), revoked: [] }))
  const state = (): string[] =>
    ['issued.jsonl', 'revoked.jsonl'].map((name) => readFileSync(join(made.ca, name), 'utf8'))
  const before = state()
  const ran = await made.run(argv)
  expect(ran.err).toMatch(words)
  expect(ran.exit).toBe(exit)
  expect(ran.err).toMatch(/^error {2}\S.*\nstate {2}\S.*\nwhy {4}\S.*\nnext {3}\S/m)
  expect(state()).toEqual(before)
  expect(existsSync(made.path('n.crt'))).toBe(false)
})

test('a CRL is refused where somebody who was revoked might be missing, and where the clock has gone back', async () => {
  const made = await desk()
  await made.run(['ca', 'crl', '--out', 'broker.crl'])
  const before = readFileSync(made.path('broker.crl'), 'utf8')
  const slow = await made.run(['ca', 'crl', '--out', 'broker.crl'], at(-0.5))
  expect([slow.exit, slow.err]).toEqual([6, expect.stringContaining('would lock boards out') as string])
  writeFileSync(join(made.ca, 'revoked.jsonl'), '{"serial":4}\n')
  const lost = await made.run(['ca', 'crl', '--out', 'broker.crl'])
  expect([lost.exit, lost.err]).toEqual([5, expect.stringContaining('revoked.jsonl cannot be read') as string])
  expect((await made.run(['ca', 'show'])).exit).toBe(5)
  expect(readFileSync(made.path('broker.crl'), 'utf8')).toBe(before)
})

test.each(['zz', '', 'g', '53:1', '53 01', '-53', '0x'])(
  'ca revoke refuses %j as a serial, and revokes nothing',
  async (typed) => {
    const made = await desk()
    const serial = await issued(made, 'a')
    for (const text of [typed, `${typed === '' ? 'zz' : typed}:${serial}`]) {
      const ran = await made.run(['ca', 'revoke', `--serial=${text}`])
      expect(ran.exit, ran.out).toBe(2)
      expect(ran.err).toMatch(/is not a hexadecimal serial$/m)
    }
    expect(existsSync(join(made.ca, 'revoked.jsonl'))).toBe(false)
    expect((await made.run(['ca', 'revoke', `--serial=0x${serial}`])).exit).toBe(0)
  },
)

test('ca revoke says whether the last CRL names the certificate already', async () => {
  const made = await desk()
  await issued(made, 'a')
  const revoke = ['ca', 'revoke', '--cert', 'a.crt']
  expect((await made.run(revoke)).err).toContain('No broker knows of it before it has the next CRL: sectag ca crl')
  await made.run(['ca', 'crl'])
  expect((await made.run(revoke)).err).toContain('The last CRL names it already')
  expect((await made.run(revoke, at(40))).err).toContain('No broker knows of it')
})

test('a reason that comes too late does not take the place of the first one, and the answer says so', async () => {
  const made = await desk()
  await issued(made, 'a')
  const revoke = ['ca', 'revoke', '--cert', 'a.crt', '--reason']
  expect((await made.run([...revoke, 'superseded'])).err).not.toContain('stays')
  const late = await made.run([...revoke, 'keyCompromise'])
  expect([late.exit, late.err]).toEqual([0, expect.stringContaining('the reason of then stays: superseded') as string])
})

test('a certificate that this home has revoked is warned of where it is wanted; another with the same number is not', async () => {
  const made = await desk()
  const [gone, stays] = ['gone', 'stays']
  await issued(made, gone)
  await issued(made, stays)
  expect((await made.run(['ca', 'revoke', '--cert', 'gone.crt'])).exit).toBe(0)
  const plan = (name: string) =>
    made.run(['plan', '--port', 'virtual:', '--tag', '5', '--cert', `${name}.crt`, '--key', `${name}.key`, '--json'])
  const told = (ran: Awaited<ReturnType<typeof plan>>): unknown[] => ran.events.filter(({ code }) => code === 'revoked')
  const warned = await plan(gone)
  expect(warned.exit).toBe(1)
  expect(told(warned)).toMatchObject([{ severity: 'warning', text: expect.stringContaining('CN=gone was revoked 20') }])
  expect(told(await plan(stays))).toEqual([])
  // The register may have forgotten whom it issued to; the issuer's name still says whose number it is.
  writeFileSync(join(made.ca, 'issued.jsonl'), '')
  expect(told(await plan(gone))).toHaveLength(1)
  const theirs = await freshPaper()
  writeFileSync(made.path('theirs.crt'), theirs.certificate)
  writeFileSync(made.path('theirs.key'), theirs.key)
  appendFileSync(
    join(made.ca, 'revoked.jsonl'),
    `${JSON.stringify({ serial: serialOf(made, 'theirs'), at: new Date().toISOString() })}\n`,
  )
  expect(told(await plan('theirs'))).toEqual([])
})

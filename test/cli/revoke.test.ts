import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, expect } from 'vitest'
import { systemClock } from '../../src/port/index.ts'
import { Secret, utf8 } from '../../src/terms/index.ts'
import { knowing } from '../support/ca-desk.ts'
import { lightBoard } from '../support/light-board.ts'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { type RevokePlace, revokePlace } from '../support/revoke-place.ts'

const test = needs('mosquitto', mosquittoProgram !== undefined)
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function place(more?: readonly string[]): Promise<RevokePlace> {
  const made = await revokePlace(more)
  close.push(made.clear)
  return made
}

test('revoke puts a connected board out for good, tells each step in seconds, and leaves the others alone', async () => {
  const { made, broker, flags, issue } = await place()
  const [bad, good] = [await issue('bad'), await issue('good')]
  const [out, stays] = [await lightBoard(broker.port, 'one', bad), await lightBoard(broker.port, 'two', good)]
  close.push(
    () => out.leave(),
    () => stays.leave(),
  )
  const ran = await made.run(['revoke', bad.file, '--reason', 'keyCompromise', '--yes', ...flags])
  expect(ran.exit, ran.err).toBe(0)
  const words = ['is recorded as revoked', 'names 2, good until', 'refuses who is in the list', '1 live session ended']
  for (const word of [...words, 'enters still', 'OUT  CN=bad']) expect(ran.out).toContain(word)
  expect(ran.out.match(/^\d+\.\d{3} s /gm)?.length).toBe(5)
  await out.over
  await expect(lightBoard(broker.port, 'one', bad)).rejects.toThrow('REVOKED')
  await stays.publish('still here')
  await stays.hears('still here')
  const again = await made.run(['revoke', bad.serial, '--yes', '--json', ...flags])
  expect(again.exit).toBe(0)
  expect(again.result).toMatchObject({ verb: 'revoke', ended: 0, serials: [bad.serial] })
  expect(stays.isUp()).toBe(true)
  const late = await made.run(['revoke', bad.serial, '--reason', 'superseded', '--yes', ...flags])
  expect(late.err).toContain('was revoked before, and the reason of then stays: keyCompromise')
  const shown = await made.run(['ca', 'show'])
  expect(shown.exit, shown.err).toBe(0)
  expect(shown.err, 'a trial certificate is for a day, and nobody is told of its end').not.toContain('run out soon')
})

test('a broker that is away leaves the board revoked and not out, exit 7, and the same command finishes it later', async () => {
  const { made, broker, flags, issue } = await place()
  const bad = await issue('bad')
  const away = ['--broker', 'mosquitto:127.0.0.1:1', ...flags.slice(2)]
  const first = await made.run(['revoke', bad.file, '--yes', ...away])
  expect(first.exit).toBe(7)
  expect(first.err).toMatch(/state +CN=bad .* is revoked: every list from now on names it; nothing was put in place/)
  expect(first.err).toMatch(/next +sectag revoke bad\.crt --yes --broker mosquitto:127\.0\.0\.1:1/)
  expect((await made.run(['revoke', bad.file, '--yes', ...flags])).exit).toBe(0)
  await expect(lightBoard(broker.port, 'one', bad)).rejects.toThrow('REVOKED')
})

test('a pid file that outlived its Mosquitto signals nobody else, and no list is put in place', async () => {
  const { made, flags, issue } = await place()
  const bad = await issue('bad')
  const before = readFileSync(made.path('boards.crl'), 'utf8')
  // SIGHUP would end this very process.
  made.file('mosquitto.pid', String(process.pid))
  const ran = await made.run(['revoke', bad.file, '--yes', '--json', ...flags])
  expect(ran.result).toMatchObject({ exit: 7, obstacle: 'not-placed' })
  expect(JSON.stringify(ran.events)).toContain('which is no mosquitto')
  // Either file may be the wrong one.
  expect(ran.events.find(({ type }) => type === 'failure')?.['next']).toMatch(
    /^ls -l \S*boards\.crl \S*mosquitto\.pid /,
  )
  expect(readFileSync(made.path('boards.crl'), 'utf8')).toBe(before)
})

test('a home that has forgotten who is revoked locks nobody in: its list is refused, and the next command mends it', async () => {
  const { made, broker, flags, issue } = await place()
  const [first, second] = [await issue('first'), await issue('second')]
  expect((await made.run(['revoke', first.file, '--yes', ...flags])).exit).toBe(0)
  for (const name of ['revoked.jsonl', 'crls.jsonl', 'issuing.crl']) rmSync(join(made.ca, name))
  const ran = await made.run(['revoke', second.file, '--yes', '--json', ...flags])
  expect(ran.result).toMatchObject({ exit: 7, obstacle: 'guarded' })
  await expect(lightBoard(broker.port, 'one', first)).rejects.toThrow('REVOKED')
  expect((await made.run(['ca', 'crl', '--out', 'boards.crl'])).exit).toBe(0)
  expect((await made.run(['revoke', second.file, '--yes', ...flags])).exit).toBe(0)
  for (const out of [first, second]) await expect(lightBoard(broker.port, 'one', out)).rejects.toThrow('REVOKED')
})

test('a log that begins after the broker cannot show that a board is out: what it tells of is ended, and exit 7 says so', async () => {
  const { made, broker, flags, issue } = await place()
  const [bad, good] = [await issue('bad'), await issue('good')]
  const [out, stays] = [await lightBoard(broker.port, 'one', bad), await lightBoard(broker.port, 'two', good)]
  close.push(() => stays.leave())
  const log = readFileSync(made.path('mosquitto.log'), 'utf8')
  // As a rotation by copying and truncating leaves it.
  writeFileSync(made.path('mosquitto.log'), log.slice(log.indexOf('New connection')))
  const ran = await made.run(['revoke', bad.file, '--yes', '--json', ...flags])
  expect(ran.result).toMatchObject({ exit: 7, obstacle: 'cannot-tell' })
  expect(JSON.stringify(ran.events)).toContain('1 sessions were ended')
  await out.over
  expect(stays.isUp()).toBe(true)
})

test('what was rotated away belongs to the log: a session that began two rotations ago is found and ended', async () => {
  const { made, broker, flags, issue } = await place()
  const bad = await issue('bad')
  const [out, stays] = [
    await lightBoard(broker.port, 'one', bad),
    await lightBoard(broker.port, 'two', await issue('good')),
  ]
  close.push(() => stays.leave())
  const log = readFileSync(made.path('mosquitto.log'), 'utf8')
  const middle = log.indexOf('New client connected')
  made.file('mosquitto.log.2.gz', gzipSync(log.slice(0, middle)))
  made.file('mosquitto.log.1', log.slice(middle))
  writeFileSync(made.path('mosquitto.log'), '')
  const ran = await made.run(['revoke', bad.file, '--yes', '--json', ...flags])
  expect(ran.result).toMatchObject({ exit: 0, ended: 1 })
  await out.over
  expect(stays.isUp()).toBe(true)
  made.file('mosquitto.log.2.gz', 'no gzip at all')
  const spoiled = await made.run(['revoke', bad.file, '--yes', '--json', ...flags])
  expect(spoiled.result).toMatchObject({ exit: 7, obstacle: 'cannot-tell' })
})

test("another broker's log is not believed: nobody is cut by it", async () => {
  const { made, broker, flags, issue } = await place()
  const bad = await issue('bad')
  const board = await lightBoard(broker.port, 'one', bad)
  close.push(() => board.leave())
  made.file('other.log', readFileSync(made.path('mosquitto.log'), 'utf8'))
  const clock = { ...systemClock, sleep: () => Promise.resolve() }
  let skipped = 0
  const impatient = { ...clock, now: () => systemClock.now() + (skipped += 50) }
  const argv = ['revoke', bad.file, '--yes', '--json', ...flags, '--broker-log', 'other.log']
  const ran = await made.run(argv, { clock: impatient })
  expect(ran.result).toMatchObject({ exit: 7, obstacle: 'cannot-tell' })
  expect(JSON.stringify(ran.events)).toContain('does not tell of a session that was just opened')
  expect(board.isUp()).toBe(true)
})

test('the list can be read by the broker whatever the umask is, and no key of a trial certificate ever touches the disk', async () => {
  const { made, flags, issue } = await place()
  const bad = await issue('bad')
  const mask = process.umask(0o077)
  try {
    expect((await made.run(['revoke', bad.file, '--yes', ...flags])).exit).toBe(0)
  } finally {
    process.umask(mask)
  }
  expect(statSync(made.path('boards.crl')).mode & 0o777).toBe(0o644)
  const names = readdirSync(made.folder, { recursive: true, encoding: 'utf8' })
  const keys = names.filter((name) => {
    const path = made.path(name)
    return statSync(path).isFile() && readFileSync(path, 'latin1').includes('BEGIN PRIVATE KEY')
  })
  expect(keys.toSorted()).toEqual(['bad.key', 'broker.key'])
})

test('it asks for the last digits of the serial number, and a board is found by its IMEI too', async () => {
  const { made, broker, flags, issue } = await place()
  const bad = await issue('bad')
  const imei = '351358811330130'
  const { fingerprint256 } = new X509Certificate(bad.chain)
  const certificates = [{ tag: 1, fingerprint: fingerprint256.replaceAll(':', '') }]
  made.file(`home/known/${imei}.jsonl`, `${JSON.stringify({ fact: 'writing', at: 1, slots: [], certificates })}\n`)
  const revoke = ['revoke', '--imei', imei, ...flags]
  const wrong = await made.run(revoke, { ask: async () => 'zzzz' })
  expect(wrong.exit).toBe(6)
  expect((await made.run([...revoke, '--dry-run'])).out).toContain('Would revoke CN=bad')
  const one = await lightBoard(broker.port, 'one', bad)
  one.leave()
  const right = await made.run(revoke, { ask: async () => bad.serial.slice(-4).toUpperCase() })
  expect(right.exit, right.err).toBe(0)
  await expect(lightBoard(broker.port, 'one', bad)).rejects.toThrow('REVOKED')
})

test('a production line that has nothing left can still put a board out: what tries the broker counts as none of its certificates', async () => {
  const { made, broker, flags } = await place()
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const ca = ['ca', 'line', '--name', 'line', '--quota', '1', '--until', until, '--out', 'line']
  expect((await made.run(ca)).exit).toBe(0)
  const files = ['--new-key', 'bad.key', '--out', 'bad.crt', '--home', 'line']
  expect((await made.run(['ca', 'issue', '--profile', 'device', '--subject', 'bad', ...files])).exit).toBe(0)
  const ran = await made.run(['revoke', 'bad.crt', '--yes', ...flags, '--home', 'line'])
  expect(ran.exit, ran.err).toBe(0)
  const key = new Secret(utf8(readFileSync(made.path('bad.key'), 'utf8')))
  const bad = { chain: readFileSync(made.path('bad.crt'), 'utf8'), key, serial: '' }
  await expect(lightBoard(broker.port, 'one', bad)).rejects.toThrow('REVOKED')
  const shown = await made.run(['ca', 'show', '--home', 'line', '--json'])
  expect(shown.events.find(({ type }) => type === 'quota')).toMatchObject({ most: 1, spent: 1, left: 0 })
})

test('with a wrong passphrase, or without an authority, revoke says that nothing was revoked', async () => {
  const { made, flags, issue } = await place()
  const bad = await issue('bad')
  for (const [argv, more, exit] of [
    [[], { env: knowing(made.folder, 'a wrong passphrase') }, 2],
    [['--home', 'nowhere'], {}, 6],
  ] as const) {
    const ran = await made.run(['revoke', bad.file, '--yes', ...flags, ...argv], more)
    expect(ran.exit, ran.err).toBe(exit)
    expect(ran.err).toMatch(/^state {2}nothing was revoked; the broker was not touched$/m)
  }
  expect(existsSync(join(made.ca, 'revoked.jsonl'))).toBe(false)
})

test("a broker's own certificate is not put out: nobody would be, and revoke says so", async () => {
  const { made, flags } = await place()
  const { serialNumber } = new X509Certificate(readFileSync(made.path('broker.crt')))
  for (const named of ['broker.crt', serialNumber]) {
    const ran = await made.run(['revoke', named, '--yes', ...flags])
    expect([ran.exit, ran.err]).toEqual([
      2,
      expect.stringContaining('certificate of a broker, not of a board') as string,
    ])
    expect(ran.err).toMatch(/^next {3}sectag ca revoke --(?:cert|serial) /m)
  }
  expect(existsSync(join(made.ca, 'revoked.jsonl'))).toBe(false)
})

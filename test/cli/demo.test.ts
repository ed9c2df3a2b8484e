import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, expect, test } from 'vitest'
import { accountOf, type Told } from '../../src/cli/demo/account.ts'
import { makeMember, type Member } from '../../src/cli/demo/member.ts'
import { castFates, type Fate } from '../../src/cli/demo/misfortune.ts'
import { systemClock } from '../../src/port/index.ts'
import { parsePem, readCertificate } from '../../src/pki/index.ts'
import { byteText } from '../../src/terms/index.ts'
import { figure } from '../support/figures.ts'
import { start } from '../support/process.ts'
import { scaled } from '../support/scale.ts'
import { privateWindows, seen, wordWindows } from '../support/secrets.ts'
import { type Heard, hearStory } from '../support/story.ts'

const tag = 16_842_753
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function hear(options: Parameters<typeof hearStory>[0]): Promise<Heard> {
  const heard = await hearStory(options)
  close.push(() => heard.stage.close())
  return heard
}

/** SHA-256 of the certificate that is in the memory of a board now. */
function fingerprintHeld({ modem }: Member): string | undefined {
  const [leaf] = parsePem(byteText(modem.tlsMaterial([tag]).chain ?? new Uint8Array())).blocks
  return leaf === undefined ? undefined : readCertificate(leaf.der).fingerprint
}

/** How often the flash of a board was written or erased in the tag. */
function flashWrites({ modem }: Member): number {
  return [...modem.store.writes].reduce((sum, [slot, count]) => (slot.startsWith(`${tag}/`) ? sum + count : sum), 0)
}

/** Counts again, from what the brokers saw and what is in the memory of the boards; nothing of what the story told is used. */
function recount({ stage, truth }: Heard): Record<string, number> {
  const members = [...truth.keys()]
  const sessions = (member: Member, fingerprint: string | undefined): number =>
    [stage.broker, stage.elsewhere]
      .flatMap(({ sightings }) => sightings)
      .filter(
        (seen) =>
          seen.session !== undefined &&
          seen.handshake === 'full' &&
          seen.clientId === `nrf-${member.modem.identity.imei}` &&
          (fingerprint === undefined || seen.certificate?.fingerprint === fingerprint),
      ).length
  const lost = members.filter((member) => truth.get(member) === 'lost-its-tag')
  const full = 3
  return {
    boards: members.length,
    proven: members.filter((member) => sessions(member, undefined) > 0).length,
    lost: lost.length,
    // One session when it was new, and another one with what it holds now.
    healed: lost.filter((member) => sessions(member, fingerprintHeld(member)) > 0 && sessions(member, undefined) > 1)
      .length,
    writtenOnce: members.filter((member) => flashWrites(member) === full).length,
    writtenTwice: members.filter((member) => flashWrites(member) === 2 * full).length,
    empty: members.filter((member) => fingerprintHeld(member) === undefined).length,
  }
}

function expectTrue(heard: Heard): void {
  const { account, ending } = heard
  const again = recount(heard)
  expect(ending).toMatchObject({ exit: 0, verdict: 'PASS', proof: 'session' })
  expect(account).toMatchObject({ wronglyWritten: 0, wrong: [], decoys: 2 })
  expect(again).toEqual({
    boards: account.boards,
    proven: account.proven,
    lost: account.lost,
    healed: account.healed,
    writtenOnce: account.boards - account.lost,
    writtenTwice: account.lost,
    empty: 0,
  })
  expect(account.lost).toBeGreaterThanOrEqual(3)
  expect(account.explained).toBe(account.lost + account.decoys)
}

/** Everything of a story that anybody may read: what it told, and every file that is no key, no passphrase and not encrypted. */
function readable({ stage, events }: Heard): string[] {
  const files = readdirSync(stage.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.key$|^passphrase$/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  return [JSON.stringify(events), ...files]
}

/** The windows of all private keys of a story, in files and born in modems, and of its passphrase. */
function secretsOf({ stage, truth }: Heard): ReadonlySet<string> {
  const files = readdirSync(stage.folder).filter((name) => name.endsWith('.key'))
  const inFiles = files.map((name) => readFileSync(join(stage.folder, name), 'utf8'))
  const inModems = [...truth.keys()].map(({ modem }) => byteText(modem.tlsMaterial([tag]).key ?? new Uint8Array()))
  const words = wordWindows(readFileSync(join(stage.folder, 'passphrase'), 'utf8'))
  return new Set([...words, ...[...inFiles, ...inModems].flatMap((pem) => [...privateWindows(pem)])])
}

function expectNoSecret(heard: Heard): { texts: number; windows: number } {
  const windows = secretsOf(heard)
  const texts = readable(heard)
  expect(windows.size).toBeGreaterThan(1000)
  expect(texts.flatMap((text) => seen(text, windows))).toEqual([])
  return { texts: texts.length, windows: windows.size }
}

/** One line a story. */
const stories: object[] = []
const spoiled: object[] = []
afterAll(() => figure('story-seeds', { stories, spoiled }))

const seeds = Array.from({ length: scaled(20, 2) }, (_, index) => `seed-${index + 1}`)

test.each(seeds)(
  '%s: five boards; every verdict is the hidden truth, every lost board is proven again, no decoy is written',
  async (seed) => {
    const heard = await hear({ boards: 5, seed })
    expectTrue(heard)
    expect(heard.events.at(-1)).toMatchObject({ type: 'result', exit: 0, boards: 5, proven: 5, wronglyWritten: 0 })
    stories.push({ seed, ...recount(heard), secrets: expectNoSecret(heard), seconds: heard.seconds })
  },
)

test('the founding fleet: its story is as true as that of five', async () => {
  const boards = scaled(50, 8)
  const heard = await hear({ boards, seed: 'founding' })
  expectTrue(heard)
  figure('story-founding-fleet', { ...recount(heard), seconds: heard.seconds })
})

/** Boards that are cast and never switched on. */
function fleet(count: number, seed: string): Member[] {
  const members = Array.from({ length: count }, (_, index) =>
    makeMember({ index, seed, clock: systemClock, broker: { host: '127.0.0.1', port: 1 } }),
  )
  close.push(() => Promise.all(members.map((member) => member.close())))
  return members
}

test('the same seed casts the same boards and the same misfortune, another seed another one', () => {
  const cast = (seed: string): string[] =>
    [...castFates(fleet(8, seed), seed)].map(([member, fate]) => `${member.modem.identity.imei} ${fate}`)
  expect(cast('same')).toEqual(cast('same'))
  expect(cast('other')).not.toEqual(cast('same'))
})

test.each([
  ['foreign-ca', ['cred-wrong-ca']],
  ['wrong-tag', ['cred-wrong-sec-tag']],
  // Nobody answered, and full tags: whoever blamed the credentials now would be wrong.
  ['broker-down', ['insufficient-evidence']],
] as const)(
  'a story that is spoiled by %s ends non-zero, with the right verdict, and nothing is called PASS',
  async (sabotage, causes) => {
    const { ending, events, seconds } = await hear({ boards: 5, seed: 'spoiled', sabotage })
    expect(ending).toMatchObject({ exit: 5, verdict: 'UNKNOWN', more: { proven: 0, causes } })
    expect(events.filter((event) => event['verdict'] === 'PASS')).toEqual([])
    expect(events.filter((event) => event['type'] === 'act').map((event) => event['act'])).not.toContain('heal')
    spoiled.push({ sabotage, causes, exit: ending.exit, seconds })
  },
)

test('what is told wrongly, and what is written wrongly, is noticed: the truth is not taken from what was told', () => {
  const members = fleet(5, 'told')
  const truth = castFates(members, 'told')
  const right: Readonly<Record<Fate, Told>> = {
    nothing: { rewritten: false, provenAgain: false },
    'lost-its-tag': { cause: 'cred-slot-empty', rewritten: true, provenAgain: true },
    'broker-changed-its-ca': { cause: 'server-ca-rotated', rewritten: false, provenAgain: false },
    'sim-died': { cause: 'sim-failure', rewritten: false, provenAgain: false },
  }
  const told = new Map([...truth].map(([member, fate]) => [member, right[fate]]))
  const writes = (member: Member): number => (truth.get(member) === 'lost-its-tag' ? 3 : 0)
  expect(accountOf(5, truth, told, writes).wrong).toEqual([])
  expect(accountOf(5, truth, told, () => 3)).toMatchObject({ wronglyWritten: 2 })
  for (const member of members) {
    const wrongly = { cause: 'pem-format', rewritten: false, provenAgain: false }
    expect(accountOf(5, truth, new Map(told).set(member, wrongly), writes).wrong.length).toBe(1)
    const unhealed = { ...right['lost-its-tag'], provenAgain: false }
    expect(accountOf(5, truth, new Map(told).set(member, unhealed), writes).wrong.length).toBe(1)
  }
})

function children(pid: number | undefined): string {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
}

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

const isLinux = process.platform === 'linux'
const onLinux = isLinux ? test : test.skip
const why = isLinux ? '' : ' (skipped: /proc is on Linux only)'

onLinux.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  `the fleet stays up until %s, and nothing of it is left behind: no process, no socket, no port${why}`,
  async (signal) => {
    const running = start(['demo', '--stay', '--json'])
    await running.prints(/"type":"staying"/)
    const folder = /"folder":"([^"]+)"/.exec(running.out())?.[1] ?? ''
    const port = Number(/"broker":"127\.0\.0\.1:(\d+)"/.exec(running.out())?.[1])
    const paths = [...running.out().matchAll(/"port":"(\/dev\/[^"]+)"/g)].map(([, path]) => path ?? '')
    expect([await listens(port), existsSync(folder), paths.length]).toEqual([true, true, 5])
    // What is not started cannot be orphaned.
    expect(children(running.child.pid)).toBe('')
    running.child.kill(signal)
    const exit = await running.ended
    expect(await listens(port)).toBe(false)
    if (signal === 'SIGKILL') return
    expect(exit).toBe(0)
    expect(existsSync(folder)).toBe(false)
  },
)

onLinux(`a Ctrl-C in the middle of the story ends it with 7 and leaves nothing behind${why}`, async () => {
  const running = start(['demo', '--stay', '--json'])
  await running.prints(/"type":"provisioned"/)
  const folder = /"folder":"([^"]+)"/.exec(running.out())?.[1] ?? ''
  running.child.kill('SIGINT')
  expect(await running.ended).toBe(7)
  expect(existsSync(folder)).toBe(false)
})

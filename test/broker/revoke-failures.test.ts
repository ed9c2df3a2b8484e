import { readFileSync } from 'node:fs'
import { afterEach, expect, test } from 'vitest'
import { type Gate, mosquittoDriver, Observer, sessionsByLog, sessionsThrough } from '../../src/broker/index.ts'
import { readSessions } from '../../src/broker/drivers/log-sessions.ts'
import { systemClock } from '../../src/port/index.ts'
import { fromUtf8 } from '../../src/terms/index.ts'
import { lightBoard } from '../support/light-board.ts'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { attempt } from '../support/mqtt-client.ts'
import { needs } from '../support/outside.ts'
import {
  type DrivenMosquitto,
  drivenMosquitto,
  linesOf,
  type RevocationDesk,
  revocationDesk,
} from '../support/revocation-desk.ts'

const withMosquitto = needs('mosquitto', mosquittoProgram !== undefined)
const day = 86_400_000
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function place(more?: readonly string[]): Promise<{ desk: RevocationDesk; made: DrivenMosquitto }> {
  const desk = await revocationDesk()
  const made = await drivenMosquitto(desk, 'log', more)
  close.push(made.close)
  return { desk, made }
}

/** The real time, with pauses that cost none of it. */
function impatient(): Gate['clock'] {
  let skipped = 0
  return {
    now: () => systemClock.now() + skipped,
    sleep(ms) {
      skipped += ms
      return Promise.resolve()
    },
  }
}

/** A driver of the same broker that nobody guards and that waits for nobody. */
function unguarded(desk: RevocationDesk, { broker, crlFile, putUnguarded }: DrivenMosquitto) {
  const gate = { ...desk.gate(broker.port), clock: impatient(), guard: () => Promise.resolve([]) }
  const shelf = { read: () => readFileSync(crlFile, 'latin1'), load: (text = '') => putUnguarded(text) }
  return mosquittoDriver({ gate, shelf, sessions: sessionsByLog({ gate, log: () => said(), alone: () => true }) })
}

withMosquitto(
  'where a list locks a healthy board out after all, the one from before is put back and brings it in',
  async () => {
    const { desk, made } = await place()
    const bad = await desk.issue('bad')
    await made.driver.publish(await desk.listFor([bad]))
    const before = readFileSync(made.crlFile, 'latin1')
    const trials = { ...desk.trials, revoked: await desk.issue('another revoked trial') }
    const stale = await desk.list([trials.revoked], { now: Date.now() - 40 * day, days: 30 })
    const driver = unguarded({ ...desk, gate: (port) => ({ ...desk.gate(port), trials }) }, made)
    const published = await driver.publish(stale)
    expect(published).toMatchObject({ ok: false, refusal: { code: 'locked-out' } })
    expect(published.ok ? '' : published.refusal.state).toMatch(/put back and loaded; a healthy certificate enters now/)
    expect(readFileSync(made.crlFile, 'latin1')).toBe(before)
    await expect(lightBoard(made.port, 'bad', bad)).rejects.toThrow('REVOKED')
  },
)

withMosquitto(
  'a list that Mosquitto cannot read lets revoked boards in: the driver sees it and puts the old one back',
  async () => {
    const { desk, made } = await place()
    const bad = await desk.issue('bad')
    await made.putUnguarded((await desk.list([bad])).pem)
    const published = await unguarded(desk, made).publish({ ...(await desk.listFor([bad])), pem: 'spoiled on its way' })
    expect(published).toMatchObject({ ok: false, refusal: { code: 'not-in-force' } })
    await expect(lightBoard(made.port, 'bad', bad)).rejects.toThrow('REVOKED')
  },
)

withMosquitto('where nobody answers, and where the file cannot be written, nothing is put in place', async () => {
  const { desk, made } = await place()
  const before = readFileSync(made.crlFile, 'latin1')
  const gate = desk.gate(made.broker.port)
  const sessions = sessionsThrough(await observer(made.broker.port))
  const read = (): string => readFileSync(made.crlFile, 'latin1')
  const nowhere = { ...gate, door: { ...gate.door, port: 1 } }
  const load = (text: string | undefined): Promise<void> => made.putUnguarded(text ?? '')
  const away = mosquittoDriver({ gate: nowhere, shelf: { read, load }, sessions })
  expect(await away.publish(await desk.listFor([]))).toMatchObject({ refusal: { code: 'not-reached' } })
  const full = mosquittoDriver({ gate, shelf: { read, load: () => Promise.reject(new Error('ENOSPC')) }, sessions })
  expect(await full.publish(await desk.listFor([]))).toMatchObject({ refusal: { code: 'not-placed', text: 'ENOSPC' } })
  expect(readFileSync(made.crlFile, 'latin1')).toBe(before)
})

async function observer(port: number): Promise<Observer> {
  const at = '127.0.0.1'
  const made = await Observer.start({
    clock: systemClock,
    listen: { host: at, port: 0 },
    broker: { host: at, port },
  })
  close.push(() => made.close())
  return made
}

withMosquitto('the lists of other CAs that stand in the same file stay there, and their boards come in', async () => {
  const { desk, made } = await place()
  const other = await revocationDesk('other')
  const theirs = await other.list([])
  await made.putUnguarded(readFileSync(made.crlFile, 'latin1') + theirs.pem)
  const bad = await desk.issue('bad')
  expect(await made.driver.publish(await desk.listFor([bad]))).toMatchObject({ ok: true })
  expect(readFileSync(made.crlFile, 'latin1')).toContain(theirs.pem)
  expect(readFileSync(made.crlFile, 'latin1').match(/BEGIN X509 CRL/g)?.length).toBe(2)
})

withMosquitto('a log that names no certificates cannot tell whose sessions there are, and nobody is cut', async () => {
  const { desk, made } = await place([])
  const bad = await desk.issue('bad')
  const board = await lightBoard(made.port, 'one', bad)
  close.push(() => board.leave())
  expect(await made.driver.endSessions(bad)).toMatchObject({
    refusal: { code: 'cannot-tell', text: expect.stringContaining('names no certificates') },
  })
  expect(board.isUp()).toBe(true)
})

const stamp = '1763804400: '

async function* said(...lines: string[]): AsyncGenerator<string> {
  yield* lines.map((line) => stamp + line)
}

const joins = (id: string, name: string): string =>
  `New client connected from 10.0.0.7:4711 as ${id} (p2, c1, k60, u'${name}').`

test('a log tells who is up, by what its lines say and not by what client ids look like', async () => {
  const up = async (...lines: string[]): Promise<string[]> =>
    (await readSessions(said(...lines))).up.map(({ clientId, username }) => `${clientId} ${username}`)
  expect(await up(joins('a', 'bad'), 'Client a disconnected.')).toEqual([])
  expect(await up(joins('a', 'bad'), 'Client a has exceeded timeout, disconnecting.')).toEqual([])
  expect(
    await up(joins('a', 'bad'), 'Client a already connected, closing old connection.', joins('a', 'good')),
  ).toEqual(['a good'])
  const forged = 'a disconnected.'
  expect(await up(joins('a', 'bad'), joins(forged, 'evil'), `Client ${forged} closed its connection.`)).toEqual([
    'a bad',
  ])
  const quoted = "x (p2, c1, k60, u'bad'"
  expect(await up(joins(quoted, 'good'))).toEqual([`${quoted} good`])
})

test('only a log that has the start of the broker is whole, and a start ends every session before it', async () => {
  const late = await readSessions(said(joins('a', 'bad')))
  expect(late).toMatchObject({ whole: false, up: [{ clientId: 'a' }] })
  const whole = await readSessions(said(joins('a', 'bad'), 'mosquitto version 2.0.11 starting', joins('b', 'good')))
  expect(whole).toMatchObject({ whole: true, up: [{ clientId: 'b' }] })
})

withMosquitto(
  'a client id that a healthy board has now is not taken over, although the revoked one had it before',
  async () => {
    const { desk, made } = await place()
    const [bad, good] = [await desk.issue('bad'), await desk.issue('good')]
    const first = await lightBoard(made.port, 'shared', bad)
    const second = await lightBoard(made.port, 'shared', good)
    close.push(() => second.leave())
    await first.over
    expect(await made.driver.endSessions(bad)).toEqual({ ok: true, value: { ended: 0 } })
    expect(second.isUp()).toBe(true)
  },
)

withMosquitto('where a second good certificate bears the same name nobody is cut, and it is said why', async () => {
  const { desk, made } = await place()
  const bad = await desk.issue('bad')
  const board = await lightBoard(made.port, 'one', bad)
  close.push(() => board.leave())
  const source = { gate: desk.gate(made.broker.port), log: () => linesOf(made.log), alone: () => false }
  const ended = await sessionsByLog(source).endSessions(bad)
  expect(ended).toMatchObject({ refusal: { code: 'namesake', text: expect.stringContaining('bears CN=bad') } })
  expect(board.isUp()).toBe(true)
  const all = await sessionsByLog({ ...source, namesakes: true }).endSessions(bad)
  expect(all).toEqual({ ok: true, value: { ended: 1 } })
  await board.over
})

withMosquitto(
  'through an observer, a connection that was resumed might be anybody: the others are cut, and it is said',
  async () => {
    const { desk, made } = await place()
    const front = await observer(made.broker.port)
    const bad = await desk.issue('bad')
    const tls = { cert: bad.chain, key: fromUtf8(bad.key.reveal()) }
    const first = await attempt(front.port, 'one', tls)
    const session = first.socket.getSession()
    const second = await attempt(front.port, 'two', { ...tls, ...(session !== undefined && { session }) })
    expect(second.socket.isSessionReused()).toBe(true)
    const ended = await sessionsThrough(front).endSessions(bad)
    expect(ended).toMatchObject({
      refusal: { code: 'cannot-tell', state: expect.stringContaining('1 sessions were ended') },
    })
    second.socket.destroy()
  },
)

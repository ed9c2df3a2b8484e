import { createPrivateKey } from 'node:crypto'
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { Channel, memoryCable } from '../../src/at/index.ts'
import { ensureHome, type Home } from '../../src/cli/home/home.ts'
import { Journal } from '../../src/cli/home/journal.ts'
import { KnownBoard } from '../../src/cli/home/known.ts'
import { keepSession } from '../../src/cli/home/sessions.ts'
import { armour, makeRequest, newKeyPair, parsePem, readCertificate } from '../../src/pki/index.ts'
import { type ModemState, readState } from '../../src/modem/index.ts'
import { beginRun } from '../../src/plan/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { byteText, type Clock } from '../../src/terms/index.ts'
import { AtHost, personality, VirtualModem } from '../../src/virtual/index.ts'
import { type BrokerDesk, brokerDesk, filesOf } from '../support/broker-desk.ts'
import { testAuthority } from '../support/authority.ts'
import { caDesk } from '../support/ca-desk.ts'
import type { Desk, Ran } from '../support/cli.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

const tag = 16_842_753
const hour = 3_600_000

async function bench(): Promise<BrokerDesk> {
  const made = await brokerDesk()
  close.push(() => made.clear())
  return made
}

/** A virtual modem on the desk, as `--port test:NAME`. */
function boardOn(made: Desk, mfw: string, name = 'board'): VirtualModem {
  const line = personality(mfw)
  if (line === undefined) throw new Error(`no personality ${mfw}`)
  const modem = new VirtualModem({ personality: line, clock: systemClock, seed: name })
  const host = new AtHost(modem, { clock: systemClock, baud: 0 })
  made.boards.set(`test:${name}`, () => {
    const cable = memoryCable()
    void host.serve(cable.modem)
    return cable.host
  })
  return modem
}

function homeOf(made: Desk): Home {
  return ensureHome(join(made.folder, 'home'))
}

/** What a witness would have kept of a session with this certificate. */
function sessionWith(made: Desk, pem: string, more: { at?: number; clientId?: string } = {}): void {
  const [block] = parsePem(pem).blocks
  if (block === undefined) throw new Error('no certificate')
  const { fingerprint, subject, serial } = readCertificate(block.der)
  const { at = Date.now(), clientId = 'board-7' } = more
  const certificate = { fingerprint, subject, serial }
  keepSession(homeOf(made), { at, session: at, peer: '', handshake: 'full', certificate, clientId }, 'embedded')
}

/** A clock that is off by so many milliseconds. */
function off(by: number): Clock {
  return { now: () => systemClock.now() + by, sleep: systemClock.sleep }
}

/** Waits until the clock shows another millisecond: what begins in the same one as a write proves nothing. */
async function tick(): Promise<void> {
  await systemClock.sleep(3)
}

/** How the board stands, read over its cable. */
async function stateOf(made: Desk): Promise<ModemState> {
  const plug = made.boards.get('test:board')
  if (plug === undefined) throw new Error('no board')
  const channel = new Channel(plug(), { clock: systemClock })
  const state = await readState(channel)
  await channel.close()
  if (!state.ok) throw new Error(`no state: ${state.refusal.kind}`)
  return state.value
}

const port = ['--port', 'test:board']
const apply = ['apply', ...port, ...filesOf(), '--proof', 'presence']
const verify = ['verify', ...port, ...filesOf(), '--proof', 'session', '--json']

function why(ran: Ran): unknown {
  return ran.events.find((event) => event['type'] === 'failure')?.['why']
}

test('a session that was seen before the write proves nothing after it, also when the clock was an hour ahead then', async () => {
  const made = await bench()
  boardOn(made, '2.0.2')
  sessionWith(made, made.paper.board.chain, { at: Date.now() + hour })
  expect(await made.run(apply)).toMatchObject({ exit: 0 })
  expect((await made.run(verify, { clock: off(2 * hour) })).result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  await tick()
  sessionWith(made, made.paper.board.chain)
  expect((await made.run(verify)).result).toMatchObject({ exit: 0, verdict: 'PASS' })
})

test('a certificate that two boards carry proves neither of them, unless the client id tells them apart', async () => {
  const made = await bench()
  boardOn(made, '2.0.2')
  const twin = boardOn(made, '2.0.2', 'twin')
  await made.run(apply)
  await made.run(['apply', '--port', 'test:twin', ...filesOf()])
  await tick()
  sessionWith(made, made.paper.board.chain, { clientId: 'twin' })
  const ran = await made.run(verify)
  expect(ran.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  expect(why(ran)).toMatch(new RegExp(`${twin.identity.imei} was given the same certificate`))
  expect((await made.run([...verify, '--client-id', 'board-7'])).result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  sessionWith(made, made.paper.board.chain, { clientId: 'board-7' })
  expect((await made.run([...verify, '--client-id', 'board-7'])).result).toMatchObject({ exit: 0, verdict: 'PASS' })
  await made.run(['erase', '--port', 'test:twin', '--tag', String(tag), '--yes'])
  expect((await made.run(verify)).result).toMatchObject({ exit: 0, verdict: 'PASS' })
})

test('a session with the certificate of one tag proves nothing of another tag that holds somebody’s pair', async () => {
  const made = await bench()
  const modem = boardOn(made, '1.3.5')
  await made.run(apply)
  for (const type of [1, 2]) modem.execute(`AT%CMNG=0,42,${type},"somebody's"`)
  const pair = '    ca: root.crt\n    certificate: board.crt\n    key: board.key\n'
  made.file('two.yaml', `sectag: 1\ntags:\n  - tag: ${tag}\n${pair}  - tag: 42\n    enrol: device\n`)
  await tick()
  sessionWith(made, made.paper.board.chain)
  const ran = await made.run(['verify', ...port, 'two.yaml', '--proof', 'session', '--json'])
  expect(ran.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
})

test('old firmware, and the files have changed since they were written: the session before says nothing of the new ones', async () => {
  const made = await bench()
  boardOn(made, '1.0.0')
  await made.run(apply)
  await tick()
  sessionWith(made, made.paper.board.chain)
  expect((await made.run(verify)).result).toMatchObject({ exit: 0, verdict: 'PASS' })
  const other = await made.run(['verify', ...port, ...filesOf('board', 'foreign-root'), '--proof', 'session', '--json'])
  // What can be read back is known, and needs no session.
  expect(other.result).toMatchObject({ exit: 5, verdict: 'FAIL' })
  const key = ['--tag', String(tag), '--ca', 'root.crt', '--cert', 'board.crt', '--key', 'same.key']
  made.file('same.key', createPrivateKey(made.paper.board.key).export({ type: 'sec1', format: 'pem' }).toString())
  const ran = await made.run(['verify', ...port, ...key, '--proof', 'session', '--json'])
  expect(ran.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  expect(why(ran)).toMatch(/16842753\/2 .*was last written from another text/)
})

test('old firmware: one turned byte in the CA, which the session could do without, is FAIL', async () => {
  const made = await bench()
  const modem = boardOn(made, '1.0.0')
  await made.run(apply)
  await tick()
  sessionWith(made, made.paper.board.chain)
  modem.store.damage({ tag, type: 0 }, 100)
  expect((await made.run(verify)).result).toMatchObject({ exit: 5, verdict: 'FAIL' })
})

test('old firmware: of a text that no session uses and nothing can show, PASS is not said', async () => {
  const made = await bench()
  const modem = boardOn(made, '1.0.0')
  made.file('psk.txt', '6e7266393174657374\n')
  const set = '    ca: root.crt\n    certificate: board.crt\n    key: board.key\n'
  made.file('psk.yaml', `sectag: 1\ntags:\n  - tag: ${tag}\n${set}    psk: psk.txt\n    psk-identity: psk.txt\n`)
  await made.run(['apply', ...port, 'psk.yaml', '--proof', 'presence'])
  await tick()
  sessionWith(made, made.paper.board.chain)
  const ran = await made.run(['verify', ...port, 'psk.yaml', '--proof', 'session', '--json'])
  expect(ran.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN', proof: 'presence' })
  expect(why(ran)).toMatch(/says nothing of 16842753\/3 \(PSK\)/)
  expect((await made.run(verify)).result).toMatchObject({ exit: 0, verdict: 'PASS' })
  modem.execute(`AT%CMNG=3,${tag},4`)
  expect((await made.run(['verify', ...port, 'psk.yaml', '--json'])).result).toMatchObject({ exit: 5 })
})

test('old firmware: a CA that it will not give out is not proven by a session, and the refusal is told', async () => {
  const made = await bench()
  const modem = boardOn(made, '1.0.0')
  await made.run(apply)
  await tick()
  sessionWith(made, made.paper.board.chain)
  modem.inFront((text, answer) => (text.startsWith('AT%CMNG=2') ? { text: 'ERROR\r\n', takesMs: 1 } : answer()))
  const ran = await made.run(verify)
  expect(ran.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  expect(why(ran)).toMatch(/nothing of 16842753\/0 .*could not be read back/)
})

test.each([
  ['whoever saw the whole chain has seen it', 'seen', 0],
  ['a broker that could not do without it has seen it', 'needed', 0],
  ['a broker that has the rest itself has seen the leaf only', undefined, 1],
] as const)('old firmware, a chain of two certificates: %s', async (_, issuers, exit) => {
  const made = await caDesk()
  close.push(() => made.clear())
  const { issue } = await testAuthority()
  const pair = await newKeyPair()
  const { chain } = await issue({ profile: 'device', request: await makeRequest(pair, 'board-7') })
  const blocks = parsePem(chain).blocks.map(({ der }) => readCertificate(der))
  made.file('root.crt', made.files.rootCertificate)
  made.file('board.crt', chain)
  made.file('board.key', armour({ label: 'PRIVATE KEY', der: pair.privateKey.pkcs8 }))
  boardOn(made, '1.0.0')
  await made.run(apply)
  await tick()
  const [leaf, issuing] = blocks
  if (leaf === undefined || issuing === undefined) throw new Error('no chain')
  const shown = issuers === 'seen' ? [issuing.fingerprint] : issuers
  const certificate = { ...leaf, ...(shown !== undefined && { issuers: shown }) }
  const now = Date.now()
  keepSession(homeOf(made), { at: now, session: now, peer: '', handshake: 'full', certificate }, 'embedded')
  expect(await made.run(verify)).toMatchObject({ exit })
})

test('another tool makes a new key between the session and the first look: it is FAIL, and no baseline', async () => {
  const made = await caDesk()
  close.push(() => made.clear())
  made.file('root.crt', made.files.rootCertificate)
  const modem = boardOn(made, '1.3.5')
  const job = ['--tag', String(tag), '--ca', 'root.crt', '--enrol', 'device']
  expect(await made.run(['apply', ...port, ...job, '--proof', 'presence'])).toMatchObject({ exit: 0 })
  await tick()
  sessionWith(made, byteText(modem.tlsMaterial([tag]).chain ?? new Uint8Array()))
  modem.execute(`AT%CMNG=3,${tag},2`)
  modem.execute(`AT%KEYGEN=${tag},2`)
  const ran = await made.run(['verify', ...port, ...job, '--proof', 'session', '--json'])
  expect(ran.result).toMatchObject({ exit: 5, verdict: 'FAIL' })
})

test('a run that was killed and only given back: a session from its middle proves nothing', async () => {
  const made = await bench()
  const modem = boardOn(made, '2.0.2')
  await made.run(apply)
  const home = homeOf(made)
  const { imei } = modem.identity
  const slot = { tag, type: 2 }
  const run = beginRun('killed', imei, [], [{ do: 'write', slot, because: 'differs' }])
  const journal = new Journal(home, imei, systemClock.now)
  const found = await stateOf(made)
  journal.begin({ verb: 'apply', port: 'test:board', run, found, job: undefined })
  new KnownBoard(home, imei).add({ fact: 'writing', at: Date.now(), slots: [slot] })
  await tick()
  sessionWith(made, made.paper.board.chain)
  expect((await made.run(verify)).result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  // One step of it was never done, which is said; the run is over all the same.
  expect(await made.run(['resume', ...port, '--give-back-only'])).toMatchObject({ exit: 1 })
  const after = await made.run(verify)
  expect(after.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  expect(why(after)).toMatch(/since the last write/)
})

test('what is known of a board is damaged: nothing is proven by it, and it is said', async () => {
  const made = await bench()
  const { identity } = boardOn(made, '2.0.2')
  await made.run(apply)
  await tick()
  sessionWith(made, made.paper.board.chain)
  const file = join(homeOf(made).known, `${identity.imei}.jsonl`)
  const text = readFileSync(file, 'utf8')
  // A line that was cut when a process died over it is no damage: the board had not heard of it.
  appendFileSync(file, '{"fact":"writing","at":17')
  expect((await made.run(verify)).result).toMatchObject({ exit: 0, verdict: 'PASS' })
  writeFileSync(
    file,
    text.replace(/^.*"writing".*$/m, (line) => '\0'.repeat(line.length)),
  )
  const ran = await made.run(verify)
  expect(ran.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  expect(why(ran)).toMatch(/known\/\d{15}\.jsonl is damaged/)
})

test('lines of the sessions that are no sessions are passed over', async () => {
  const made = await bench()
  boardOn(made, '2.0.2')
  await made.run(apply)
  appendFileSync(homeOf(made).sessions, 'null\n7\n"x"\n{}\n[]\n{"at":"2026-11-22T11:00:00Z","session":true}\n{"at":1')
  expect((await made.run(verify)).result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  await tick()
  sessionWith(made, made.paper.board.chain)
  expect((await made.run(verify)).result).toMatchObject({ exit: 0, verdict: 'PASS' })
})

test('the wrong four digits: what is to be typed next reaches the same board', async () => {
  const made = await bench()
  const { identity } = boardOn(made, '2.0.2')
  await made.run(apply)
  const erase = ['erase', ...port, '--tag', String(tag)]
  const asked = await made.run(erase, { ask: async () => (identity.imei.endsWith('0000') ? '0001' : '0000') })
  expect(asked).toMatchObject({ exit: 6 })
  const [, next = ''] = /^next {3}sectag (.*?) {3}#/m.exec(asked.err) ?? []
  expect(await made.run(next.split(' '))).toMatchObject({ exit: 0 })
})

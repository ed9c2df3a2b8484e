import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { memoryCable } from '../../src/at/index.ts'
import { EmbeddedBroker } from '../../src/broker/index.ts'
import { keepSession } from '../../src/cli/home/sessions.ts'
import { ensureHome } from '../../src/cli/home/home.ts'
import { systemClock } from '../../src/port/index.ts'
import { byteText, utf8 } from '../../src/terms/index.ts'
import { AtHost, personality, VirtualModem } from '../../src/virtual/index.ts'
import { passphrase } from '../support/authority.ts'
import { type CaDesk, caDesk } from '../support/ca-desk.ts'
import { attempt } from '../support/mqtt-client.ts'
import { paper } from '../support/paper.ts'

const tag = 16_842_753
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

interface Bench extends CaDesk {
  readonly modem: VirtualModem
  /** Pulls the cable that is plugged in now. */
  pull(): void
}

/** A desk with an authority, and a board on --port test:board. */
async function bench(mfw = '1.3.5'): Promise<Bench> {
  const made = await caDesk()
  close.push(() => made.clear())
  const line = personality(mfw)
  if (line === undefined) throw new Error(`no personality ${mfw}`)
  const modem = new VirtualModem({ personality: line, clock: systemClock, seed: 'enrol' })
  const host = new AtHost(modem, { clock: systemClock, baud: 0 })
  let pull = (): void => {}
  made.boards.set('test:board', () => {
    const cable = memoryCable()
    pull = cable.unplug
    void host.serve(cable.modem)
    return cable.host
  })
  made.file('root.crt', made.files.rootCertificate)
  return { ...made, modem, pull: () => pull() }
}

const port = ['--port', 'test:board']
const job = ['--tag', String(tag), '--ca', 'root.crt', '--enrol', 'device', '--proof', 'presence']
const apply = ['apply', ...port, ...job]
const verify = ['verify', ...port, ...job]

function held(made: Bench, type: number): string | undefined {
  const item = made.modem.store.get({ tag, type })
  return item === undefined ? undefined : byteText(item.content)
}

test('where a production line has no certificates left, no key is made in the board', async () => {
  const made = await bench()
  const until = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
  const line = ['ca', 'line', '--name', 'l', '--quota', '1', '--until', until, '--out', 'line']
  expect((await made.run(line)).exit).toBe(0)
  const enrol = await made.run([...apply, '--home', 'line', '--json'])
  expect(enrol.exit, enrol.out).toBe(0)
  expect((await made.run(['ca', 'show', '--home', 'line', '--json'])).out).toContain('"left":0')
  const other = await bench()
  const refused = await other.run([...apply, '--home', join(made.folder, 'line')])
  expect([refused.exit, refused.err.includes('all 1 certificates of this line are spent')]).toEqual([6, true])
  expect(other.modem.store.get({ tag, type: 2 })).toBeUndefined()
})

/** Whether the certificate in the board is for the key in the board, and leads to the root. */
function isPair(made: Bench): boolean {
  const [leaf, issuing] = (held(made, 1)?.match(/-----BEGIN[^]+?-----END CERTIFICATE-----/g) ?? []).map(
    (pem) => new X509Certificate(pem),
  )
  const key = made.modem.tlsMaterial([tag]).key
  if (leaf === undefined || issuing === undefined || key === undefined) return false
  const root = new X509Certificate(made.files.rootCertificate)
  return leaf.checkPrivateKey(createPrivateKey(byteText(key))) && leaf.checkIssued(issuing) && issuing.checkIssued(root)
}

function issued(made: Bench): number {
  const file = join(made.ca, 'issued.jsonl')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').length : 0
}

test.each(['1.3.5', '2.0.2'])(
  'mfw %s: a key is born, certified and written, and a second apply changes nothing',
  async (mfw) => {
    const made = await bench(mfw)
    const ran = await made.run(apply)
    expect(ran.err).not.toMatch(/error/)
    expect(ran).toMatchObject({ exit: 0 })
    expect(ran.out).toMatch(/enrol {2}16842753\/2 \(private key\): OK/)
    expect(isPair(made)).toBe(true)
    const before = held(made, 1)
    const again = await made.run(apply)
    expect(again.out).toMatch(/0 to write, 0 to erase/)
    expect(again.exit).toBe(0)
    expect(held(made, 1)).toBe(before)
    expect(issued(made)).toBe(1)
    const { result } = await made.run([...verify, '--json'])
    expect(result).toMatchObject({ exit: 0, verdict: 'UNKNOWN', proof: 'presence' })
  },
)

test('a session with the born key is PASS, the listing then is the baseline, and another key afterwards is FAIL', async () => {
  const made = await bench()
  await made.run(apply)
  const home = ensureHome(join(made.folder, 'home'))
  const server = ['--profile', 'server', '--subject', 'localhost', '--name', 'localhost', '--name', '127.0.0.1']
  await made.run(['ca', 'issue', ...server, '--new-key', 'server.key', '--out', 'server.crt'])
  const broker = await EmbeddedBroker.start({
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    serverChain: readFileSync(made.path('server.crt'), 'utf8'),
    serverKey: readFileSync(made.path('server.key'), 'utf8'),
    clientRoots: made.files.rootCertificate,
  })
  close.push(() => broker.close())
  const { chain, key } = made.modem.tlsMaterial([tag])
  const tried = await attempt(broker.port, 'board', {
    cert: byteText(chain ?? new Uint8Array()),
    key: byteText(key ?? new Uint8Array()),
  })
  close.push(() => tried.socket.destroy())
  const { value } = await broker.sightings[Symbol.asyncIterator]().next()
  if (value === undefined) throw new Error('the broker saw nothing')
  keepSession(home, value, 'embedded')
  expect((await made.run([...verify, '--json'])).result).toMatchObject({ exit: 0, verdict: 'PASS', proof: 'session' })
  made.modem.execute('AT+CFUN=4')
  made.modem.execute(`AT%CMNG=3,${tag},2`)
  made.modem.execute(`AT%KEYGEN=${tag},2`)
  const drifted = await made.run(verify)
  expect(drifted).toMatchObject({ exit: 5 })
  expect(drifted.err).toMatch(/private key differs/)
})

test('a born key without a session is not blamed on firmware that shows digests', async () => {
  const made = await bench()
  const ran = await made.run(apply)
  expect(ran.out).toMatch(/^PRESENCE {2}2 of 3 slots hold what the files say; of 1 nobody can tell: nothing is known/m)
  const verified = await made.run([...verify.slice(0, -1), 'digest'])
  expect(verified).toMatchObject({ exit: 1 })
  expect(verified.err).toMatch(/^why {4}nothing is known to compare it with$/m)
})

test('a tag in use is never taken for a new key, unless somebody says so', async () => {
  const made = await bench()
  made.modem.execute(`AT%CMNG=0,${tag},2,"somebody's key"`)
  const refused = await made.run(apply)
  expect(refused).toMatchObject({ exit: 6 })
  expect(refused.err).toMatch(/tag 16842753 holds a certificate or a key already/)
  expect(held(made, 2)).toBe("somebody's key")
  expect((await made.run([...apply, '--rewrite'])).exit).toBe(6)
  expect(held(made, 2)).toBe("somebody's key")
  expect(await made.run([...apply, '--rewrite', '--yes'])).toMatchObject({ exit: 0 })
  expect(isPair(made)).toBe(true)
})

test('a board that lost its tag gets a new key and a new certificate; one that lost the certificate gets the same again', async () => {
  const made = await bench()
  await made.run(apply)
  const first = held(made, 1)
  made.modem.execute('AT+CFUN=4')
  made.modem.execute(`AT%CMNG=3,${tag},1`)
  expect(await made.run(apply)).toMatchObject({ exit: 0 })
  expect(held(made, 1)).toBe(first)
  made.modem.store.lose(tag)
  expect((await made.run(verify)).exit).toBe(5)
  expect(await made.run(apply)).toMatchObject({ exit: 0 })
  expect(held(made, 1)).not.toBe(first)
  expect(isPair(made)).toBe(true)
})

test.each([
  [/^AT%KEYGEN/, 'proof of the new key'],
  [/^AT%ATTESTTOKEN/, 'signed'],
])('a changed answer to %s: nothing is certified, and it is said', async (command, says) => {
  const made = await bench()
  made.modem.inFront((text, answer) => {
    const reply = answer()
    if (!command.test(text)) return reply
    // One character of the signature, inside the quotes and far from their ends.
    const at = reply.text.lastIndexOf('"') - 20
    const other = reply.text[at] === 'A' ? 'B' : 'A'
    return { ...reply, text: reply.text.slice(0, at) + other + reply.text.slice(at + 1) }
  })
  const ran = await made.run(apply)
  expect(ran).toMatchObject({ exit: 4 })
  expect(ran.err).toMatch(says)
  expect(issued(made)).toBe(0)
  expect(held(made, 1)).toBeUndefined()
})

test('firmware that makes no keys, no passphrase and a wrong one are told before anything is changed', async () => {
  const old = await bench('1.0.0')
  const told = await old.run(apply)
  expect(told).toMatchObject({ exit: 6 })
  expect(told.err).toMatch(/cannot make keys/)
  // Not that --rewrite would help where the tag is in use besides.
  old.modem.store.put({ tag, type: 2 }, utf8('a key'))
  expect((await old.run(apply)).err).toMatch(/cannot make keys/)
  const made = await bench()
  const env = { SECTAG_HOME: join(made.folder, 'home') }
  const without = await made.run(apply, { env })
  expect(without).toMatchObject({ exit: 2 })
  expect(without.err).toMatch(/^state {2}nothing was changed on the board; nothing was made and nothing was issued$/m)
  expect(await made.run(apply, { env: { ...env, SECTAG_CA_PASSPHRASE: 'a wrong passphrase' } })).toMatchObject({
    exit: 2,
  })
  expect(made.modem.store.items().filter((item) => item.tag === tag)).toEqual([])
  expect((await made.run(['plan', ...port, ...job.slice(0, -2)])).out).toMatch(/1 to be born in the modem/)
})

const cuts: [string, RegExp][] = [
  ['the key was born, and its proof never came', /^AT%KEYGEN/],
  ['the certificate was issued, and its writing was never answered', /^AT%CMNG=0,\d+,1/],
  ['the root CA was written and not answered', /^AT%CMNG=0,\d+,0/],
]

test.each(cuts)('unplugged when %s: resume leaves a key with its own certificate', async (_, command) => {
  const made = await bench()
  let over = false
  made.modem.inFront((text, answer) => {
    const reply = answer()
    if (over || !command.test(text)) return reply
    over = true
    made.pull()
    return reply
  })
  expect((await made.run(apply)).exit).toBe(7)
  const resumed = await made.run(['resume', ...port, '--proof', 'presence'])
  expect(resumed.err).not.toMatch(/^error/m)
  expect(resumed.exit).toBe(0)
  expect(isPair(made)).toBe(true)
  expect((await made.run(verify)).exit).toBe(0)
})

test('what to type after a cut works as it stands, also where the passphrase comes from a file', async () => {
  const made = await bench()
  made.file('pass phrase', passphrase)
  const env = { SECTAG_HOME: join(made.folder, 'home') }
  let over = false
  made.modem.inFront((text, answer) => {
    const reply = answer()
    if (!over && text.startsWith('AT%KEYGEN')) {
      over = true
      made.pull()
    }
    return reply
  })
  const cut = await made.run([...apply, '--passphrase-file', 'pass phrase', '--json'], { env })
  const next = cut.events.find((event) => event['type'] === 'failure')?.['next']
  expect(next).toBe("sectag resume --port test:board --passphrase-file 'pass phrase'")
  const resumed = await made.run(['resume', ...port, '--passphrase-file', 'pass phrase', '--proof', 'presence'], {
    env,
  })
  expect(resumed).toMatchObject({ exit: 0 })
})

test('resume never takes away without asking what somebody else has put into a slot that the run had not come to', async () => {
  const made = await bench()
  const two = [tag, 42].map((one) => `  - tag: ${one}\n    ca: root.crt\n    enrol: device\n`).join('')
  made.file('two.yaml', `sectag: 1\ntags:\n${two}`)
  let over = false
  made.modem.inFront((text, answer) => {
    const reply = answer()
    if (!over && text.startsWith('AT%KEYGEN')) {
      over = true
      made.pull()
    }
    return reply
  })
  expect((await made.run(['apply', ...port, 'two.yaml'])).exit).toBe(7)
  const later = made.modem.store.get({ tag: 42, type: 2 }) === undefined ? 42 : tag
  made.modem.execute(`AT%CMNG=0,${later},2,"somebody's key"`)
  const stopped = await made.run(['resume', ...port, '--proof', 'presence'])
  expect(stopped).toMatchObject({ exit: 6 })
  expect(stopped.err).toMatch(/replace 1 of its credentials, which somebody else has written since/)
  const kept = made.modem.store.get({ tag: later, type: 2 })
  expect(byteText(kept?.content ?? new Uint8Array())).toBe("somebody's key")
  expect((await made.run(['resume', ...port, '--proof', 'presence', '--yes'])).exit).toBe(0)
})

test('old firmware, and somebody has written into a slot that the run had not come to: resume asks', async () => {
  const made = await bench('1.0.0')
  const files = await paper()
  made.file('board.crt', files.certificate)
  made.file('board.key', files.key)
  made.file('ca.crt', files.ca)
  let over = false
  made.modem.inFront((text, answer) => {
    const reply = answer()
    if (!over && text.startsWith(`AT%CMNG=0,${tag},0`)) {
      over = true
      made.pull()
    }
    return reply
  })
  const flags = ['--tag', String(tag), '--ca', 'ca.crt', '--cert', 'board.crt', '--key', 'board.key']
  expect((await made.run(['apply', ...port, ...flags])).exit).toBe(7)
  made.modem.execute(`AT%CMNG=0,${tag},2,"somebody's key"`)
  expect(await made.run(['resume', ...port, '--proof', 'presence'])).toMatchObject({ exit: 6 })
  expect(held(made, 2)).toBe("somebody's key")
  expect((await made.run(['resume', ...port, '--proof', 'presence', '--yes'])).exit).toBe(0)
  expect(held(made, 2)).toBe(files.key)
})

test('enrol and files for the same pair do not go together, in flags and in a manifest', async () => {
  const made = await bench()
  made.file('x.crt', made.files.rootCertificate)
  expect((await made.run([...apply, '--cert', 'x.crt'])).err).toMatch(/files for them do not go with it/)
  made.file('m.yaml', `sectag: 1\ntags:\n  - tag: ${tag}\n    ca: root.crt\n    enrol: server\n`)
  expect((await made.run(['apply', ...port, 'm.yaml'])).err).toMatch(/m.yaml:5: enrol is one of: device/)
  made.file('m.yaml', `sectag: 1\ntags:\n  - tag: ${tag}\n    ca: root.crt\n    enrol: device\n`)
  expect(await made.run(['apply', ...port, 'm.yaml', '--proof', 'presence'])).toMatchObject({ exit: 0 })
  expect(isPair(made)).toBe(true)
})

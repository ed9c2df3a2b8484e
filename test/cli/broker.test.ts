import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type BrokerDesk, brokerDesk, embedded } from '../support/broker-desk.ts'
import { findProgram, needs } from '../support/outside.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** A desk with an embedded broker that a modem can enter, and the words that check it. */
async function checking(): Promise<BrokerDesk & { at: string[] }> {
  const made = await brokerDesk()
  const broker = await embedded(made.paper)
  close.push(
    () => made.clear(),
    () => broker.close(),
  )
  return { ...made, at: ['broker', 'check', `localhost:${broker.port}`, '--ca', 'root.crt'] }
}

test('a good broker is told as a chain with sizes and dates, what is shared, and a sentence that claims no proof', async () => {
  const made = await checking()
  const ran = await made.run(made.at)
  expect(ran.exit, ran.out + ran.err).toBe(0)
  expect(ran.out).toMatch(
    /^1 +server +CN=localhost +\d{3} +EC P-256 +ecdsa-with-SHA256 +\d{4}-\d\d-\d\dT[\d:]{8}Z +\d+$/m,
  )
  expect(ran.out).toMatch(/^chain +\d+ bytes of 4096$/m)
  expect(ran.out).toMatch(/^suites +ECDHE-ECDSA-AES128-GCM-SHA256, /m)
  expect(ran.out).toMatch(
    /^ENTERS {2}As far as can be seen .* MQTT was not tried\. What a board holds is not known here/m,
  )
  expect(ran.out).toMatch(/^client {2}a certificate is asked for, and TLS goes on without one, of test root$/m)
  expect(ran.out).not.toMatch(/PASS/)
})

test('a refusal is told first, with facts, and fails in four parts whose next is a command', async () => {
  const made = await checking()
  const ran = await made.run([...made.at, '--name', 'elsewhere.example'])
  expect(ran.exit).toBe(5)
  expect(ran.out).toMatch(/^REFUSES {2}name-mismatch: .* it is for localhost, 127\.0\.0\.1 {2}\(TLS-12\)$/m)
  expect(ran.out).toMatch(/^name {4}elsewhere\.example, .*; one that sets none gets through the handshake$/m)
  expect(ran.err).toMatch(
    /^error {2}localhost:\d+: the server's certificate is not for elsewhere\.example.*\[name-mismatch\]$/m,
  )
  expect(ran.err).toMatch(/^state {2}.*no board was touched/m)
  expect(ran.err).toMatch(/^next {3}sectag broker check localhost:\d+ .* # again, when this is done: /m)
  const quiet = await made.run([...made.at, '--name', 'elsewhere.example', '--quiet'])
  expect(quiet).toMatchObject({ exit: 5, out: '' })
})

test("with a board's files MQTT is tried, and no byte of the key is printed", async () => {
  const made = await checking()
  const files = ['--cert', 'board.crt', '--key', 'board.key']
  for (const more of [[], ['--json']]) {
    const ran = await made.run([...made.at, ...files, ...more])
    expect(ran.exit, ran.err).toBe(0)
    for (const line of made.paper.board.key.split('\n').slice(1, -2)) expect(ran.out + ran.err).not.toContain(line)
  }
  const { events } = await made.run([...made.at, ...files, '--json'])
  expect(events.find(({ type }) => type === 'broker-check')).toMatchObject({
    session: true,
    clientCertificate: 'asked',
  })
  const expired = await made.run([...made.at, '--cert', 'expired.crt', '--key', 'expired.key'])
  expect(expired.exit).toBe(1)
  expect(expired.err).toMatch(/no MQTT session came of it: CONNACK 5, not authorised.*\[mqtt-refused\]$/m)
})

test('a key that does not fit is told before anything is tried, and the server is not blamed for it', async () => {
  const made = await checking()
  const mixed = await made.run([...made.at, '--cert', 'board.crt', '--key', 'foreign.key'])
  expect(mixed).toMatchObject({ exit: 2, out: '' })
  expect(mixed.err).toMatch(/^error {2}--key: the key in foreign\.key does not fit the certificate in board\.crt$/m)
  expect(mixed.err).toMatch(/^state {2}nothing was tried$/m)
  made.file('damaged.crt', '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n')
  const damaged = await made.run([...made.at, '--cert', 'damaged.crt', '--key', 'board.key'])
  expect(damaged.exit).toBe(2)
  expect(damaged.err).toMatch(/a certificate in damaged\.crt cannot be read$/m)
})

const wrongs: readonly [what: string, argv: string[], says: RegExp][] = [
  ['no root CA', ['broker', 'check', 'localhost'], /--ca is missing/],
  [
    'a root CA that is no certificate',
    ['broker', 'check', 'localhost', '--ca', 'board.key'],
    /there is no certificate in board\.key/,
  ],
  ['a file that is not there', ['broker', 'check', 'localhost', '--ca', 'gone.crt'], /there is no file/],
  [
    'a certificate without a key',
    ['broker', 'check', 'localhost', '--ca', 'root.crt', '--cert', 'board.crt'],
    /go together/,
  ],
  ['a place that is none', ['broker', 'check', '8883', '--ca', 'root.crt'], /8883 is no place of a broker/],
  [
    'a name that is none',
    ['broker', 'check', 'localhost', '--ca', 'root.crt', '--name', 'a b'],
    /a b is no name of a host/,
  ],
  [
    'firmware that nobody knows',
    ['broker', 'check', 'localhost', '--ca', 'root.crt', '--mfw', '9'],
    /9 is no firmware line/,
  ],
  ['another action', ['broker', 'mend', 'localhost', '--ca', 'root.crt'], /check/],
]

for (const [what, argv, says] of wrongs) {
  test(`${what} is wrong usage, and nothing is tried`, async () => {
    const made = await brokerDesk()
    close.push(() => made.clear())
    const ran = await made.run(argv)
    expect(ran).toMatchObject({ exit: 2, out: '' })
    expect(ran.err).toMatch(says)
  })
}

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)

withOpenssl('an encrypted key is not guessed at, and the way to use it is named', async () => {
  const made = await checking()
  const to = join(made.folder, 'locked.key')
  const from = join(made.folder, 'board.key')
  execFileSync(openssl ?? '', ['pkcs8', '-topk8', '-in', from, '-out', to, '-passout', 'pass:secret'])
  const ran = await made.run([...made.at, '--cert', 'board.crt', '--key', 'locked.key'])
  expect(ran.exit).toBe(2)
  expect(ran.err).toMatch(/the key is encrypted[^]*openssl pkcs8/)
})

test('a gap below your own root is certain, because the home knows the issuing CA', async () => {
  const made = await brokerDesk()
  close.push(() => made.clear())
  const env = { SECTAG_HOME: join(made.folder, 'home'), SECTAG_CA_PASSPHRASE: 'correct horse battery staple' }
  const done = async (...argv: string[]): Promise<string> => {
    const ran = await made.run(argv, { env })
    expect(ran.exit, ran.err).toBe(0)
    return ran.out
  }
  await done('ca', 'init', '--name', 'fleet')
  const root = made.file('own-root.crt', await done('ca', 'show', '--root'))
  await done('ca', 'issue', '--profile', 'server', '--name', 'localhost', '--new-key', 'own.key', '--out', 'own.crt')
  const [leaf = ''] = readFileSync(join(made.folder, 'own.crt'), 'utf8').split(/(?<=-----END CERTIFICATE-----\n)/)
  const server = { chain: leaf, key: readFileSync(join(made.folder, 'own.key'), 'utf8') }
  const broker = await embedded({ ...made.paper, server })
  close.push(() => broker.close())
  const argv = ['broker', 'check', `localhost:${broker.port}`, '--ca', root, '--json']
  const { events, exit } = await made.run(argv, { env })
  expect(exit).toBe(5)
  expect(events.find(({ type }) => type === 'broker-finding')).toMatchObject({
    class: 'missing-intermediate',
    sure: true,
  })
})

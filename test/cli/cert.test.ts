import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemClock } from '../../src/port/index.ts'
import { type Desk, desk, type Ran } from '../support/cli.ts'
import { findProgram, needs } from '../support/outside.ts'
import { hasOpenssl, leafOf, opensslPaper, ssl, subordinate, withOpenssl } from '../support/openssl-paper.ts'
import { secretWindows, seen } from '../support/secrets.ts'

const day = 86_400_000
const made: Desk = desk(systemClock)
const path = (name: string): string => join(made.folder, name)
const read = (name: string): string => readFileSync(path(name), 'utf8')
const { root, under } = opensslPaper(path)
afterAll(made.clear)

/** `sectag cert …`, so many days from now. */
function cert(argv: readonly string[], days = 0): Promise<Ran> {
  return made.run(['cert', ...argv, '--json'], { clock: { ...systemClock, now: () => Date.now() + days * day } })
}

beforeAll(() => {
  if (!hasOpenssl) return
  root('root', { subject: '/CN=a root', days: 900 })
  under('root', 'issuing', { subject: '/CN=an issuing CA', days: 800, extensions: subordinate })
  const cdp = 'crlDistributionPoints=URI:http://crl.example/1.crl'
  under('issuing', 'board', { subject: '/CN=board-7', extensions: [...leafOf('clientAuth'), cdp] })
  under('issuing', 'broker', {
    subject: '/CN=b',
    extensions: [...leafOf('serverAuth', 'DNS:b.example,IP:192.0.2.7'), cdp],
  })
  made.file('board-chain.crt', read('board.crt') + read('issuing.crt'))
  made.file('broker-chain.crt', read('broker.crt') + read('issuing.crt'))
})

withOpenssl('cert inspect says of every certificate what openssl and Node say, in the order of the file', async () => {
  const { exit, events } = await cert(['inspect', 'broker-chain.crt'])
  expect(exit).toBe(0)
  const told = events.filter((event) => event['type'] === 'certificate-read')
  expect(told.map((event) => event['subject'])).toEqual(['CN=b', 'CN=an issuing CA'])
  for (const [name, event] of [['broker.crt', told[0]] as const, ['issuing.crt', told[1]] as const]) {
    const node = new X509Certificate(read(name))
    expect(event).toMatchObject({
      serial: node.serialNumber.toLowerCase(),
      fingerprint: node.fingerprint256.replaceAll(':', ''),
      sha1: node.fingerprint.replaceAll(':', ''),
      ca: node.ca,
      key: 'EC P-256',
      signature: 'ECDSA with SHA-256',
      notAfter: node.validToDate.toISOString().replace('.000', ''),
      bytes: { der: node.raw.length, pem: read(name).length },
      subjectKeyId: ssl('x509', '-in', path(name), '-noout', '-ext', 'subjectKeyIdentifier')
        .split('\n')[1]
        ?.trim()
        .replaceAll(':', '')
        .toLowerCase(),
    })
  }
  expect(told[0]).toMatchObject({
    purposes: ['serverAuth'],
    keyUsage: ['digitalSignature'],
    names: ['b.example', '192.0.2.7'],
    distributionPoints: ['http://crl.example/1.crl'],
  })
  expect(told[1]).toMatchObject({ pathLength: 0, keyUsage: ['keyCertSign', 'cRLSign'] })
  expect(events.at(-2)).toMatchObject({ type: 'certificate-chain', certificates: 2, inOrder: true })
})

withOpenssl(
  'cert inspect tells people the same, with the days that are left and where the order is wrong',
  async () => {
    made.file('turned.crt', read('issuing.crt') + read('broker.crt'))
    const { out } = await made.run(['cert', 'inspect', 'turned.crt'])
    expect(out).toMatch(/\(in (?:399|400) days\)/)
    expect(out).toContain('not each issued by the one behind it: sectag cert lint turned.crt')
    expect(out).toMatch(/bytes +\d+ as DER, \d+ as PEM/)
  },
)

withOpenssl('cert inspect and lint read DER as well, and lint says that a modem does not', async () => {
  ssl('x509', '-in', path('board.crt'), '-outform', 'der', '-out', path('board.der'))
  expect((await cert(['inspect', 'board.der'])).events[0]).toMatchObject({ subject: 'CN=board-7' })
  expect(await codes('board.der')).toContain('der')
})

withOpenssl('a private key in the file is told of and never printed, by any of the three', async () => {
  made.file('both.crt', read('board.crt') + read('board.key'))
  const windows = secretWindows(read('board.key'))
  for (const action of ['inspect', 'lint', 'needs-renewal'])
    for (const flags of [['--json'], []]) {
      const { out, err } = await made.run(['cert', action, 'both.crt', ...flags])
      expect(seen(out + err, windows), action).toEqual([])
    }
  expect((await made.run(['cert', 'inspect', 'both.crt'])).err).toContain('A private key stands at line')
  const alone = await made.run(['cert', 'inspect', 'board.key'])
  expect([alone.exit, seen(alone.out + alone.err, windows)]).toEqual([2, []])
  expect(alone.err).toContain('it is a private key')
})

async function codes(name: string, more: readonly string[] = [], days = 0): Promise<unknown[]> {
  const { events } = await cert(['lint', name, ...more], days)
  return events.filter((event) => event['type'] === 'finding').map((event) => event['code'])
}

withOpenssl(
  'a name that would steer a terminal is printed with what steers it escaped, and names no other',
  async () => {
    const subject = '/CN=evil\u001B[31m\u202Ered\r\n-----END'
    under('issuing', 'evil', { subject, extensions: leafOf('clientAuth') })
    for (const action of ['inspect', 'lint', 'needs-renewal']) {
      const { out, err } = await made.run(['cert', action, 'evil.crt'])
      expect(/[^\P{C}\n]/u.test(out + err), action).toBe(false)
    }
    expect((await cert(['inspect', 'evil.crt'])).events[0]?.['subject']).toContain(String.raw`CN=evil\1B[31m`)
  },
)

withOpenssl('cert lint finds nothing in a chain for a board, a chain for a broker, and a root', async () => {
  for (const [name, role] of [
    ['board-chain.crt', 'device'],
    ['broker-chain.crt', 'server'],
    ['root.crt', 'root'],
  ] as const) {
    const { exit, events, result } = await cert(['lint', name])
    expect(
      events.filter((event) => event['type'] === 'finding'),
      name,
    ).toEqual([])
    expect([exit, result['role']]).toEqual([0, role])
  }
})

withOpenssl('what has run out is told to be renewed, and a CA is not: no command here makes the next one', async () => {
  const { events } = await cert(['lint', 'board-chain.crt'], 8000)
  const found = events.filter((event) => event['code'] === 'expired')
  expect(found.map(({ next }) => next)).toEqual([
    expect.stringContaining('sectag ca renew --cert'),
    expect.stringContaining('the next CA'),
  ])
})

/** A file that openssl or an editor made, what is wrong with it, and the exit code that follows. */
const faults: readonly [code: string, exit: number, make: () => string, more?: readonly string[], days?: number][] = [
  ['expired', 5, () => read('board-chain.crt'), [], 500],
  ['not-yet-valid', 5, () => read('board-chain.crt'), [], -2],
  ['runs-out', 0, () => read('board-chain.crt'), [], 380],
  ['flattened', 5, () => read('board.crt').replaceAll('\n', ' ')],
  ['escaped-newlines', 5, () => read('board.crt').replaceAll('\n', String.raw`\n`)],
  ['unfinished', 5, () => read('board.crt').slice(0, 300)],
  ['bad-base64', 5, () => read('board.crt').replace(/\n(\w)/, '\n!$1')],
  ['not-pem', 5, () => 'hello'],
  ['empty', 5, () => ''],
  ['not-a-certificate', 5, () => '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n'],
  ['cr-only', 5, () => read('board.crt').replaceAll('\n', '\r')],
  ['crlf', 0, () => read('board.crt').replaceAll('\n', '\r\n')],
  ['mixed-line-ends', 0, () => read('board.crt').replace('\n', '\r\n')],
  ['text-outside', 0, () => `a board\n${read('board.crt')}`],
  ['byte-order-mark', 0, () => `\u{FEFF}${read('board.crt')}`],
  ['wrong-block', 5, () => read('board.crt') + read('board.csr')],
  ['private-key', 5, () => read('board.key') + read('board.crt')],
  ['chain-order', 5, () => read('board.crt') + read('root.crt')],
  ['twice', 0, () => read('board.crt') + read('board.crt')],
  ['root-in-chain', 0, () => read('board-chain.crt') + read('root.crt')],
  ['leaf-is-ca', 5, () => read('issuing.crt') + read('board.crt'), ['--for', 'device']],
  ['wrong-purpose', 5, () => read('board-chain.crt'), ['--for', 'server']],
  ['no-names', 5, () => read('board-chain.crt'), ['--for', 'server']],
  ['not-a-ca', 0, () => read('broker.crt'), ['--for', 'root']],
  ['too-long', 5, () => read('root.crt').repeat(8), ['--for', 'root']],
  ['too-long', 5, () => read('broker.crt') + read('root.crt').repeat(12), ['--for', 'server']],
  ['long', 5, () => read('broker.crt') + read('root.crt').repeat(5), ['--for', 'server']],
  ['no-distribution-point', 0, () => leaf({ extensions: leafOf('clientAuth') })],
  ['no-purpose', 0, () => leaf({ extensions: ['authorityKeyIdentifier=keyid'] })],
  ['no-authority-key-id', 0, () => leaf({ extensions: ['authorityKeyIdentifier=none'] })],
  ['key-usage', 5, () => leaf({ extensions: ['keyUsage=keyAgreement'] })],
  ['key-kind', 0, () => leaf({ key: ['rsa:2048'], extensions: leafOf('clientAuth') })],
  ['weak-key', 5, () => leaf({ key: ['rsa:1024'], extensions: leafOf('clientAuth') })],
  ['key-kind', 5, () => leaf({ key: ['ed25519'], extensions: leafOf('clientAuth') })],
  ['broken-hash', 5, () => leaf({ digest: '-sha1', extensions: leafOf('clientAuth') })],
  [
    'self-signed',
    0,
    () => root('self', { subject: '/CN=self', extensions: leafOf('serverAuth', 'DNS:x').slice(0, 3) }),
  ],
  [
    'ca-key-usage',
    5,
    () => root('odd', { subject: '/CN=odd', extensions: ['basicConstraints=CA:true', 'keyUsage=cRLSign'] }),
  ],
  [
    'no-subject-key-id',
    0,
    () => ca({ extensions: ['basicConstraints=critical,CA:true', 'subjectKeyIdentifier=none'] }),
  ],
  ['path-length', 5, tooDeep],
  ['chain-signature', 5, () => read('board.crt') + ca({ subject: '/CN=an issuing CA', extensions: subordinate })],
  ['outlives-issuer', 0, () => shortLived()],
]

function leaf(order: { key?: string[]; digest?: string; extensions: string[] }): string {
  return under('issuing', 'faulty', { subject: '/CN=faulty', ...order })
}

function ca(order: { subject?: string; extensions: readonly string[] }): string {
  return under('root', 'other-ca', { subject: '/CN=other CA', ...order })
}

function tooDeep(): string {
  under('issuing', 'deeper', { subject: '/CN=deeper', extensions: subordinate })
  return (
    under('deeper', 'deep', { subject: '/CN=deep', extensions: leafOf('clientAuth') }) +
    read('deeper.crt') +
    read('issuing.crt')
  )
}

function shortLived(): string {
  under('root', 'short', { subject: '/CN=short', days: 100, extensions: subordinate })
  return under('short', 'long', { subject: '/CN=long', extensions: leafOf('clientAuth') }) + read('short.crt')
}

withOpenssl(
  'cert lint names each prepared fault, with its ground and its cure, and exits 5 where it would be refused',
  async () => {
    for (const [code, exit, make, more = [], days = 0] of faults) {
      writeFileSync(path('fault.crt'), make())
      const ran = await cert(['lint', 'fault.crt', ...more], days)
      const finding = ran.events.find((event) => event['code'] === code)
      expect(finding, `${code}: ${ran.out}`).toBeDefined()
      expect(finding?.['ground'], code).toMatch(/^(?:PEM|TLS|CMNG|DIG|MODE)-\d\d$|^RFC \d{4}, \d/)
      expect(String(finding?.['next']).length, code).toBeGreaterThan(5)
      expect(ran.exit, `${code}: ${ran.out}`).toBe(exit)
    }
  },
)

withOpenssl(
  'cert lint of a file that holds only a key says that no certificate is in it, and judges nothing',
  async () => {
    made.file('only.key', read('board.key'))
    const { exit, out, err } = await made.run(['cert', 'lint', 'only.key'])
    expect({ exit, out }).toEqual({ exit: 2, out: '' })
    expect(err).toMatch(/^error {2}only\.key holds no certificate that can be read$/m)
    expect(err).toMatch(/^why {4}it is a private key$/m)
  },
)

withOpenssl('the cure of a key beside a certificate names the file as a shell takes it', async () => {
  made.file('a board.pem', read('board.crt') + read('board.key'))
  const { exit, err } = await made.run(['cert', 'lint', 'a board.pem'])
  expect(exit).toBe(5)
  expect(err).toMatch(/^next {3}openssl x509 -in 'a board\.pem' -out 'a board\.pem\.crt' /m)
})

withOpenssl('cert lint says by how many bytes a chain is too long, and with --strict warnings count', async () => {
  made.file('huge.crt', read('broker.crt') + read('root.crt').repeat(12))
  const { err } = await made.run(['cert', 'lint', 'huge.crt', '--for', 'server'])
  const der = [
    new X509Certificate(read('broker.crt')),
    ...Array.from({ length: 12 }, () => new X509Certificate(read('root.crt'))),
  ]
  const bytes = der.reduce((sum, { raw }) => sum + raw.length, 0)
  const { events } = await cert(['lint', 'huge.crt', '--for', 'server'])
  const found = events.find((event) => event['code'] === 'too-long')
  expect(found?.['text']).toBe(`the chain has ${bytes} bytes, ${bytes - 4096} more than a modem takes from a server`)
  expect(err).toContain('would be refused')
  expect((await cert(['lint', 'board-chain.crt'], 380)).exit).toBe(0)
  expect((await cert(['lint', 'board-chain.crt', '--strict'], 380)).exit).toBe(5)
})

withOpenssl(
  'cert needs-renewal: 0 where it is due, 1 where it is not yet, 2 where there is nothing to renew',
  async () => {
    const due = async (days: number, ...more: string[]): Promise<number> =>
      (await cert(['needs-renewal', 'board.crt', ...more], days)).exit
    expect([await due(0), await due(266), await due(267), await due(401)]).toEqual([1, 1, 0, 0])
    expect([await due(0, '--expires-in', '30d'), await due(371, '--expires-in', '30d')]).toEqual([1, 0])
    expect([await due(99, '--expires-in', '25%'), await due(101, '--expires-in', '25%')]).toEqual([1, 0])
    expect([await due(399, '--expires-in', '12h'), await due(399, '--expires-in', '48h')]).toEqual([1, 0])
    expect(await due(0, '--expires-in', 'soon')).toBe(2)
    expect((await cert(['needs-renewal', 'gone.crt'])).exit).toBe(2)
    expect((await cert(['needs-renewal', 'board.key'])).exit).toBe(2)
  },
)

withOpenssl('cert needs-renewal looks at the first certificate, and with --bundle at every one', async () => {
  under('root', 'ending', { subject: '/CN=ending', days: 100, extensions: subordinate })
  made.file('bundle.crt', read('board.crt') + read('ending.crt'))
  expect((await cert(['needs-renewal', 'bundle.crt'], 90)).exit).toBe(1)
  expect((await cert(['needs-renewal', 'bundle.crt', '--bundle'], 90)).exit).toBe(0)
})

test('an option that belongs to another action of cert is a usage error', async () => {
  expect((await made.run(['cert', 'inspect', 'x.crt', '--strict'])).exit).toBe(2)
})

const step = findProgram('step', 'SECTAG_STEP')

needs('step', step !== undefined && hasOpenssl)('step says the same of every renewal, by its exit code', async () => {
  let asked = 0
  for (const span of ['30%', '66%', '99%', '100%', '1h', '9000h', '9598h', '9601h'])
    for (const name of ['board.crt', 'issuing.crt', 'root.crt']) {
      const theirs = spawnSync(step ?? '', ['certificate', 'needs-renewal', path(name), '--expires-in', span]).status
      expect((await cert(['needs-renewal', name, '--expires-in', span])).exit, `${name} ${span}`).toBe(theirs)
      asked++
    }
  expect(asked).toBe(24)
})

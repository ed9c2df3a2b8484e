import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect } from 'vitest'
import { readFolder } from '../../src/cli/ca/folder.ts'
import { makeCrl } from '../../src/cli/ca/make-crl.ts'
import { systemRandom } from '../../src/cli/system-random.ts'
import { decryptKey, openAuthority, readCrl } from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { Secret, utf8 } from '../../src/terms/index.ts'
import { passphrase } from '../support/authority.ts'
import { caDeskWithout, knowing } from '../support/ca-desk.ts'
import { hasOpenssl, leafOf, opensslPaper, ssl, subordinate, withOpenssl } from '../support/openssl-paper.ts'
import { findProgram, needs } from '../support/outside.ts'
import { secretWindows, seen } from '../support/secrets.ts'

const benches: { clear: () => void }[] = []
afterEach(() => {
  for (const bench of benches.splice(0)) bench.clear()
})

/** A desk without an authority, and openssl's paper in its folder. */
function desk() {
  const made = caDeskWithout()
  benches.push(made)
  return { ...made, ...opensslPaper(made.path), read: (name: string): string => readFileSync(made.path(name), 'utf8') }
}

const issue = ['ca', 'issue', '--profile', 'device', '--subject', 'board-7', '--new-key', 'out.key', '--out', 'out.crt']
const pair = ['--issuing-cert', 'issuing.crt', '--issuing-key', 'issuing.key']
const rootPair = ['--root-cert', 'root.crt', '--root-key', 'root.key']

/** Issues for a board and has openssl and Node check it; how many certificates its file holds. */
async function issues(made: ReturnType<typeof desk>, root = 'root.crt'): Promise<number> {
  const ran = await made.run(issue)
  expect(ran.exit, ran.err).toBe(0)
  const out = made.path('out.crt')
  const verify = ['-x509_strict', '-purpose', 'sslclient', '-CAfile', made.path(root), '-untrusted', out]
  expect(ssl('verify', ...verify, out)).toContain('OK')
  const issuing = new X509Certificate(readFileSync(join(made.ca, 'issuing.crt')))
  expect(new X509Certificate(made.read('out.crt')).checkIssued(issuing)).toBe(true)
  return made.read('out.crt').match(/BEGIN/g)?.length ?? 0
}

const keys: readonly (readonly [string, readonly string[]])[] = [
  ['P-256', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ['P-384', ['ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
  ['RSA-2048', ['rsa:2048']],
]

withOpenssl(
  'ca import takes a root and an issuing CA of openssl, of each kind of key, and openssl verifies what it issues',
  async () => {
    for (const [kind, key] of keys) {
      const made = desk()
      made.root('root', { subject: '/O=Acme/CN=Acme root', key })
      made.under('root', 'issuing', { subject: '/O=Acme/CN=Acme issuing', key, extensions: subordinate })
      const ran = await made.run(['ca', 'import', ...rootPair, ...pair, '--json'])
      expect(ran.exit, `${kind}: ${ran.out}`).toBe(0)
      expect(readdirSync(made.ca).toSorted()).toEqual(['issuing.crt', 'issuing.key', 'root.crt', 'root.key'])
      for (const name of readdirSync(made.ca)) expect(statSync(join(made.ca, name)).mode & 0o777).toBe(0o600)
      expect(await issues(made), kind).toBe(2)
    }
  },
)

withOpenssl('ca import of a root and its key alone makes a new P-256 issuing CA under it', async () => {
  for (const [kind, key] of keys) {
    const made = desk()
    made.root('root', { subject: '/O=Acme/CN=Acme root', key, days: 100 })
    const ran = await made.run(['ca', 'import', ...rootPair, '--json'])
    expect(ran.exit, `${kind}: ${ran.out}`).toBe(0)
    const issuing = new X509Certificate(readFileSync(join(made.ca, 'issuing.crt')))
    const root = new X509Certificate(made.read('root.crt'))
    expect(issuing.subject).toBe('CN=Acme root issuing CA')
    expect(issuing.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1')
    expect(issuing.validToDate).toEqual(root.validToDate)
    expect(await issues(made), kind).toBe(2)
  }
})

withOpenssl(
  'ca import of a CA that signs itself lets it issue by itself, and then no CA stands behind what it issues',
  async () => {
    for (const [kind, key] of keys) {
      const made = desk()
      made.root('issuing', { subject: '/CN=one CA', key })
      expect((await made.run(['ca', 'import', ...pair])).exit, kind).toBe(0)
      expect(await issues(made, 'issuing.crt'), kind).toBe(1)
    }
  },
)

withOpenssl('what an imported CA issues names its issuer octet for octet, also in old string types', async () => {
  const made = desk()
  made.file(
    'old.cnf',
    '[req]\ndistinguished_name=dn\nstring_mask=pkix\n[dn]\n[v3]\nbasicConstraints=critical,CA:true\nkeyUsage=keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n',
  )
  const subject = ['-subj', '/C=DE/O=Bäckerei/CN=old CA', '-utf8', '-config', made.path('old.cnf'), '-extensions', 'v3']
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '99']
  ssl('req', '-x509', ...fresh, ...subject, '-keyout', made.path('issuing.key'), '-out', made.path('issuing.crt'))
  expect((await made.run(['ca', 'import', ...pair])).exit).toBe(0)
  expect(await issues(made, 'issuing.crt')).toBe(1)
  const names = ['-noout', '-issuer_hash', '-in', made.path('out.crt')]
  expect(ssl('x509', ...names)).toBe(ssl('x509', '-noout', '-subject_hash', '-in', made.path('issuing.crt')))
  const der = (name: string): string => new X509Certificate(made.read(name)).raw.toString('hex')
  const own = /30[0-9a-f]{2}310b3009060355040613024445.*?6f6c64204341/.exec(der('issuing.crt'))?.[0] ?? '-'
  expect(own).toMatch(/^30/)
  expect(der('out.crt')).toContain(own)
})

withOpenssl('keys come plain, as PKCS#8 or encrypted in the old way, and are kept encrypted anew', async () => {
  const made = desk()
  made.root('root', { subject: '/CN=r' })
  made.file('words', 'another passphrase\n')
  const pass = ['-passout', `file:${made.path('words')}`]
  const forms: string[][] = [
    ['pkcs8', '-topk8', '-v2', 'aes-256-cbc'],
    ['ec', '-aes256'],
    ['ec', '-aes128'],
    ['pkcs8', '-topk8', '-nocrypt'],
    ['ec'],
  ]
  for (const [index, form] of forms.entries()) {
    const home = ['--home', `home-${index}`]
    ssl(...form, '-in', made.path('root.key'), '-out', made.path('form.key'), ...pass)
    const argv = ['ca', 'import', '--issuing-cert', 'root.crt', '--issuing-key', 'form.key', ...home]
    if (index < 3) {
      const wrong = await made.run(argv)
      expect([wrong.exit, wrong.err.includes('--key-passphrase-file')], form.join(' ')).toEqual([2, true])
      expect(existsSync(made.path(`home-${index}/ca`))).toBe(false)
    }
    const ran = await made.run([...argv, '--key-passphrase-file', 'words'])
    expect(ran.exit, ran.err).toBe(0)
    expect(seen(ran.out + ran.err, secretWindows(made.read('root.key')))).toEqual([])
    const kept = made.read(`home-${index}/ca/issuing.key`)
    expect(kept).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect((await decryptKey(kept, new Secret(utf8(passphrase)))).ok).toBe(true)
  }
})

const step = findProgram('step', 'SECTAG_STEP')

needs('step', step !== undefined && hasOpenssl)('ca import takes the files of step-ca as they are', async () => {
  const made = desk()
  made.file('words', 'a step passphrase')
  mkdirSync(made.path('step'))
  const init = ['ca', 'init', '--pki', '--name', 'x', '--deployment-type', 'standalone', '--password-file', 'words']
  execFileSync(step ?? '', init, {
    cwd: made.folder,
    env: { ...process.env, STEPPATH: made.path('step') },
    stdio: 'pipe',
  })
  const root = ['--root-cert', 'step/certs/root_ca.crt', '--root-key', 'step/secrets/root_ca_key']
  const issuing = [
    '--issuing-cert',
    'step/certs/intermediate_ca.crt',
    '--issuing-key',
    'step/secrets/intermediate_ca_key',
  ]
  const ran = await made.run(['ca', 'import', ...root, ...issuing, '--key-passphrase-file', 'words'])
  expect(ran.exit, ran.err).toBe(0)
  expect(await issues(made, 'step/certs/root_ca.crt')).toBe(2)
  execFileSync(step ?? '', [
    'certificate',
    'verify',
    made.path('out.crt'),
    '--roots',
    made.path('step/certs/root_ca.crt'),
  ])
})

withOpenssl('a CA that no verifier would accept is refused with its reason, and nothing is made', async () => {
  const made = desk()
  made.root('root', { subject: '/CN=root', days: 300 })
  made.root('other', { subject: '/CN=root' })
  made.root('closed', { subject: '/CN=closed', extensions: ['basicConstraints=critical,CA:true,pathlen:0'] })
  made.root('weak', { subject: '/CN=weak', key: ['rsa:1024'] })
  made.root('leaf', { subject: '/CN=leaf', extensions: ['basicConstraints=CA:false'] })
  made.under('root', 'issuing', { subject: '/CN=issuing', extensions: subordinate })
  made.under('root', 'sha1', { subject: '/CN=sha1', digest: '-sha1', extensions: subordinate })
  made.under('root', 'no-crl', {
    subject: '/CN=n',
    extensions: ['basicConstraints=critical,CA:true', 'keyUsage=keyCertSign'],
  })
  made.under('root', 'servers', { subject: '/CN=s', extensions: [...subordinate, 'extendedKeyUsage=serverAuth'] })
  made.file('junk', 'junk')
  const late = { clock: { ...systemClock, now: () => Date.now() + 401 * 86_400_000 } }
  const ca = (root: string, rootKey: string, issuing?: string, key = `${issuing}.key`): string[] => [
    '--root-cert',
    `${root}.crt`,
    '--root-key',
    `${rootKey}.key`,
    ...(issuing === undefined ? [] : ['--issuing-cert', `${issuing}.crt`, '--issuing-key', key]),
  ]
  const cases: readonly [string[], number, string, object?][] = [
    [ca('root', 'other'), 5, 'its key is another one'],
    [ca('other', 'other', 'issuing'), 5, 'did not issue'],
    [ca('closed', 'closed'), 5, 'path length 0'],
    [ca('weak', 'weak'), 5, 'RSA 1024'],
    [ca('leaf', 'leaf'), 2, 'do not say that it is a CA'],
    [ca('root', 'root', 'sha1'), 5, 'SHA-1'],
    [ca('root', 'root', 'no-crl'), 5, 'nobody could be revoked'],
    [ca('root', 'root', 'servers'), 5, 'leaves out clients'],
    [ca('root', 'root', 'issuing'), 5, 'it expired', late],
    [['--issuing-cert', 'issuing.crt', '--issuing-key', 'issuing.key'], 2, 'is no root'],
    [['--root-cert', 'root.crt'], 2, 'is needed'],
    [['--root-cert', 'junk', '--root-key', 'root.key'], 2, 'no certificate'],
    [['--root-cert', 'gone', '--root-key', 'root.key'], 2, 'there is no file'],
    [['--root-cert', 'root.crt', '--root-key', 'junk'], 2, 'no private key'],
    [[], 2, 'nothing was named'],
  ]
  for (const [argv, exit, words, more] of cases) {
    const ran = await made.run(['ca', 'import', ...argv], more)
    expect(ran.exit, `${argv.join(' ')}: ${ran.err}`).toBe(exit)
    expect(ran.err).toContain(words)
    expect(existsSync(made.ca)).toBe(false)
  }
  expect((await made.run(['ca', 'import', ...rootPair], { env: knowing(made.folder, 'short') })).exit).toBe(2)
  expect((await made.run(['ca', 'import', ...rootPair])).exit).toBe(0)
  const again = await made.run(['ca', 'import', ...rootPair])
  expect([again.exit, again.err.includes('never replaced')]).toEqual([6, true])
})

/** A desk with an imported CA that has issued two boards elsewhere; the first one's file holds its key. */
async function fleet() {
  const made = desk()
  made.root('issuing', { subject: '/CN=old CA', days: 900 })
  made.under('issuing', 'a', { subject: '/CN=board-a', extensions: leafOf('clientAuth') })
  made.under('issuing', 'b', { subject: '/CN=b.example', extensions: leafOf('serverAuth', 'DNS:b.example') })
  writeFileSync(made.path('a.pem'), made.read('a.crt') + made.read('issuing.crt') + made.read('a.key'))
  expect((await made.run(['ca', 'import', ...pair])).exit).toBe(0)
  return made
}

function register(made: { ca: string }): Record<string, unknown>[] {
  const file = join(made.ca, 'issued.jsonl')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

withOpenssl('certificates from elsewhere are recorded once, with what revoking and renewing them needs', async () => {
  const made = await fleet()
  const ran = await made.run(['ca', 'import', '--issued', 'a.pem', '--issued', 'b.crt', '--json'])
  expect(ran.exit, ran.out).toBe(0)
  expect(register(made)).toMatchObject([
    { subject: 'CN=board-a', profile: 'device', imported: true },
    { subject: 'CN=b.example', profile: 'server', imported: true },
  ])
  const node = new X509Certificate(made.read('a.crt'))
  expect(register(made)[0]).toMatchObject({
    serial: node.serialNumber.toLowerCase(),
    fingerprint: node.fingerprint256.replaceAll(':', ''),
  })
  const again = await made.run(['ca', 'import', '--issued', 'a.pem', '--json'])
  expect(again.result).toMatchObject({ exit: 0, recorded: 0, known: 1 })
  expect(register(made).length).toBe(2)
  expect(
    (await made.run(['ca', 'show', '--json'])).events.find((event) => event['type'] === 'authority'),
  ).toMatchObject({ issued: 2 })
})

withOpenssl('the private key of a board is not kept unless that is asked for, and then encrypted', async () => {
  const made = await fleet()
  const windows = secretWindows(made.read('a.key'))
  const without = await made.run(['ca', 'import', '--issued', 'a.pem'])
  expect(without.err).toContain('The private key in a.pem was not kept')
  expect(seen(without.out + without.err, windows)).toEqual([])
  expect(readdirSync(made.ca)).not.toContain('keys')
  for (const name of readdirSync(made.ca)) expect(seen(readFileSync(join(made.ca, name), 'utf8'), windows)).toEqual([])
  const kept = await made.run(['ca', 'import', '--issued', 'a.pem', '--keep-key'])
  expect(kept.exit, kept.err).toBe(0)
  const [name = ''] = readdirSync(join(made.ca, 'keys'))
  expect(name).toBe(`${new X509Certificate(made.read('a.crt')).serialNumber.toLowerCase()}.key`)
  const path = join(made.ca, 'keys', name)
  expect([statSync(join(made.ca, 'keys')).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600])
  expect((await decryptKey(readFileSync(path, 'utf8'), new Secret(utf8(passphrase)))).ok).toBe(true)
  const wrong = await made.run(['ca', 'import', '--issued', 'b.crt', '--issued', 'b.key', '--keep-key'], {
    env: knowing(made.folder, 'a wrong passphrase'),
  })
  expect(wrong.exit).toBe(2)
})

withOpenssl(
  'a certificate of another CA, and two with one serial number, are refused, and nothing of any file is recorded',
  async () => {
    const made = await fleet()
    made.root('other', { subject: '/CN=old CA' })
    made.under('other', 'foreign', { subject: '/CN=foreign', extensions: leafOf('clientAuth') })
    const foreign = await made.run(['ca', 'import', '--issued', 'a.crt', '--issued', 'foreign.crt'])
    expect([foreign.exit, foreign.err.includes('was not issued by')]).toEqual([5, true])
    const signer = ['-CA', made.path('issuing.crt'), '-CAkey', made.path('issuing.key'), '-set_serial', '7']
    for (const name of ['a', 'b'])
      ssl('x509', '-req', '-in', made.path(`${name}.csr`), ...signer, '-days', '9', '-out', made.path(`${name}7.crt`))
    const twice = await made.run(['ca', 'import', '--issued', 'a7.crt', '--issued', 'b7.crt'])
    expect([twice.exit, twice.err.includes('bear one serial number, 07')]).toEqual([5, true])
    expect(register(made)).toEqual([])
    expect((await made.run(['ca', 'import', '--issued', 'a7.crt'])).exit).toBe(0)
    expect((await made.run(['ca', 'import', '--issued', 'b7.crt'])).exit).toBe(5)
    expect((await made.run(['ca', 'import', '--issued', 'issuing.key'])).exit).toBe(2)
  },
)

/** A CRL by `openssl ca` that revokes what is named, with a number of its own. */
function opensslCrl(made: ReturnType<typeof desk>, revoked: readonly string[], number: string): string {
  made.file('index.txt', '')
  made.file('number', `${number}\n`)
  const [database, numbers] = [made.path('index.txt'), made.path('number')]
  made.file(
    'ca.cnf',
    `[ca]\ndefault_ca=x\n[x]\ndatabase=${database}\ncrlnumber=${numbers}\ndefault_md=sha256\ndefault_crl_days=9\n`,
  )
  const as = ['-config', made.path('ca.cnf'), '-cert', made.path('issuing.crt'), '-keyfile', made.path('issuing.key')]
  for (const name of revoked) ssl('ca', ...as, '-revoke', made.path(name))
  ssl('ca', ...as, '-gencrl', '-out', made.path('old.crl'))
  return made.read('old.crl')
}

withOpenssl(
  'whom an older CRL names stays revoked, under a higher number, and openssl refuses that board',
  async () => {
    const made = await fleet()
    opensslCrl(made, ['a.crt'], 'ABCDEF0123')
    const ran = await made.run(['ca', 'import', '--crl', 'old.crl', '--json'])
    expect(ran.exit, ran.out).toBe(0)
    expect(ran.events[0]).toMatchObject({ type: 'imported-crl', revoked: 1, added: 1, number: String(0xabcdef0123) })
    expect((await made.run(['ca', 'import', '--crl', 'old.crl', '--json'])).result).toMatchObject({ exit: 0, added: 0 })
    const found = readFolder(made.ca)
    if (found.is !== 'whole') throw new Error(found.is)
    const authority = await openAuthority(found.files, new Secret(utf8(passphrase)))
    if (!authority.ok) throw new Error(authority.refusal.text)
    const home = { authority: authority.value, folder: made.ca, clock: systemClock, random: systemRandom }
    const crl = await makeCrl(home, {})
    if (!crl.ok) throw new Error(crl.refusal.text)
    expect(crl.value.number).toBe(0xabcdef0123n + 1n)
    expect([...crl.value.entries.keys()]).toEqual([new X509Certificate(made.read('a.crt')).serialNumber.toLowerCase()])
    const checked = ['-CAfile', made.path('issuing.crt'), '-crl_check', '-CRLfile', join(made.ca, 'issuing.crl')]
    expect(ssl('verify', ...checked, made.path('b.crt'))).toContain('OK')
    expect(() => ssl('verify', ...checked, made.path('a.crt'))).toThrow(/certificate revoked/)
  },
)

withOpenssl(
  'a CRL of another CA, a changed one, and one whose number cannot be counted on from are refused',
  async () => {
    const made = await fleet()
    const other = await fleet()
    made.file('foreign.crl', opensslCrl(other, [], '01'))
    opensslCrl(made, ['a.crt'], 'FFFFFFFFFFFFFFFFFF')
    const huge = await made.run(['ca', 'import', '--crl', 'old.crl'])
    expect([huge.exit, huge.err.includes('has the number')]).toEqual([5, true])
    const der = Buffer.from(opensslCrl(made, ['b.crt'], '02').replaceAll(/-----[^-]+-----|\s/g, ''), 'base64')
    der[der.length - 5] = (der[der.length - 5] ?? 0) ^ 1
    made.file('changed.crl', Uint8Array.from(der))
    for (const name of ['foreign.crl', 'changed.crl'])
      expect((await made.run(['ca', 'import', '--crl', name])).exit, name).toBe(5)
    expect((await made.run(['ca', 'import', '--crl', 'a.crt'])).exit).toBe(2)
    expect(readdirSync(made.ca)).not.toContain('revoked.jsonl')
    expect(readCrl(made.read('old.crl')).ok).toBe(true)
  },
)

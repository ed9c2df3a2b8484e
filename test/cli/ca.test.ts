import { X509Certificate } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { fileNames } from '../../src/cli/ca/folder.ts'
import { systemClock } from '../../src/port/index.ts'
import { passphrase } from '../support/authority.ts'
import { caDesk, caDeskWithout, knowing } from '../support/ca-desk.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { figure } from '../support/figures.ts'

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)
const ssl = (...argv: string[]): string => output(openssl ?? '', argv)
const day = 86_400_000

const benches: { clear: () => void }[] = []
afterEach(() => {
  vi.unstubAllEnvs()
  for (const bench of benches.splice(0)) bench.clear()
})

function kept<D extends { clear: () => void }>(made: D): D {
  benches.push(made)
  return made
}

const init = ['ca', 'init', '--name', 'my fleet']
const issue = ['ca', 'issue', '--out', 'out.crt']
const device = [...issue, '--profile', 'device', '--subject', 'nrf-1']
const server = [...issue, '--profile', 'server', '--name', 'broker.example']
const show = ['ca', 'show']

function modeOf(path: string): string {
  return (statSync(path).mode & 0o777).toString(8)
}

withOpenssl(
  'ca init makes a folder for its owner only, whose certificates openssl verifies and whose keys it opens',
  async () => {
    const made = kept(caDeskWithout())
    const ran = await made.run([...init, '--json'])
    expect(ran.exit, ran.out).toBe(0)
    expect(modeOf(made.ca)).toBe('700')
    expect(readdirSync(made.ca).toSorted()).toEqual(Object.values(fileNames).toSorted())
    for (const name of Object.values(fileNames)) expect(modeOf(join(made.ca, name))).toBe('600')
    const [root, issuing] = [join(made.ca, 'root.crt'), join(made.ca, 'issuing.crt')]
    expect(ssl('verify', '-x509_strict', '-CAfile', root, root, issuing)).toMatch(/OK\n.*OK/)
    vi.stubEnv('SECTAG_TEST_WORDS', passphrase)
    for (const name of ['root', 'issuing'])
      expect(ssl('pkey', '-in', join(made.ca, `${name}.key`), '-passin', 'env:SECTAG_TEST_WORDS', '-pubout')).toBe(
        ssl('x509', '-in', join(made.ca, `${name}.crt`), '-noout', '-pubkey'),
      )
    expect(ran.events.map((event) => event['type'])).toEqual([
      'authority-certificate',
      'authority-certificate',
      'authority',
      'notice',
      'result',
    ])
  },
)

test('a second ca init leaves the authority as it is and says so', async () => {
  const made = kept(await caDesk())
  const before = readFileSync(join(made.ca, 'root.key'), 'utf8')
  const { exit, err } = await made.run(init)
  expect(exit).toBe(6)
  expect(err).toContain('never replaced')
  expect(readFileSync(join(made.ca, 'root.key'), 'utf8')).toBe(before)
})

test('--home names the home, before $SECTAG_HOME', async () => {
  const made = kept(caDeskWithout())
  expect((await made.run([...init, '--home', 'elsewhere'])).exit).toBe(0)
  expect(existsSync(made.ca)).toBe(false)
  expect((await made.run([...show, '--home', 'elsewhere'])).out).toContain(made.path('elsewhere/ca/root.crt'))
  expect((await made.run(show)).exit).toBe(6)
  expect((await made.run([...device, '--new-key', 'k', '--home', 'elsewhere'])).exit).toBe(0)
})

const keys: [string, string[]][] = [
  ['P-256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ['P-384', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-sha384']],
  ['RSA-2048', ['-newkey', 'rsa:2048']],
]
const profiles: [string, string[], string, number][] = [
  ['server', ['--profile', 'server', '--name', 'broker.example', '--name', '192.0.2.7'], 'sslserver', 365],
  ['device', ['--profile', 'device'], 'sslclient', 3650],
]

withOpenssl(
  'openssl verify and Node accept every profile × key type, from requests by openssl in PEM and DER and from new keys',
  async () => {
    const made = kept(await caDesk())
    writeFileSync(made.path('root.crt'), (await made.run([...show, '--root'])).out)
    const authority = new X509Certificate(readFileSync(join(made.ca, 'issuing.crt')))
    let accepted = 0
    for (const [profile, flags, purpose, days] of profiles)
      for (const [key, options] of [...keys, ['new key', []] as const])
        for (const form of key === 'new key' ? ['PEM'] : ['PEM', 'DER']) {
          const name = `${profile}-${key}-${form}`.replace(' ', '-')
          const subject = ['-subj', '/CN=asked', '-outform', form, '-out', made.path(`${name}.csr`)]
          if (key !== 'new key')
            ssl('req', '-new', '-nodes', ...options, '-keyout', made.path(`${name}.key`), ...subject)
          const from =
            key === 'new key' ? ['--new-key', `${name}.key`, '--subject', 'asked'] : ['--request', `${name}.csr`]
          const ran = await made.run(['ca', 'issue', ...flags, ...from, '--out', `${name}.crt`, '--json'])
          expect(ran.exit, ran.out).toBe(0)
          const out = made.path(`${name}.crt`)
          const chain = ['-x509_strict', '-CAfile', made.path('root.crt'), '-untrusted', out]
          expect(ssl('verify', ...chain, '-purpose', purpose, out)).toContain('OK')
          const leaf = new X509Certificate(readFileSync(out))
          expect(leaf.verify(authority.publicKey) && leaf.checkIssued(authority)).toBe(true)
          expect(Math.round((leaf.validToDate.getTime() - Date.now()) / day)).toBe(days)
          if (profile === 'server') expect(leaf.checkHost('broker.example') && leaf.checkIP('192.0.2.7')).toBeDefined()
          expect(ssl('pkey', '-in', made.path(`${name}.key`), '-pubout')).toBe(
            leaf.publicKey.export({ format: 'pem', type: 'spki' }),
          )
          expect(ran.events[0]).toMatchObject({
            type: 'issued',
            profile,
            serial: leaf.serialNumber.toLowerCase(),
            fingerprint: leaf.fingerprint256.replaceAll(':', ''),
          })
          accepted++
        }
    expect(accepted).toBe(14)
    figure('ca-issued-and-accepted', { profiles: profiles.length, keys: keys.length + 1, accepted })
  },
)

test('the chain is the leaf and the issuing CA and not the root; a new key is plain PKCS#8 for its owner only', async () => {
  const made = kept(await caDesk())
  expect((await made.run([...device, '--new-key', 'new.key'])).exit).toBe(0)
  const blocks = readFileSync(made.path('out.crt'), 'utf8').match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n/g,
  )
  expect(blocks?.length).toBe(2)
  expect(blocks?.[1]).toBe(made.files.issuingCertificate)
  expect(readFileSync(made.path('new.key'), 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
  expect(modeOf(made.path('new.key'))).toBe('600')
})

test('what is issued stands in issued.jsonl, under another serial number each time, also where randomness repeats', async () => {
  const made = kept(await caDesk())
  const serials = new Set<unknown>()
  for (let round = 0; round < 3; round++) {
    const ran = await made.run([...device, '--new-key', 'new.key', '--json'])
    expect(ran.exit).toBe(0)
    serials.add(ran.result['serial'])
    for (const name of ['new.key', 'out.crt']) rmSync(made.path(name))
  }
  const lines = readFileSync(join(made.ca, 'issued.jsonl'), 'utf8').trim().split('\n')
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(new Set(entries.map((entry) => entry['serial']))).toEqual(serials)
  expect(serials.size).toBe(3)
  expect(entries[0]).toMatchObject({ profile: 'device', subject: 'CN=nrf-1' })
  expect(Object.keys(entries[0] ?? {}).toSorted()).toEqual(
    ['serial', 'profile', 'subject', 'notAfter', 'fingerprint', 'at'].toSorted(),
  )
  expect(modeOf(join(made.ca, 'issued.jsonl'))).toBe('600')
  expect((await made.run([...show, '--json'])).result).toMatchObject({ issued: 3 })
})

test('a register with a line that was cut goes on; one with a line that makes no sense is told to everybody', async () => {
  const made = kept(await caDesk())
  const file = join(made.ca, 'issued.jsonl')
  writeFileSync(file, '{"serial":"40')
  expect((await made.run([...device, '--new-key', 'new.key'])).exit).toBe(0)
  const whole = await made.run([...show, '--json'])
  expect(whole.result).toMatchObject({ issued: 1 })
  expect(whole.out).not.toContain('register-damaged')
  writeFileSync(file, `hello\n${readFileSync(file, 'utf8')}`)
  const { err, exit } = await made.run([...show, '--quiet'])
  expect([exit, err]).toEqual([0, expect.stringContaining('1 lines of') as string])
})

test('an init that was cut is recognised, said, and swept up by the next one', async () => {
  const made = kept(caDeskWithout())
  const begun = `${made.ca}.making-00c0ffee`
  mkdirSync(begun, { recursive: true })
  writeFileSync(join(begun, 'root.crt'), 'half')
  writeFileSync(join(made.folder, 'home', 'version'), '1\n')
  for (const argv of [show, [...device, '--new-key', 'k']]) {
    const { exit, err } = await made.run(argv)
    expect([exit, err]).toEqual([6, expect.stringContaining('was cut before it was finished') as string])
  }
  const again = await made.run(init)
  expect([again.exit, again.err]).toEqual([0, expect.stringContaining('swept up') as string])
  expect(readdirSync(join(made.folder, 'home')).toSorted()).toEqual(['ca', 'journal', 'known', 'runs', 'version'])
})

test('an authority that lacks files is not made anew; without the key of its root it issues', async () => {
  const made = kept(await caDesk())
  rmSync(join(made.ca, 'root.key'))
  expect((await made.run(show)).out).toContain('kept elsewhere')
  expect((await made.run([...device, '--new-key', 'k'])).exit).toBe(0)
  rmSync(join(made.ca, 'issuing.key'))
  for (const argv of [init, show, [...issue.slice(0, 2), '--out', 'o', '--new-key', 'l', ...device.slice(4)]]) {
    const { exit, err } = await made.run(argv)
    expect([exit, err]).toEqual([5, expect.stringContaining('lacks issuing.key') as string])
  }
})

test('ca show warns when a CA or a certificate is about to run out, and nobody else does', async () => {
  const made = kept(await caDesk())
  await made.run([...device, '--days', '20', '--new-key', 'k'])
  const at = (days: number): { clock: typeof systemClock } => ({
    clock: { ...systemClock, now: () => Date.now() + days * day },
  })
  const codes = async (days: number): Promise<unknown[]> =>
    (await made.run([...show, '--json'], at(days))).events
      .filter((event) => event['type'] === 'notice')
      .map((event) => event['code'])
  expect(await codes(0)).toEqual(['certificates-run-out'])
  expect(await codes(30)).toEqual([])
  expect(await codes(9 * 365 + 10)).toEqual(['ca-runs-out'])
  expect(await codes(21 * 365)).toEqual(['ca-runs-out', 'ca-runs-out'])
  expect((await made.run(show, at(11 * 365))).err).toMatch(/The issuing CA ran out \d+ days ago/)
})

withOpenssl('a chain that a modem could not take is warned of', async () => {
  const made = kept(await caDesk())
  ssl(
    'req',
    '-new',
    '-nodes',
    '-newkey',
    'rsa:4096',
    '-subj',
    '/CN=a',
    '-keyout',
    made.path('k'),
    '-out',
    made.path('a.csr'),
  )
  const names = Array.from({ length: 60 }, (_, index) => ['--name', `${'n'.repeat(50)}${index}.example`]).flat()
  const ran = await made.run([...issue, '--profile', 'server', '--request', 'a.csr', ...names])
  expect([ran.exit, ran.err]).toEqual([0, expect.stringMatching(/chain has \d+ bytes; a modem takes 4096/) as string])
})

test('the passphrase comes from a file, its last line end cut, before the environment; a readable file is warned of', async () => {
  const made = kept(await caDesk())
  const nobody = { env: { SECTAG_HOME: made.path('home') } }
  for (const [index, end] of ['', '\n', '\r\n'].entries()) {
    writeFileSync(made.path(`pass${index}`), `${passphrase}${end}`, { mode: 0o600 })
    const argv = [...device, '--passphrase-file', `pass${index}`, '--new-key', `k${index}`, '--out', `o${index}`]
    const ran = await made.run(argv, nobody)
    expect([ran.exit, ran.err]).toEqual([0, ''])
  }
  made.file('open', passphrase)
  const wrong = knowing(made.folder, 'another passphrase')
  const ran = await made.run([...device, '--new-key', 'k', '--passphrase-file', 'open'], { env: wrong })
  expect([ran.exit, ran.err]).toEqual([0, expect.stringContaining('chmod 600') as string])
})

/** Something wrong to type, what it must say, and how it ends. */
type Wrong = [string, string[], RegExp, number?]

const request = [...issue, '--profile', 'device', '--request']
const newKey = ['--new-key', 'k']
const wrongs: Wrong[] = [
  ['a request that is text', [...request, 'text'], /no line says -----BEGIN/],
  [
    'a request that is a certificate',
    [...request, 'home/ca/root.crt'],
    /it is a certificate[^]*^next +sectag cert inspect /m,
  ],
  ['a request that is a key', [...request, 'plain.key'], /it is a private key[^]*^next +openssl req -new -key /m],
  ['a request that is not there', [...request, 'gone.csr'], /there is no such file/],
  ['a request that is a folder', [...request, 'home'], /it is a folder/],
  ['a request that is DER of something else', [...request, 'junk.der'], /no PKCS#10/],
  ['a request whose PEM is cut', [...request, 'cut.csr'], /no line says -----END/],
  [
    'an --out that is there',
    [...issue.slice(0, 2), '--out', 'text', ...device.slice(4), ...newKey],
    /file .*text already/,
  ],
  ['a --new-key that is there', [...device, '--new-key', 'text'], /file .*text already/],
  [
    'an --out in no folder',
    [...device.slice(0, 2), '--out', 'no/o', ...device.slice(4), ...newKey],
    /no file can be put[^]*^next +mkdir -p /m,
  ],
  ['an --out that is the key', [...device, '--new-key', 'out.crt'], /the same file/],
  ['--days 0', [...device, ...newKey, '--days', '0'], /number of days from 1[^]*^next +repeat with other --days/m],
  [
    '--days beyond the issuing CA',
    [...device, ...newKey, '--days', '3651'],
    /outlive the issuing CA, which has 36\d\d days/,
  ],
  ['--days that is no number', [...device, ...newKey, '--days', '-1'], /whole number/],
  ['a server without a name', [...issue, '--profile', 'server', '--subject', 'x', ...newKey], /at least one DNS name/],
  ['a server with a wrong name', [...server, '--name', 'a b', ...newKey], /neither a DNS name/],
  ['a device with a name', [...device, '--name', 'a', ...newKey], /no host names/],
  [
    'a subject that is too long',
    [...issue, '--profile', 'device', '--subject', 'x'.repeat(65), ...newKey],
    /more than 64/,
  ],
  ['a device without a subject', [...issue, '--profile', 'device', ...newKey], /--subject was not given/],
  ['no profile', [...issue, ...newKey], /no profile/],
  ['another profile', [...issue, '--profile', 'root', ...newKey], /Allowed choices are server, device/],
  ['neither request nor key', device, /either --request or --new-key/],
  ['both request and key', [...device, ...newKey, '--request', 'x'], /either --request or --new-key/],
  ['no --out', ['ca', 'issue', '--profile', 'device', ...newKey], /--out was not given/],
  ['no action', ['ca'], /missing required argument 'action'/],
  [
    'another action',
    ['ca', 'destroy'],
    /Allowed choices are init, issue, renew, revoke, crl, import, backup, restore, line,/,
  ],
  ['an option of another action', ['ca', 'init', '--name', 'x', '--out', 'y'], /--out does not go with `ca init`/],
  ['--root with issue', [...device, ...newKey, '--root'], /--root does not go with `ca issue`/],
  ['an authority without a name', ['ca', 'init'], /has no name/],
  ['an authority with two names', [...init, '--name', 'x'], /one name/],
  ['an authority with a long name', ['ca', 'init', '--name', 'x'.repeat(60)], /more than 53 characters/],
  ['an authority with a name of two lines', ['ca', 'init', '--name', 'a\nb'], /do not print/],
  ['a home that is a file', [...init, '--home', 'text'], /home .*text cannot be used/],
  ['a home that cannot be made', [...init, '--home', '/proc/no/home'], /cannot be used/],
  [
    'a passphrase file that is not there',
    [...device, ...newKey, '--passphrase-file', 'gone'],
    /cannot be read \(ENOENT\)/,
  ],
  ['a passphrase file with two lines', [...device, ...newKey, '--passphrase-file', 'plain.key'], /more than one line/],
  ['a passphrase file that is empty', [...device, ...newKey, '--passphrase-file', 'empty'], /there is no passphrase/],
  ['a passphrase that is wrong', [...device, ...newKey, '--passphrase-file', 'text'], /does not open/],
  ['a passphrase that is too short', [...init, '--home', 'new', '--passphrase-file', 'short'], /fewer than 12/],
]

test.each(wrongs)('%s: a clear error in four parts, and nothing made or issued', async (_, argv, words, exit = 2) => {
  const made = kept(await caDesk())
  made.file('text', 'hello, this is text')
  made.file('empty', '\n')
  made.file('short', 'elevenchars')
  made.file('cut.csr', '-----BEGIN CERTIFICATE REQUEST-----\nMIIB')
  made.file('junk.der', Uint8Array.of(0x30, 3, 1, 2, 3))
  made.file('plain.key', '-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----\n')
  const before = readdirSync(made.folder, { recursive: true, encoding: 'utf8' }).toSorted()
  const ran = await made.run(argv)
  expect(ran.err).toMatch(words)
  expect(ran.exit).toBe(exit)
  for (const part of [/^error {2}\S/m, /^state {2}\S/m, /^why {4}\S/m, /^next {3}\S/m]) expect(ran.err).toMatch(part)
  expect(readdirSync(made.folder, { recursive: true, encoding: 'utf8' }).toSorted()).toEqual(before)
})

withOpenssl(
  'requests with weak or foreign keys or a bad signature are refused in four parts, and nothing is recorded',
  async () => {
    const made = kept(await caDesk())
    const asked = (name: string, ...options: string[]): string => {
      const key = ['-nodes', '-keyout', made.path('k'), '-subj', '/CN=x', '-out', made.path(name)]
      ssl('req', '-new', ...options, ...key)
      return name
    }
    const spoil = (name: string): string => {
      const der = Buffer.from(
        ssl('req', '-in', made.path(name), '-outform', 'PEM').replaceAll(/-----[^-]+-----/g, ''),
        'base64',
      )
      der[der.length - 1] = (der.at(-1) ?? 0) ^ 1
      return made.file('spoiled.der', Uint8Array.from(der))
    }
    for (const [name, words] of [
      [asked('rsa', '-newkey', 'rsa:1024'), /RSA of 1024 bits/],
      [asked('ed', '-newkey', 'ed25519'), /of another kind/],
      [asked('p521', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521'), /P-256, P-384 or RSA/],
      [spoil(asked('good', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256')), /signature is not by the key/],
    ] as const) {
      const ran = await made.run([...request, name])
      expect([ran.exit, ran.err]).toEqual([2, expect.stringMatching(words) as string])
      expect(ran.err).toMatch(/^error {2}.*\nstate {2}.*\nwhy {4}.*\nnext {3}\S/m)
    }
    expect(existsSync(join(made.ca, 'issued.jsonl')) || existsSync(made.path('out.crt'))).toBe(false)
  },
)

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { armour, decryptKey } from '../../src/pki/index.ts'
import { Secret, seededRandom, utf8 } from '../../src/terms/index.ts'
import { freshAuthority, passphrase } from '../support/authority.ts'
import { type CaDesk, caDesk, caDeskWithout, knowing } from '../support/ca-desk.ts'
import { figure } from '../support/figures.ts'
import { privateWindows, secretWindows, seen, wordWindows } from '../support/secrets.ts'

/** One that has room for windows of 24 characters. */
const words = 'correct-horse-battery-staple-0815-4711'

/** What no output may show, and nothing on the disk but the files that the user put there or asked for. */
async function secretsOf(files: CaDesk['files'], phrase: string): Promise<string[]> {
  const opened = await Promise.all(
    [files.rootKey, files.issuingKey].map((pem) => decryptKey(pem, new Secret(utf8(phrase)))),
  )
  return opened.map((key) => {
    if (!key.ok) throw new Error(key.refusal.text)
    return armour({ label: 'PRIVATE KEY', der: key.value.pkcs8 })
  })
}

/** Something that is typed, by somebody who has the plain key of the issuing CA lying about as well. */
type Scene = [string, (made: Scenery) => string[], more?: (made: Scenery) => object]

interface Scenery extends CaDesk {
  readonly plain: string
}

const issue = ['ca', 'issue', '--profile', 'device', '--subject', 'b', '--out', 'b.crt']
const fresh = [...issue, '--new-key', 'b.key']
const adopt = [
  'ca',
  'import',
  '--root-cert',
  'home/ca/root.crt',
  '--home',
  'other',
  '--issuing-cert',
  'home/ca/issuing.crt',
  '--issuing-key',
]
const renewal = ['ca', 'renew', '--out', 'b.crt', '--new-key', 'b.key']
const own = new Set(['b.key', 'plain.key', 'plain.der', 'words', 'two', 'mixed'])

const scenes: Scene[] = [
  ['all goes well', () => fresh],
  ['the authority is shown', () => ['ca', 'show']],
  ['another authority is made', () => ['ca', 'init', '--name', 'x', '--home', 'other']],
  ['the passphrase comes from a file', () => [...fresh, '--passphrase-file', 'words']],
  ['the passphrase is typed where its file belongs', () => [...fresh, '--passphrase-file', words]],
  ['the passphrase is typed behind an option that is not there', () => [...fresh, `--passphrase=${words}`]],
  ['the passphrase is typed behind another such option', () => [...fresh, '--pass', words]],
  ['the passphrase is typed onto an option of one letter', () => [...fresh, `-p${words}`]],
  ['the passphrase is typed where one of few words belongs', () => ['ca', 'revoke', '--reason', words]],
  ['the passphrase is typed where an action belongs', () => ['ca', words]],
  ['the passphrase is typed behind all words', () => ['cert', 'inspect', 'b.crt', words]],
  ['the passphrase is typed where a number belongs', () => [...fresh, '--days', words]],
  ['the passphrase is wrong', () => [...fresh, '--passphrase-file', 'two']],
  ['the plain key is named as passphrase', () => [...fresh, '--passphrase-file', 'plain.key']],
  ['the plain key in DER is named as passphrase', () => [...fresh, '--passphrase-file', 'plain.der']],
  ['the plain key is named as request', () => [...issue, '--request', 'plain.key']],
  ['the plain key in DER is named as request', () => [...issue, '--request', 'plain.der']],
  ['the passphrase file is named as request', () => [...issue, '--request', 'words']],
  ['a request has the key in front', () => [...issue, '--request', 'mixed']],
  ['the encrypted key is named as request', () => [...issue, '--request', 'home/ca/issuing.key']],
  [
    'the key of the authority is not encrypted',
    (made) => (writeFileSync(join(made.ca, 'issuing.key'), made.plain), fresh),
  ],
  [
    'the key of the authority is cut',
    (made) => (writeFileSync(join(made.ca, 'issuing.key'), made.plain.slice(0, 90)), fresh),
  ],
  [
    'the certificate of the authority is its key',
    (made) => (writeFileSync(join(made.ca, 'root.crt'), made.plain), fresh),
  ],
  ['the plain key is named as certificate to revoke', () => ['ca', 'revoke', '--cert', 'plain.key']],
  ['the plain key in DER is named as certificate to revoke', () => ['ca', 'revoke', '--cert', 'plain.der']],
  ['a certificate is renewed for its file with the key in front', () => [...renewal, '--cert', 'mixed']],
  ['the passphrase file is named as certificate to renew', () => [...renewal, '--cert', 'words']],
  ['a CRL is made', () => ['ca', 'crl', '--out', 'b.crl']],
  ['a CRL is to go over the plain key', () => ['ca', 'crl', '--out', 'plain.key']],
  [
    'the CRL of the authority is its key',
    (made) => (writeFileSync(join(made.ca, 'issuing.crl'), made.plain), ['ca', 'crl']),
  ],
  [
    'the register cannot be written',
    (made) => (rmSync(join(made.ca, 'issued.jsonl'), { force: true }), mkdirSync(join(made.ca, 'issued.jsonl')), fresh),
  ],
  [
    'the files cannot be written',
    () => fresh,
    (made) => ({
      random: {
        ...seededRandom('x'),
        bytes: (count: number) => (made.file('b.crt', 'in the meantime'), seededRandom('y').bytes(count)),
      },
    }),
  ],
  ['a backup is made', () => ['ca', 'backup', 'all.backup']],
  ['a backup is made with a wrong passphrase', () => ['ca', 'backup', 'all.backup', '--passphrase-file', 'two']],
  ['the plain key is named as backup', () => ['ca', 'restore', 'plain.key', '--home', 'other']],
  ['the passphrase file is named as backup', () => ['ca', 'restore', 'words', '--home', 'other']],
  ['the plain key is imported', () => [...adopt, 'plain.key']],
  [
    'the encrypted key is imported with a wrong passphrase',
    () => [...adopt, 'home/ca/issuing.key', '--key-passphrase-file', 'two'],
  ],
  ['the passphrase file is imported as key', () => [...adopt, 'words']],
  ['the plain key is imported as certificate', () => ['ca', 'import', '--issued', 'plain.key']],
  ['the plain key is imported as CRL', () => ['ca', 'import', '--crl', 'plain.key']],
  ['the plain key is inspected', () => ['cert', 'inspect', 'plain.key']],
  ['a certificate with the key in front is linted', () => ['cert', 'lint', 'mixed']],
  [
    'sectag itself fails with both in its message',
    () => fresh,
    (made) => ({
      clock: { sleep: async () => {}, now: clockThatFails(`a defect near ${words}, near ${made.plain}`) },
    }),
  ],
]

/** Fails where a certificate is issued; before and after, lines need a time. */
function clockThatFails(message: string): () => number {
  return () => {
    if (new Error().stack?.includes('issueAndRecord') === true) throw new Error(message)
    return Date.now()
  }
}

const counted = { texts: 0, files: 0, windows: 0 }
afterAll(() => figure('ca-secrets', counted))

const authority = freshAuthority('secretive', words)

async function scenery(): Promise<Scenery & { windows: ReadonlySet<string> }> {
  const { files } = await authority
  const made = await caDesk(files)
  const [root = '', issuing = ''] = await secretsOf(files, words)
  made.file('plain.key', issuing)
  made.file('plain.der', Uint8Array.from(Buffer.from(issuing.replaceAll(/-----[^-]+-----/g, ''), 'base64')))
  made.file('words', `${words}\n`)
  made.file('two', 'another-passphrase-that-is-wrong')
  made.file('mixed', `${issuing}-----BEGIN CERTIFICATE REQUEST-----\n${issuing.slice(28, 90)}\n`)
  const windows = new Set([...secretWindows(root), ...secretWindows(issuing), ...wordWindows(words)])
  return { ...made, plain: issuing, windows }
}

test.each(scenes)(
  '%s: no window of 24 characters of a key or of the passphrase is in any output or in a file of ours',
  async (_, type, more = () => ({})) => {
    for (const mode of [[], ['--json'], ['--quiet']]) {
      const made = await scenery()
      expect(seen(made.plain, made.windows).length).toBeGreaterThan(100)
      const ran = await made.run([...type(made), ...mode], { env: knowing(made.folder, words), ...more(made) })
      const key = readdirSync(made.folder).includes('b.key') ? readFileSync(made.path('b.key'), 'utf8') : ''
      const windows = new Set([...made.windows, ...privateWindows(key)])
      for (const text of [ran.out, ran.err, inspect(ran.events, { depth: 20 })]) {
        expect(seen(text, windows), text).toEqual([])
        expect(text).not.toMatch(/PRIVATE KEY-----\s*[A-Za-z0-9+/]{4}/)
        counted.texts++
      }
      for (const name of readdirSync(made.folder, { recursive: true, encoding: 'utf8' })) {
        if (own.has(name) || !statSync(made.path(name)).isFile() || isSpoiled(made, name)) continue
        expect(seen(readFileSync(made.path(name), 'latin1'), windows), name).toEqual([])
        counted.files++
      }
      counted.windows = Math.max(counted.windows, windows.size)
      made.clear()
    }
  },
)

/** What a scene itself has spoiled with the plain key. */
function isSpoiled(made: Scenery, name: string): boolean {
  return (
    /ca\/(?:issuing\.key|issuing\.crl|root\.crt)$/.test(name) &&
    readFileSync(made.path(name), 'utf8').startsWith(made.plain.slice(0, 40))
  )
}

test('sectag itself fails near a key: exit 70, and the four parts are there', async () => {
  const made = await scenery()
  const now = clockThatFails(`near ${words}`)
  const ran = await made.run(fresh, { env: knowing(made.folder, words), clock: { sleep: async () => {}, now } })
  expect([ran.exit, ran.err]).toEqual([70, expect.stringContaining('sectag itself failed') as string])
  expect(ran.err).toContain('<struck>')
  made.clear()
})

test('the passphrase is not in the files of an init', async () => {
  const made = caDeskWithout()
  expect((await made.run(['ca', 'init', '--name', 'x'])).exit).toBe(0)
  for (const name of readdirSync(made.ca)) expect(readFileSync(join(made.ca, name), 'latin1')).not.toContain(passphrase)
  made.clear()
})

import { execFileSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { Striker } from '../../src/at/index.ts'
import { LineSplitter } from '../../src/doctor/index.ts'
import { withOpenssl } from '../support/openssl-paper.ts'
import { paper } from '../support/paper.ts'
import { scaled } from '../support/scale.ts'
import { openssl } from '../support/tls-servers.ts'

type Der = Buffer

/** Every form of every kind of key that OpenSSL writes, and where its bytes are that nobody may see. */
const keys: { name: string; der: Der; pem: string; secret: Der }[] = []
let innocent: Der[] = []

const passphrase = 'a word that is tested'

function add(name: string, key: KeyObject, type: 'pkcs8' | 'sec1' | 'pkcs1', cipher?: string): void {
  const more = cipher === undefined ? {} : { cipher, passphrase }
  const der = key.export({ format: 'der', type, ...more } as never) as unknown as Der
  const pem = key.export({ format: 'pem', type, ...more } as never) as unknown as string
  keys.push({ name, der, pem, secret: cipher === undefined ? secretOf(key, der) : der.subarray(der.length - 64) })
}

/** The secret number, or the two primes, as they stand in the DER. */
function secretOf(key: KeyObject, der: Der): Der {
  const { d = '' } = key.export({ format: 'jwk' })
  const number = Buffer.from(d, 'base64url')
  expect(der.includes(number)).toBe(true)
  return number
}

beforeAll(async () => {
  for (const curve of ['prime256v1', 'secp384r1', 'secp521r1']) {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: curve })
    add(`${curve} SEC1`, privateKey, 'sec1')
    add(`${curve} PKCS#8`, privateKey, 'pkcs8')
    add(`${curve} encrypted`, privateKey, 'pkcs8', 'aes-256-cbc')
  }
  for (const modulusLength of [1024, 2048, 4096]) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength })
    add(`RSA ${modulusLength} PKCS#1`, privateKey, 'pkcs1')
    add(`RSA ${modulusLength} PKCS#8`, privateKey, 'pkcs8')
    add(`RSA ${modulusLength} encrypted`, privateKey, 'pkcs8', 'des-ede3-cbc')
  }
  add('Ed25519', generateKeyPairSync('ed25519').privateKey, 'pkcs8')
  const { ca, certificate } = await paper()
  innocent = [ca, certificate].map((pem) => new X509Certificate(pem).raw)
  innocent.push(...keys.filter(({ name }) => !name.includes('encrypted')).map(({ pem }) => publicOf(pem)))
})

function publicOf(pem: string): Der {
  const { n, ...rest } = createPrivateKey(pem).export({ format: 'jwk' })
  return n === undefined ? Buffer.from(rest.x ?? '', 'base64url') : Buffer.from(n, 'base64url')
}

const pairs = (der: Der): string[] => [...der].map((byte) => byte.toString(16).padStart(2, '0'))
const rows = (der: Der, width: number): Der[] =>
  Array.from({ length: Math.ceil(der.length / width) }, (_, index) => der.subarray(index * width, (index + 1) * width))
const shown = (row: Der): string => row.toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.')
const grouped = (row: Der, size: number): string =>
  (row.toString('hex').match(new RegExp(`.{1,${size}}`, 'g')) ?? []).join(' ')
const halves = (row: Der): string => `${grouped(row.subarray(0, 8), 2)}  ${grouped(row.subarray(8), 2)}`
const at = (index: number, digits = 8): string => (index * 16).toString(16).padStart(digits, '0')

/** As tools and people print bytes: as lines. */
const forms: Record<string, (der: Der) => string[]> = {
  'in one row': (der) => [der.toString('hex')],
  'in capitals': (der) => [der.toString('hex').toUpperCase()],
  'xxd -p': (der) => rows(der, 30).map((row) => row.toString('hex')),
  xxd: (der) => rows(der, 16).map((row, index) => `${at(index)}: ${grouped(row, 4).padEnd(39)}  ${shown(row)}`),
  'xxd -g1': (der) => rows(der, 16).map((row, index) => `${at(index)}: ${grouped(row, 2).padEnd(47)}  ${shown(row)}`),
  'hexdump -C': (der) => rows(der, 16).map((row, index) => `${at(index)}  ${halves(row).padEnd(48)}  |${shown(row)}|`),
  'od -t x1': (der) =>
    rows(der, 16).map((row, index) => `${(index * 16).toString(8).padStart(7, '0')} ${grouped(row, 2)}`),
  'a network tool': (der) =>
    rows(der, 16).map((row, index) => `${at(index, 4)}   ${grouped(row, 2).padEnd(48)}   ${shown(row)}`),
  'a debugger': (der) =>
    rows(der, 8).map(
      (row, index) =>
        `0x2000${at(index, 4)} <key+${8 * index}>:\t${pairs(row)
          .map((byte) => `0x${byte}`)
          .join('\t')}`,
    ),
  'an array of C': (der) => [
    'static const uint8_t key[] = {',
    ...rows(der, 12).map(
      (row) =>
        `\t${pairs(row)
          .map((byte) => `0x${byte}`)
          .join(', ')},`,
    ),
    '};',
  ],
  'an array of C in one row': (der) => [
    `uint8_t key[] = {${pairs(der)
      .map((byte) => `0x${byte.toUpperCase()}`)
      .join(',')}};`,
  ],
  'a string of C': (der) =>
    rows(der, 16).map(
      (row) =>
        `"${pairs(row)
          .map((byte) => `\\x${byte}`)
          .join('')}"`,
    ),
  colons: (der) => rows(der, 15).map((row) => `    ${pairs(row).join(':')}:`),
  "Zephyr's hexdump": (der) => [
    '[00:00:01.000,000] <inf> app: key',
    ...rows(der, 16).map((row) => `${' '.repeat(37)}${halves(row).padEnd(50)}|${shown(row)}`),
  ],
  'a logger that prints rows': (der) =>
    rows(der, 16).map((row, index) => `[00:00:01.${String(index).padStart(3, '0')},000] <dbg> app: ${grouped(row, 2)}`),
  JSON: (der) => [JSON.stringify({ type: 'key', content: der.toString('hex') })],
}

const formNames = Object.keys(forms)

/** Whether a line shows four bytes of a secret in a row, in hexadecimal of any form, or eight as characters. Sixteen would be too many. */
function leaks(text: string, secret: Der): boolean {
  const fours = windowsOf(secret, 4).map((window) => window.toString('hex'))
  const eights = windowsOf(secret, 8)
    .map(shown)
    .filter((window) => !window.includes('.'))
  return text.split('\n').some((line) => {
    const digits = line
      .replaceAll(/0x/gi, '')
      .replaceAll(/[^0-9a-f]/gi, '')
      .toLowerCase()
    return fours.some((window) => digits.includes(window)) || eights.some((window) => line.includes(window))
  })
}

function windowsOf(secret: Der, size: number): Der[] {
  return Array.from({ length: secret.length - size + 1 }, (_, index) => secret.subarray(index, index + size))
}

const strike = (lines: readonly string[]): string => {
  const striker = new Striker()
  return lines.map((line) => striker.line(line).text).join('\n')
}

const around = ['mqtt_connect error -45', 'AT%CMNG=1,42', 'OK', '', '%XSIM: 1', '+CGSN: "352656100367872"']

test.each(formNames)('no private key leaves sixteen bytes when it is printed like %s', (form) => {
  for (const { name, der, secret } of keys) {
    const lines = [...around, ...(forms[form]?.(der) ?? []), ...around]
    expect(leaks(lines.join('\n'), secret), `${name} is found before`).toBe(true)
    const clean = strike(lines)
    expect(leaks(clean, secret), name).toBe(false)
    for (const line of around) expect(clean).toContain(line)
  }
})

test.each(formNames)('a key whose PEM was printed like %s is struck out too, up to its END', (form) => {
  for (const { name, pem } of keys) {
    const body = Buffer.from(pem.split('\n').slice(1, -2).join('\n'))
    const lines = [...around, ...(forms[form]?.(Buffer.from(pem)) ?? []), ...around]
    expect(leaks(lines.join('\n'), body), `${name} is found before`).toBe(true)
    const clean = strike(lines)
    expect(leaks(clean, body), name).toBe(false)
    for (const line of around) expect(clean).toContain(line)
  }
})

test('certificates, public keys, digests and memory stay, in whatever form they are printed', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.nat(innocent.length - 1).map((index) => innocent[index] as Der),
        fc.uint8Array({ minLength: 20, maxLength: 600 }).map((bytes) => Buffer.from(bytes)),
      ),
      fc.constantFrom(...formNames),
      (bytes, form) => {
        const lines = forms[form]?.(bytes) ?? []
        expect(strike(lines)).toBe(lines.join('\n'))
      },
    ),
    { numRuns: scaled(20_000, 400) },
  )
})

test.each([
  '+CGSN: "352656100367872"',
  '%XICCID: 8947080037110000000F',
  '%CMNG: 42,0,"B376A8A1C1928C64378C1CB923F36046FFBCC3DA1288B0BE4B34AF73BD2107A0"',
  '1795372554: New connection from 127.0.0.1:34602 on port 41791.',
  '#CD:5a4501000100050000000000',
  '#CD:4102004400020001000000000000000000000020013c0000',
  'SNMP 30 26 02 01 01 04 06 70 75 62 6c 69 63 a0 19 02 01 01',
])('%s is no key', (line) => {
  expect(new Striker().line(line)).toEqual({ text: line, struck: 0 })
})

const word = fc.constantFrom(
  'key',
  'the board',
  'dead beef',
  '42',
  'error -45',
  '{"a":1}',
  '//',
  '0x',
  'face:',
  '|',
  '"',
  '',
)
const noise = fc.constantFrom(
  ...around,
  '[00:00:01.000,000] <inf> app: temperature 21',
  'watchdog fed',
  'mosquitto 2.0.11 running',
)

test('any key in any form within any text, with lines of others in between, leaves nothing in any chunking', () => {
  fc.assert(
    fc.property(
      fc.nat(keys.length - 1),
      fc.constantFrom(...formNames),
      fc.tuple(word, word),
      fc.array(fc.tuple(fc.nat(40), noise), { maxLength: 4 }),
      fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }),
      (which, form, [front, behind], others, cuts) => {
        const { der, secret } = keys[which] as (typeof keys)[number]
        const lines = forms[form]?.(der) ?? []
        if (lines.length === 1) lines[0] = `${front} ${lines[0]} ${behind}`
        for (const [place, line] of others) if (place > 3) lines.splice(Math.min(place, lines.length), 0, line)
        expect(leaks(heard(`${lines.join('\n')}\n`, cuts), secret)).toBe(false)
      },
    ),
    { numRuns: scaled(20_000, 400) },
  )
})

/** What is left of a text that comes in chunks. */
function heard(text: string, cuts: readonly number[]): string {
  const [bytes, striker, out] = [Buffer.from(text), new Striker(), [] as string[]]
  const splitter = new LineSplitter((line) => out.push(striker.line(line).text))
  for (let from = 0, turn = 0; from < bytes.length; turn++) {
    const to = from + (cuts[turn % cuts.length] ?? 1)
    splitter.bytes(bytes.subarray(from, to))
    from = to
  }
  splitter.end()
  return out.join('\n')
}

test('DER within a log is struck out in any chunking, and what stands around it is read', () => {
  fc.assert(
    fc.property(
      fc.nat(keys.length - 1),
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      (which, cuts, cut) => {
        const { der, secret } = keys[which] as (typeof keys)[number]
        const shownDer = cut ? der.subarray(0, der.length - 5) : der
        const bytes = Buffer.concat([
          Buffer.from('error -45 at 10:30\nkey: '),
          shownDer,
          Buffer.from(cut ? '' : '\nOK\n'),
        ])
        const striker = new Striker()
        const lines: string[] = []
        let struck = 0
        const splitter = new LineSplitter((line) => {
          const clean = striker.line(line)
          struck += clean.struck
          lines.push(clean.text)
        })
        for (let from = 0, turn = 0; from < bytes.length; turn++) {
          const to = from + (cuts[turn % cuts.length] ?? 1)
          splitter.bytes(bytes.subarray(from, to))
          from = to
        }
        splitter.end()
        expect(windowsOf(secret, 8).some((window) => lines.join('\n').includes(window.toString('latin1')))).toBe(false)
        expect(struck).toBeGreaterThan(0)
        expect(lines[0]).toBe('error -45 at 10:30')
        if (!cut) expect(lines.at(-1)).toBe('OK')
      },
    ),
    { numRuns: scaled(5000, 200) },
  )
})

for (const kind of ['ec', 'rsa'])
  withOpenssl(`the secret parts that openssl ${kind} -text shows are struck out, and the public ones stay`, () => {
    const name = kind === 'ec' ? 'prime256v1 SEC1' : 'RSA 2048 PKCS#1'
    const { pem, secret } = keys.find((key) => key.name === name) ?? { pem: '', secret: Buffer.alloc(32) }
    const text = execFileSync(openssl ?? '', [kind, '-text', '-noout'], { input: pem, encoding: 'utf8', stdio: 'pipe' })
    expect(leaks(text, secret)).toBe(true)
    const clean = strike(text.split('\n'))
    expect(leaks(clean, secret)).toBe(false)
    expect(leaks(clean, publicOf(pem))).toBe(true)
  })

import { createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  digestVariants,
  keyFits,
  type KeyProblem,
  type PrivateKey,
  parsePem,
  readCertificate,
  readPrivateKey,
} from '../../src/pki/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { certificate, keyPem, pair } from '../support/paper.ts'

function key(pem: string): PrivateKey {
  const read = readPrivateKey(parsePem(pem).blocks)
  if ('code' in read) throw new Error(read.text)
  return read
}

function problem(pem: string): KeyProblem {
  const read = readPrivateKey(parsePem(pem).blocks)
  if (!('code' in read)) throw new Error('it is a key')
  return read
}

const encodings = [
  ['P-256', 'pkcs8'],
  ['P-256', 'sec1'],
  ['P-384', 'sec1'],
  ['P-521', 'pkcs8'],
  ['RSA', 'pkcs8'],
  ['RSA', 'pkcs1'],
] as const

test.each(encodings)('a %s key in %s fits its own certificate and no other', async (kind, encoding) => {
  const [mine, other] = [await pair(kind), await pair(kind)]
  const [own, foreign] = [await certificate(mine), await certificate(other)]
  const read = key(keyPem(mine, encoding))
  const facts = (pem: string): ReturnType<typeof readCertificate> =>
    readCertificate(parsePem(pem).blocks[0]?.der ?? new Uint8Array())
  expect(await keyFits(read, facts(own))).toBe(true)
  expect(await keyFits(read, facts(foreign))).toBe(false)
  // A second opinion: Node's own reading of the same PKCS#8.
  const derived = createPublicKey(createPrivateKey({ key: Buffer.from(read.pkcs8), format: 'der', type: 'pkcs8' }))
  expect(new X509Certificate(own).publicKey.equals(derived)).toBe(true)
})

test('a P-256 key does not fit a P-384 certificate, nor an RSA one', async () => {
  const read = key(keyPem(await pair()))
  for (const kind of ['P-384', 'RSA'] as const) {
    const [block] = parsePem(await certificate(await pair(kind))).blocks
    expect(await keyFits(read, readCertificate(block?.der ?? new Uint8Array()))).toBe(false)
  }
})

test('an encrypted key is refused with the command that decrypts it, old style and new', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const cipher = { cipher: 'aes-256-cbc', passphrase: 'x' } as const
  expect(problem(String(privateKey.export({ format: 'pem', type: 'pkcs8', ...cipher })))).toMatchObject({
    code: 'encrypted',
    next: expect.stringContaining('openssl pkcs8'),
  })
  expect(problem(String(privateKey.export({ format: 'pem', type: 'sec1', ...cipher })))).toMatchObject({
    code: 'encrypted',
  })
})

test('keys of kinds that modems are not known to take are refused by name', () => {
  const { privateKey } = generateKeyPairSync('ed25519')
  expect(problem(String(privateKey.export({ format: 'pem', type: 'pkcs8' }))).code).toBe('unknown-kind')
  const { privateKey: koblitz } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
  expect(problem(String(koblitz.export({ format: 'pem', type: 'sec1' }))).code).toBe('unknown-kind')
})

test('a broken key, no key and two keys are told apart', async () => {
  const mine = await pair()
  expect(problem('-----BEGIN EC PRIVATE KEY-----\nMAAA\n-----END EC PRIVATE KEY-----\n').code).toBe('unknown-kind')
  expect(problem('-----BEGIN PRIVATE KEY-----\nMP8A\n-----END PRIVATE KEY-----\n').code).toBe('broken')
  expect(problem(await certificate(mine)).code).toBe('no-key')
  expect(problem(keyPem(mine) + keyPem(mine)).code).toBe('several')
})

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)

withOpenssl('a key as openssl ecparam -genkey writes it, its parameters in front, is read', () => {
  const pem = output(openssl ?? '', ['ecparam', '-name', 'prime256v1', '-genkey'])
  expect(parsePem(pem).blocks.map((block) => block.label)).toEqual(['EC PARAMETERS', 'EC PRIVATE KEY'])
  expect(key(pem).algorithm).toEqual({ kind: 'EC', curve: 'P-256' })
})

withOpenssl('openssl and we agree on what is in a certificate', async () => {
  const pem = await certificate(await pair(), { subject: 'nrf-1', issuer: 'root', ca: true })
  const facts = readCertificate(parsePem(pem).blocks[0]?.der ?? new Uint8Array())
  const told = output(
    openssl ?? '',
    ['x509', '-noout', '-fingerprint', '-sha256', '-enddate', '-subject', '-ext', 'basicConstraints'],
    pem,
  )
  expect(told.replaceAll(':', '')).toContain(facts.fingerprint)
  expect(new Date(/notAfter=(.*)/.exec(told)?.[1] ?? '').getTime()).toBe(facts.notAfter)
  expect(told).toMatch(/CA:TRUE/)
  expect(facts).toMatchObject({ subject: 'CN=nrf-1', issuer: 'CN=root', ca: true, key: 'EC P-256' })
})

test('one text has another digest for each line-end style, each named once (DIG-04)', () => {
  const text = utf8('-----BEGIN X-----\nAAAA\n-----END X-----\n')
  const variants = digestVariants(text, text)
  expect(variants.map((digest) => digest.variant)).toEqual([
    'LF',
    'LF, no last newline',
    'CRLF',
    'CRLF, no last newline',
    'LF in front, no last newline',
  ])
  expect(new Set(variants.map((digest) => digest.sha256)).size).toBe(5)
})

test('a file with other line lengths and text outside its blocks has forms of its own', () => {
  const canonical = utf8('-----BEGIN X-----\nAAAA\n-----END X-----\n')
  const file = utf8('comment\r\n-----BEGIN X-----\r\nAAAA\r\n-----END X-----\r\n')
  expect(
    digestVariants(canonical, file)
      .map((digest) => digest.variant)
      .slice(5),
  ).toEqual(
    [
      'the file as it is',
      'the file, no last newline',
      'the file with LF',
      'the file with CRLF, no last newline',
    ].filter((variant) => variant !== 'the file with CRLF, no last newline'),
  )
})

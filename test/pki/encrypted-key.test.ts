import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { decryptKey, encryptKey, newKeyPair, parsePem } from '../../src/pki/index.ts'
import { Secret, seededRandom, utf8 } from '../../src/terms/index.ts'
import { folderWith } from '../support/authority.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { scaled } from '../support/scale.ts'

const words = 'correct horse bättery'
const secret = new Secret(utf8(words))
const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)
const folders: { clear: () => void }[] = []
afterAll(() => folders.forEach((folder) => folder.clear()))

function files(content: Record<string, string>): (name: string) => string {
  const folder = folderWith(content)
  folders.push(folder)
  return folder.path
}

test('what is encrypted is opened by the same passphrase only, and Node opens it too', async () => {
  const { privateKey } = await newKeyPair()
  const pem = await encryptKey(privateKey, secret, seededRandom('1'))
  expect(await decryptKey(pem, secret)).toEqual({ ok: true, value: privateKey })
  const node = createPrivateKey({ key: pem, passphrase: words })
  expect(Uint8Array.from(node.export({ format: 'der', type: 'pkcs8' }))).toEqual(privateKey.pkcs8)
})

test('a wrong passphrase is a value, also where the padding happens to look right, and no word of it is told', {
  timeout: 300_000,
}, async () => {
  const { privateKey } = await newKeyPair()
  const pem = await encryptKey(privateKey, secret, seededRandom('2'))
  // With one wrong passphrase of 256 the padding looks right: 600 of them meet that case in a full run.
  for (let count = 0; count < scaled(600, 6); count++) {
    const opened = await decryptKey(pem, new Secret(utf8(`wrong passphrase ${count}`)))
    expect(opened).toEqual({
      ok: false,
      refusal: { code: 'wrong-passphrase', text: 'the passphrase does not open it' },
    })
  }
})

test('the file says PBES2, at least 200,000 rounds of HMAC-SHA-256, and AES-256-CBC', async () => {
  const { privateKey } = await newKeyPair()
  const der = parsePem(await encryptKey(privateKey, secret, seededRandom('3'))).blocks[0]?.der ?? new Uint8Array()
  const text = Buffer.from(der).toString('hex')
  expect(text).toContain('06092a864886f70d01050d')
  expect(text).toContain('06082a864886f70d0209')
  expect(text).toContain('060960864801650304012a')
  expect(Number.parseInt(/0203([0-9a-f]{6})/.exec(text)?.[1] ?? '0', 16)).toBeGreaterThanOrEqual(200_000)
})

withOpenssl('openssl pkey opens what we write, and refuses it with another passphrase', async () => {
  const { privateKey } = await newKeyPair()
  const path = files({ 'a.key': await encryptKey(privateKey, secret, seededRandom('4')) })
  const opened = output(openssl ?? '', ['pkey', '-in', path('a.key'), '-passin', `pass:${words}`])
  expect(parsePem(opened).blocks[0]?.der).toEqual(privateKey.pkcs8)
  expect(() => output(openssl ?? '', ['pkey', '-in', path('a.key'), '-passin', 'pass:other'])).toThrow()
})

withOpenssl('we open what openssl writes: its defaults, AES-128, HMAC-SHA-512, few and many rounds', () => {
  const plain = String(
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }),
  )
  const path = files({ 'plain.key': plain, passphrase: `${words}\n` })
  const choices = [
    ['-v2', 'aes-256-cbc'],
    ['-v2', 'aes-128-cbc', '-v2prf', 'hmacWithSHA256', '-iter', '1'],
    ['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA512', '-iter', '300000'],
  ]
  return Promise.all(
    choices.map(async (choice) => {
      const from = ['pkcs8', '-topk8', '-in', path('plain.key'), '-passout', `file:${path('passphrase')}`]
      const opened = await decryptKey(output(openssl ?? '', [...from, ...choice]), secret)
      expect(opened.ok && opened.value.pkcs8, choice.join(' ')).toEqual(parsePem(plain).blocks[0]?.der)
    }),
  )
})

withOpenssl(
  'encryption of other kinds is refused by name: HMAC-SHA-1, triple DES, scrypt, and too many rounds',
  async () => {
    const plain = String(
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }),
    )
    const path = files({ 'plain.key': plain })
    for (const choice of [['-v2', 'aes-256-cbc', '-v2prf', 'hmacWithSHA1'], ['-v2', 'des3'], ['-scrypt']]) {
      const pem = output(openssl ?? '', ['pkcs8', '-topk8', '-in', path('plain.key'), '-passout', 'pass:x', ...choice])
      expect(await decryptKey(pem, secret), choice.join(' ')).toMatchObject({
        refusal: { code: 'unsupported-encryption' },
      })
    }
    const ours = await encryptKey((await newKeyPair()).privateKey, secret, seededRandom('5'))
    const endless = Buffer.from(parsePem(ours).blocks[0]?.der ?? [])
      .toString('hex')
      .replace('02030927c0', '02037fffff')
    const pem = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${Buffer.from(endless, 'hex').toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`
    expect(await decryptKey(pem, secret)).toMatchObject({ refusal: { code: 'unsupported-encryption' } })
  },
)

test('any damage is a value: broken, unsupported, or not opened', async () => {
  const pem = await encryptKey((await newKeyPair()).privateKey, secret, seededRandom('6'))
  const der = parsePem(pem).blocks[0]?.der ?? new Uint8Array()
  await fc.assert(
    fc.asyncProperty(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const damaged = Buffer.from(der)
      // The rounds are left alone: millions of them are legal and take seconds.
      if (at >= 53 && at < 56) return
      damaged[at] = (damaged[at] ?? 0) ^ change
      const text = `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${damaged.toString('base64')}\n-----END ENCRYPTED PRIVATE KEY-----\n`
      const opened = await decryptKey(text, secret)
      // A change of the iv or a block can only change the key itself, which then fits no certificate.
      if (!opened.ok) expect(['broken', 'unsupported-encryption', 'wrong-passphrase']).toContain(opened.refusal.code)
    }),
    { numRuns: scaled(500, 10) },
  )
  expect(await decryptKey('hello', secret)).toMatchObject({ refusal: { code: 'broken' } })
})

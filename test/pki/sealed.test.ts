import { createDecipheriv, pbkdf2Sync } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemRandom } from '../../src/cli/system-random.ts'
import { openSealed, seal } from '../../src/pki/index.ts'
import { Secret, utf8 } from '../../src/terms/index.ts'
import { scaled } from '../support/scale.ts'

const words = new Secret(utf8('correct horse battery'))
const about = { sectag: 'test', made: '2026-11-22T00:00:00Z' }
const plain = utf8('what must not be seen, and not be changed either; '.repeat(9))

test('what is sealed opens again with its header, and whoever has the passphrase needs no tool of ours', async () => {
  const text = await seal(plain, words, about, systemRandom)
  expect(text).not.toContain('must not be seen')
  const opened = await openSealed(text, words)
  expect(opened.ok && opened.value.plain).toEqual(plain)
  expect(opened.ok && opened.value.about).toMatchObject(about)
  const [line = '', ...body] = text.split('\n')
  const how = JSON.parse(line) as Record<'salt' | 'iv', string> & { iterations: number; kdf: string; cipher: string }
  expect([how.kdf, how.cipher]).toEqual(['PBKDF2-HMAC-SHA-512', 'AES-256-GCM'])
  const key = pbkdf2Sync('correct horse battery', Buffer.from(how.salt, 'hex'), how.iterations, 64, 'sha512').subarray(
    0,
    32,
  )
  const closed = Buffer.from(body.join(''), 'base64')
  const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(how.iv, 'hex')).setAAD(Buffer.from(line))
  cipher.setAuthTag(closed.subarray(-16))
  expect(Buffer.concat([cipher.update(closed.subarray(0, -16)), cipher.final()])).toEqual(Buffer.from(plain))
})

test('two seals of one thing share nothing, so that nobody sees whether anything has changed', async () => {
  const [one, two] = [await seal(plain, words, about, systemRandom), await seal(plain, words, about, systemRandom)]
  expect(one.split('\n').filter((line) => line !== '' && two.split('\n').includes(line))).toEqual([])
})

test('a wrong passphrase, a change anywhere, and another file are three different answers', async () => {
  const text = await seal(plain, words, about, systemRandom)
  const code = async (changed: string, phrase = words): Promise<string> => {
    const opened = await openSealed(changed, phrase)
    return opened.ok ? 'opened' : opened.refusal.code
  }
  expect(await code(text, new Secret(utf8('another')))).toBe('wrong-passphrase')
  expect(await code(text.slice(0, -9))).toBe('changed')
  expect(await code(text.replace('2026-11-22', '2026-11-23'))).toBe('changed')
  expect(await code(text.replace('210000', '999999999'))).toBe('unsupported')
  expect(await code(text.replace('AES-256-GCM', 'AES-256-CBC'))).toBe('unsupported')
  for (const other of ['', '\n', '{}\n', 'hello\nworld\n', '[]', `{"kdf":1}${' '.repeat(5000)}\n`])
    expect(await code(other), other).toMatch(/not-sealed|unsupported/)
})

test('no changed character opens as anything else', { timeout: 3_600_000 }, async () => {
  const text = await seal(plain, words, about, systemRandom)
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 33, max: 126 }), async (at, character) => {
      const changed = text.slice(0, at) + String.fromCharCode(character) + text.slice(at + 1)
      const opened = await openSealed(changed, words)
      // The last character of base64 has bits that mean nothing.
      if (opened.ok) expect(opened.value.plain).toEqual(plain)
    }),
    { numRuns: scaled(2000, 30) },
  )
})

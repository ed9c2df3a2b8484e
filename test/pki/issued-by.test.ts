import { createPublicKey } from 'node:crypto'
import { expect, test } from 'vitest'
import { issuedBy, parsePem, publicHalf, readCertificate, readPrivateKey } from '../../src/pki/index.ts'
import { type Bytes, hex } from '../../src/terms/index.ts'
import { freshAuthority, testAuthority } from '../support/authority.ts'
import { keyPem, pair } from '../support/paper.ts'
import { sampled } from '../support/scale.ts'

function der(pem: string, at = 0): Bytes {
  return parsePem(pem).blocks[at]?.der ?? new Uint8Array()
}

test('a certificate is issued by its issuer, and not by itself, by the root above, or by a stranger of the same name', async () => {
  const { files, issue } = await testAuthority()
  const leaf = readCertificate(der((await issue({ profile: 'device', subject: 'b' })).pem))
  const [issuing, root] = [readCertificate(der(files.issuingCertificate)), readCertificate(der(files.rootCertificate))]
  const stranger = readCertificate(der((await freshAuthority()).files.issuingCertificate))
  expect(stranger.subject).toBe(issuing.subject)
  expect(await issuedBy(leaf, issuing)).toBe(true)
  expect(await issuedBy(issuing, root)).toBe(true)
  for (const other of [leaf, root, stranger]) expect(await issuedBy(leaf, other)).toBe(false)
})

test('a certificate with any octet changed is never held for issued with another key in it, and crashes nothing', async () => {
  const { files, issue } = await testAuthority()
  const whole = der((await issue({ profile: 'device', subject: 'b' })).pem)
  const [issuing, genuine] = [readCertificate(der(files.issuingCertificate)), readCertificate(whole)]
  for (const at of sampled([...whole.keys()], 200)) {
    for (const mask of [0x01, 0x80, 0xff]) {
      const changed = whole.map((octet, index) => (index === at ? octet ^ mask : octet))
      try {
        const read = readCertificate(changed)
        if (await issuedBy(read, issuing))
          expect([read.subject, hex(read.spki)]).toEqual([genuine.subject, hex(genuine.spki)])
      } catch (error) {
        expect(error).toMatchObject({ code: 'der' })
      }
    }
  }
})

const kinds = ['P-256', 'P-384', 'P-521', 'RSA'] as const
const forms = ['pkcs8', 'sec1', 'pkcs1'] as const

test.each(kinds)(
  '%s: the public half of a private key is what Node’s own crypto says, in whatever form the key came',
  async (kind) => {
    const keys = await pair(kind)
    const spki = createPublicKey(keys.node).export({ format: 'der', type: 'spki' })
    for (const form of forms.filter((one) => one === 'pkcs8' || (one === 'pkcs1') === (kind === 'RSA'))) {
      const read = readPrivateKey(parsePem(keyPem(keys, form)).blocks)
      if (!('pkcs8' in read)) throw new Error(read.text)
      expect(hex((await publicHalf(read)) ?? new Uint8Array()), form).toBe(hex(spki))
    }
  },
)

test('a key that cannot be used has no public half', async () => {
  const broken = { algorithm: { kind: 'EC', curve: 'P-256' }, pkcs8: Uint8Array.of(0x30, 0x00) } as const
  expect(await publicHalf(broken)).toBeUndefined()
})

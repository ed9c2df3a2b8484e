import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRenewalRule, renewalDue, certificatesOf, examineCertificates } from '../../src/plan/index.ts'
import { bytesOf } from '../../src/terms/index.ts'
import { testAuthority } from '../support/authority.ts'
import { scaled } from '../support/scale.ts'

const at = { origin: 'x.crt', now: Date.now() }

test('what our own authority issues has no fault for a modem or a broker', async () => {
  const { issue, files } = await testAuthority()
  const device = await issue({ profile: 'device', subject: 'board-7' })
  const server = await issue({ profile: 'server', names: ['broker.example'] })
  for (const [text, role] of [
    [device.chain, 'device'],
    [server.chain, 'server'],
    [files.rootCertificate, 'root'],
  ] as const) {
    const found = await examineCertificates(bytesOf(text), at)
    expect(found.role).toBe(role)
    expect(found.findings.filter(({ severity }) => severity !== 'note')).toEqual([])
  }
})

test('any changed byte of a chain, and any bytes at all, are examined without a crash', async () => {
  const { issue } = await testAuthority()
  const chain = bytesOf((await issue({ profile: 'device', subject: 'board-7' })).chain)
  const { der } = (await issue({ profile: 'device', subject: 'board-7' })).certificate
  const byte = fc.nat(255)
  const changed = (of: typeof der): fc.Arbitrary<typeof der> =>
    fc.tuple(fc.nat(of.length - 1), byte).map(([place, value]) => of.with(place, value))
  const any = fc.uint8Array({ maxLength: 400 }).map((bytes) => Uint8Array.from(bytes))
  await fc.assert(
    fc.asyncProperty(fc.oneof(changed(chain), changed(der), any), async (bytes) => {
      const { findings } = await examineCertificates(bytes, at)
      const read = certificatesOf(bytes)
      expect(findings.every(({ ground, next, text }) => ground !== '' && next !== '' && text !== '')).toBe(true)
      if (read.chain.length === 0) expect(findings.some(({ severity }) => severity === 'error')).toBe(true)
    }),
    { numRuns: scaled(20_000, 300) },
  )
})

test('a rule for renewals is a share of the life or a time before its end, and nothing else', async () => {
  const day = 86_400_000
  const { certificate } = await (await testAuthority()).issue({ profile: 'device', subject: 'b', days: 99 })
  const life = certificate.notAfter - certificate.notBefore
  const due = (text: string): number | undefined =>
    renewalDue(certificate, readRenewalRule(text) ?? { before: Number.NaN })
  expect(due('100%')).toBe(certificate.notAfter)
  expect(due('50%')).toBe(certificate.notBefore + life / 2)
  expect(due('2d')).toBe(certificate.notAfter - 2 * day)
  expect([due('48h'), due('2880m'), due('172800s')]).toEqual([due('2d'), due('2d'), due('2d')])
  for (const text of ['', '0%', '101%', '30', 'd', '-1d', '1w', '1e3d', '30d ', `${'9'.repeat(40)}d`])
    expect(readRenewalRule(text), text).toBeUndefined()
})

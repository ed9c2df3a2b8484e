import 'reflect-metadata'
import { X509Crl } from '@peculiar/x509'
import { afterAll, expect, test } from 'vitest'
import { systemRandom } from '../../src/cli/system-random.ts'
import { newSerial, parsePem, type Revoked, revocationReasons } from '../../src/pki/index.ts'
import { hex } from '../../src/terms/index.ts'
import { folderWith, testAuthority } from '../support/authority.ts'
import { figure } from '../support/figures.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { scaled } from '../support/scale.ts'

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)
const folders: { clear: () => void }[] = []
afterAll(() => folders.forEach((folder) => folder.clear()))

function files(content: Record<string, string>): (name: string) => string {
  const folder = folderWith(content)
  folders.push(folder)
  return folder.path
}

const reasons = [...(Object.keys(revocationReasons) as (keyof typeof revocationReasons)[]), undefined]

function entries(count: number): Revoked[] {
  return Array.from({ length: count }, (_, at) => {
    const reason = reasons[at % reasons.length]
    const revoked = { serial: newSerial(systemRandom), at: Date.UTC(2026, 0, 1) + at * 60_000 }
    return reason === undefined ? revoked : { ...revoked, reason }
  })
}

withOpenssl(
  'openssl accepts CRLs of 0, 1, 1,249 and ten thousand entries, and finds every serial in them',
  async () => {
    const { authority } = await testAuthority()
    const sizes = [0, 1, 1249, scaled(10_000, 2000)]
    const figures: Record<string, number>[] = []
    for (const [index, count] of sizes.entries()) {
      const revoked = entries(count)
      const started = performance.now()
      const pem = await authority.revocationList({ number: index + 1, now: Date.now(), revoked })
      const ms = Math.round(performance.now() - started)
      const path = files({ 'a.crl': pem, 'issuing.crt': authority.issuingPem })
      expect(pem.startsWith('-----BEGIN X509 CRL-----\n')).toBe(true)
      const argv = ['crl', '-in', path('a.crl'), '-noout', '-text', '-CAfile', path('issuing.crt')]
      const text = output(openssl ?? '', argv)
      expect(text).toContain('Version 2')
      expect(text).toMatch(new RegExp(`X509v3 CRL Number:\\s+${index + 1}\\n`))
      expect(text).toMatch(/X509v3 Authority Key Identifier/)
      const found = new Set(Array.from(text.matchAll(/Serial Number: ([0-9A-F]+)/g), (match) => match[1]))
      expect(found).toEqual(new Set(revoked.map(({ serial }) => hex(serial).toUpperCase())))
      expect(text.match(/X509v3 CRL Reason Code/g)?.length ?? 0).toBe(revoked.filter(({ reason }) => reason).length)
      figures.push({ entries: count, bytes: pem.length, ms })
    }
    figure('crl-sizes', { sizes: figures })
  },
)

withOpenssl('openssl crl verifies the signature, and verify -crl_check refuses exactly what is revoked', async () => {
  const { authority, issue } = await testAuthority()
  const [good, bad] = [await issue({ profile: 'device' }), await issue({ profile: 'device' })]
  const serial = Uint8Array.from(Buffer.from(bad.certificate.serial.padStart(32, '0'), 'hex'))
  const revoked: Revoked[] = [...entries(5), { serial, at: Date.now() - 1000, reason: 'keyCompromise' }]
  const path = files({
    'root.crt': authority.rootPem,
    'issuing.crt': authority.issuingPem,
    'a.crl': await authority.revocationList({ number: 2, now: Date.now() - 1000, revoked }),
    'good.crt': good.pem,
    'bad.crt': bad.pem,
  })
  const chain = [
    '-CAfile',
    path('root.crt'),
    '-untrusted',
    path('issuing.crt'),
    '-crl_check',
    '-CRLfile',
    path('a.crl'),
  ]
  expect(output(openssl ?? '', ['verify', '-x509_strict', ...chain, path('good.crt')])).toContain('OK')
  expect(() => output(openssl ?? '', ['verify', ...chain, path('bad.crt')])).toThrow(/certificate revoked/)
  expect(
    output(openssl ?? '', ['crl', '-in', path('a.crl'), '-CAfile', path('issuing.crt'), '-noout', '-crlnumber']),
  ).toMatch(/02/)
})

test('the X.509 library reads the same: numbers, dates and reasons', async () => {
  const { authority } = await testAuthority()
  const now = Math.floor(Date.now() / 1000) * 1000
  const revoked = entries(reasons.length)
  const pem = await authority.revocationList({ number: 70_000, now, days: 7, revoked })
  const crl = new X509Crl(parsePem(pem).blocks[0]?.der ?? new Uint8Array())
  expect(crl.issuer).toBe('CN=test issuing CA')
  expect(crl.thisUpdate.getTime()).toBe(now)
  expect(crl.nextUpdate?.getTime()).toBe(now + 7 * 86_400_000)
  expect(crl.entries.map((entry) => [entry.serialNumber, entry.revocationDate.getTime(), entry.reason])).toEqual(
    revoked.map(({ serial, at, reason }) => [
      hex(serial),
      at,
      reason === undefined ? undefined : revocationReasons[reason],
    ]),
  )
})

import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { systemRandom } from '../../src/cli/system-random.ts'
import {
  armour,
  type Certificate,
  type Crl,
  checkCrl,
  type CrlExpectation,
  newSerial,
  openAuthority,
  parsePem,
  readCertificate,
  readCrl,
} from '../../src/pki/index.ts'
import { hex, Secret, utf8 } from '../../src/terms/index.ts'
import { figure } from '../support/figures.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { scaled } from '../support/scale.ts'
import { folderWith, freshAuthority, passphrase, testAuthority, type TestAuthority } from '../support/authority.ts'

const day = 86_400_000
const now = Math.floor(Date.now() / 1000) * 1000

function certificateOf(pem: string): Certificate {
  return readCertificate(parsePem(pem).blocks[0]?.der ?? new Uint8Array())
}

async function crlOf(
  { authority }: TestAuthority,
  order: Partial<Parameters<TestAuthority['authority']['revocationList']>[0]> = {},
): Promise<Crl> {
  const read = readCrl(await authority.revocationList({ number: 7, now: now - day, revoked: [], ...order }))
  if (!read.ok) throw new Error(read.refusal.text)
  return read.value
}

test('a CRL of ours is read back: issuer, key, number, dates, entries, and where it will be found', async () => {
  const made = await testAuthority()
  const revoked = Array.from({ length: 300 }, (_, at) => ({ serial: newSerial(systemRandom), at: now - at * 1000 }))
  const crl = await crlOf(made, { revoked, days: 3 })
  expect(crl).toMatchObject({
    issuer: 'CN=test issuing CA',
    number: 7n,
    thisUpdate: now - day,
    nextUpdate: now + 2 * day,
    scope: { url: made.authority.crlUrl },
  })
  expect([...crl.entries]).toEqual(revoked.map(({ serial, at }) => [hex(serial), at]))
})

/** What `checkCrl` finds, by its codes. */
async function faults(crl: Crl, more: Partial<CrlExpectation> = {}): Promise<string[]> {
  const issuing = certificateOf((await testAuthority()).authority.issuingPem)
  return (await checkCrl(crl, { issuing, now, lasts: day, ...more })).map(({ code }) => code)
}

test('the guard lets a good CRL through, and the same one again', async () => {
  const crl = await crlOf(await testAuthority())
  expect(await faults(crl)).toEqual([])
  expect(await faults(crl, { loaded: crl })).toEqual([])
})

test('the guard names what would lock out valid devices, or let a revoked one in', async () => {
  const made = await testAuthority()
  const serial = newSerial(systemRandom)
  const crl = await crlOf(made, { revoked: [{ serial, at: now }] })
  const newer = await crlOf(made, { number: 8 })
  const stranger = await freshAuthority('stranger')
  const namesake = await freshAuthority('test')
  expect(await faults(await crlOf(stranger))).toEqual(['wrong-issuer'])
  expect(await faults(await crlOf(namesake))).toEqual(['wrong-signature'])
  expect(await faults(crl, { now: now - 2 * day })).toEqual(['not-yet-valid'])
  expect(await faults(crl, { now: now + 30 * day })).toEqual(['stale'])
  expect(await faults(crl, { lasts: 30 * day })).toEqual(['soon-stale'])
  expect(await faults(crl, { loaded: newer })).toEqual(['older-than-loaded'])
  expect(await faults(newer, { loaded: crl })).toEqual(['lacks-revoked'])
  const secret = new Secret(utf8(passphrase))
  const moved = await openAuthority({ ...made.files, crlUrl: 'http://elsewhere/' }, secret)
  if (!moved.ok) throw new Error(moved.refusal.text)
  const elsewhere = await crlOf({ ...made, authority: moved.value }, { number: 9 })
  expect(await faults(elsewhere, { loaded: newer })).toEqual(['other-distribution-point'])
  expect(await faults({ ...newer, scope: {} }, { loaded: newer })).toEqual([])
  expect(await faults(newer, { mustHold: [hex(serial)] })).toEqual(['lacks-revoked'])
  expect(await faults(crl, { mustHold: [hex(serial)] })).toEqual([])
  expect(await faults(crl, { mustNotHold: [`00${hex(serial).toUpperCase()}`] })).toEqual(['names-valid'])
})

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')
const withOpenssl = needs('openssl', openssl !== undefined)

withOpenssl('a CRL that openssl makes is read: its own extensions, reasons, and both forms of a time', async () => {
  const folder = folderWith({
    'ca.cnf': [
      '[ca]\ndefault_ca=x\n[x]\ndatabase=index\ncrlnumber=number\ndefault_md=sha384\ncrl_extensions=e\n[e]',
      'authorityKeyIdentifier=keyid,issuer\nissuingDistributionPoint=critical,@p\n[p]\nfullname=URI:http://a/b',
    ].join('\n'),
    index: 'R\t490101000000Z\t260101000000Z,keyCompromise\t00F7\tunknown\t/CN=a\n',
    number: '80',
  })
  const [key, crt] = [folder.path('ca.key'), folder.path('ca.crt')]
  const ec = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384', '-nodes', '-keyout', key]
  output(openssl ?? '', ['req', '-x509', ...ec, '-subj', '/O=o/CN=Ä, b', '-out', crt, '-utf8'])
  const config = folder.path('ca.cnf')
  const argv = ['ca', '-config', config, '-gencrl', '-keyfile', key, '-cert', crt, '-crl_nextupdate', '20550101000000Z']
  const pem = execFileSync(openssl ?? '', argv, { encoding: 'utf8', stdio: 'pipe', cwd: folder.path('') })
  folder.clear()
  const read = readCrl(pem)
  expect(read).toMatchObject({
    ok: true,
    value: { number: 128n, nextUpdate: Date.UTC(2055, 0, 1), scope: { url: 'http://a/b' } },
  })
  expect(read.ok && [...read.value.entries]).toEqual([['f7', Date.UTC(2026, 0, 1)]])
})

test('text that is no CRL, or not one, is a value that says where', async () => {
  const { authority } = await testAuthority()
  const { pem } = await crlOf(await testAuthority())
  const code = (text: string): string => {
    const read = readCrl(text)
    return read.ok ? 'read' : read.refusal.code
  }
  expect([code(''), code('hello'), code(authority.issuingPem)]).toEqual(['no-crl', 'no-crl', 'no-crl'])
  expect([code(pem + pem), code('x'.repeat(2 ** 24 + 1))]).toEqual(['several', 'too-long'])
  expect(code(pem.replaceAll('X509 CRL', 'CRL'))).toBe('no-crl')
  expect(code(armour({ label: 'X509 CRL', der: Uint8Array.of(0x30, 0) }))).toBe('broken')
  expect([code(pem), code(pem.replaceAll('\n', '\r\n')), code(`notes\n${pem}`)]).toEqual(['read', 'read', 'read'])
  expect(readCrl(pem.slice(0, 200))).toMatchObject({ refusal: { text: expect.stringContaining('line 1') as string } })
})

test('no mutation of a CRL crashes, and none that is accepted has another meaning', async () => {
  const made = await testAuthority()
  const revoked = Array.from({ length: 5 }, (_, at) => ({
    serial: newSerial(systemRandom),
    at: now - at * 1000,
    ...(at > 2 && { reason: 'keyCompromise' as const }),
  }))
  const crl = await crlOf(made, { revoked })
  const issuing = certificateOf(made.authority.issuingPem)
  const counts = { mutations: 0, refused: 0, unsigned: 0, accepted: 0 }
  const place = fc.nat(crl.der.length - 1)
  const change = fc.record({ at: place, to: fc.nat(255), kind: fc.constantFrom('set', 'cut', 'insert', 'double') })
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      const der = changes.reduce((bytes, { at, to, kind }) => mutated(bytes, at % bytes.length, to, kind), crl.der)
      const read = readCrl(armour({ label: 'X509 CRL', der }))
      counts.mutations++
      if (!read.ok) return void counts.refused++
      const faults = await checkCrl(read.value, { issuing, now, lasts: day })
      if (faults.length > 0) return void counts.unsigned++
      counts.accepted++
      const { der: _, pem: __, signed: ___, ...meaning } = read.value
      const { der: _d, pem: _p, signed: _s, ...before } = crl
      expect(meaning).toEqual(before)
    }),
    { numRuns: scaled(100_000, 2000) },
  )
  figure('fuzz-crl', counts)
})

function mutated(bytes: Uint8Array<ArrayBuffer>, at: number, to: number, kind: string): Uint8Array<ArrayBuffer> {
  const [before, after] = [bytes.slice(0, at), bytes.slice(at)]
  if (kind === 'cut') return Uint8Array.from([...before, ...after.slice(1 + (to % 8))].slice(0, bytes.length) ?? [0])
  if (kind === 'insert') return Uint8Array.from([...before, to, ...after])
  if (kind === 'double') return Uint8Array.from([...before, ...after.slice(0, to), ...after])
  return Uint8Array.from([...before, to, ...after.slice(1)])
}

test('any text is read without a crash', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uint8Array({ maxLength: 300 })), (junk) => {
      const text = typeof junk === 'string' ? junk : armour({ label: 'X509 CRL', der: Uint8Array.from(junk) })
      expect(readCrl(text).ok).toBe(false)
    }),
  )
})

test('a CRL of ten thousand entries is read and guarded, and one of a hundred thousand too', async () => {
  const made = await testAuthority()
  const sizes: Record<string, number>[] = []
  for (const count of [10_000, scaled(100_000, 20_000)]) {
    const revoked = Array.from({ length: count }, (_, at) => ({
      serial: newSerial(systemRandom),
      at: now - at,
      reason: 'superseded' as const,
    }))
    const pem = await made.authority.revocationList({ number: 7, now: now - day, revoked })
    const started = performance.now()
    const read = readCrl(pem)
    const readMs = Math.round(performance.now() - started)
    if (!read.ok) throw new Error(read.refusal.text)
    expect(read.value.entries.size).toBe(count)
    expect(await faults(read.value, { mustHold: revoked.map(({ serial }) => hex(serial)) })).toEqual([])
    sizes.push({ entries: count, bytes: pem.length, readMs, bothMs: Math.round(performance.now() - started) })
  }
  figure('crl-read', { sizes })
})

import { expect, test } from 'vitest'
import { systemRandom } from '../../src/cli/system-random.ts'
import {
  type Certificate,
  type Crl,
  checkCrl,
  type CrlExpectation,
  newSerial,
  parsePem,
  readCertificate,
  readCrl,
} from '../../src/pki/index.ts'
import { hex } from '../../src/terms/index.ts'
import { freshAuthority, testAuthority, type TestAuthority } from '../support/authority.ts'

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
  expect(await faults(newer, { mustHold: [hex(serial)] })).toEqual(['lacks-revoked'])
  expect(await faults(crl, { mustHold: [hex(serial)] })).toEqual([])
  expect(await faults(crl, { mustNotHold: [`00${hex(serial).toUpperCase()}`] })).toEqual(['names-valid'])
})

import { X509Certificate } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fileNames } from '../../src/cli/ca/folder.ts'
import { type Crl, readCrl } from '../../src/pki/index.ts'
import { type CaDesk, caDesk, knowing } from '../support/ca-desk.ts'
import { figure } from '../support/figures.ts'
import { killed, momentsOf } from '../support/killed.ts'
import { inParallel } from '../support/pool.ts'
import { start } from '../support/process.ts'

const hour = 3_600_000
const crl = ['ca', 'crl', '--out', 'broker.crl']
const revoke = ['ca', 'revoke', '--cert', 'b.crt']
const renew = ['ca', 'renew', '--cert', 'b.crt', '--new-key', 'new.key', '--out', 'new.crt']

/** A desk with two boards, of which `a` is revoked, and the broker knows. */
async function fleet(): Promise<CaDesk> {
  const made = await caDesk()
  for (const name of ['a', 'b']) {
    const files = ['--new-key', `${name}.key`, '--out', `${name}.crt`]
    await done(made, ['ca', 'issue', '--profile', 'device', '--subject', name, ...files])
  }
  await done(made, ['ca', 'revoke', '--subject', 'a'])
  await done(made, crl)
  return made
}

async function done(made: CaDesk, argv: readonly string[]): Promise<void> {
  const ran = await made.run(argv)
  expect(ran.exit, ran.err).toBe(0)
}

function serialOf(made: CaDesk, name: string): string {
  return new X509Certificate(readFileSync(made.path(`${name}.crt`))).serialNumber.toLowerCase()
}

/** The CRL in a file, which is never half there. */
function crlIn(path: string): Crl {
  const read = readCrl(readFileSync(path, 'latin1'))
  if (!read.ok) throw new Error(`${path}: ${read.refusal.text}`)
  return read.value
}

function serialsIn({ ca }: CaDesk, name: string): string[] {
  const file = join(ca, name)
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return [...text.matchAll(/"serial":"([0-9a-f]+)".*\}\n/g)].map((match) => match[1] ?? '')
}

/** No parts, locks or other leftovers, after something came to its end. */
function expectClean({ ca, folder }: CaDesk, ...files: string[]): void {
  const own = [...Object.values(fileNames), 'crls.jsonl', 'issued.jsonl', 'issuing.crl', 'revoked.jsonl']
  expect(readdirSync(ca).toSorted()).toEqual(own.toSorted())
  expect(readdirSync(folder).toSorted()).toEqual(['a.crt', 'a.key', 'b.crt', 'b.key', 'broker.crl', 'home', ...files])
}

test('ca revoke killed at any moment has revoked or not; what is recorded is in every CRL after it', {
  timeout: hour,
}, async () => {
  const moments = await momentsOf(await fleet(), revoke)
  const found = { kills: 0, recorded: 0, lost: 0, twice: 0 }
  await inParallel(moments, 2, async (moment) => {
    const made = await fleet()
    await killed(made.folder, revoke, moment)
    const b = serialOf(made, 'b')
    const recorded = serialsIn(made, 'revoked.jsonl').includes(b)
    await done(made, crl)
    if (recorded && !crlIn(made.path('broker.crl')).entries.has(b)) found.lost++
    await done(made, revoke)
    await done(made, crl)
    if (!crlIn(made.path('broker.crl')).entries.has(b)) found.lost++
    if (serialsIn(made, 'revoked.jsonl').filter((serial) => serial === b).length !== 1) found.twice++
    expectClean(made)
    found.kills++
    if (recorded) found.recorded++
    made.clear()
  })
  figure('kill-ca-revoke', found)
  expect(found).toMatchObject({ kills: moments.length, lost: 0, twice: 0 })
})

test('ca crl killed at any moment leaves the old CRL or the new one, whole; numbers never go back, and nobody is missing', {
  timeout: hour,
}, async () => {
  const moments = await momentsOf(await fleet(), crl)
  const found = { kills: 0, old: 0, fresh: 0, older: 0, missing: 0 }
  await inParallel(moments, 2, async (moment) => {
    const made = await fleet()
    const first = crlIn(made.path('broker.crl'))
    await done(made, revoke)
    await killed(made.folder, crl, moment)
    const promised = serialsIn(made, 'revoked.jsonl')
    const left = [made.path('broker.crl'), join(made.ca, 'issuing.crl')].map(crlIn)
    for (const { pem, number = 0n, entries } of left) {
      if (pem === first.pem) found.old++
      else if (number > (first.number ?? 0n) && promised.every((serial) => entries.has(serial))) found.fresh++
      else found.missing++
    }
    await done(made, crl)
    const last = crlIn(made.path('broker.crl'))
    if (left.some(({ number = 0n }) => number >= (last.number ?? 0n))) found.older++
    if (!promised.every((serial) => last.entries.has(serial))) found.missing++
    expectClean(made)
    found.kills++
    made.clear()
  })
  figure('kill-ca-crl', found)
  expect(found).toMatchObject({ kills: moments.length, older: 0, missing: 0 })
  expect(Math.min(found.old, found.fresh)).toBeGreaterThan(0)
})

test('ca renew killed at any moment leaves no certificate that is not recorded, and no serial number twice', {
  timeout: hour,
}, async () => {
  const moments = await momentsOf(await fleet(), renew)
  const found = { kills: 0, renewed: 0, recorded: 0, forgotten: 0, twice: 0, half: 0 }
  await inParallel(moments, 2, async (moment) => {
    const made = await fleet()
    await killed(made.folder, renew, moment)
    const there = ['new.key', 'new.crt'].filter((name) => existsSync(made.path(name)))
    if (there.includes('new.crt')) {
      found.renewed++
      if (!serialsIn(made, 'issued.jsonl').includes(serialOf(made, 'new'))) found.forgotten++
      if (readFileSync(made.path('new.crt'), 'utf8').match(/-----END CERTIFICATE-----\n/g)?.length !== 2) found.half++
    }
    const again = await made.run(renew)
    expect(again.exit, again.err).toBe(there.length === 0 ? 0 : 2)
    if (there.length === 0) expectClean(made, 'new.crt', 'new.key')
    const serials = serialsIn(made, 'issued.jsonl')
    found.twice += serials.length - new Set(serials).size
    found.recorded += serials.length - 2
    found.kills++
    made.clear()
  })
  figure('kill-ca-renew', found)
  expect(found).toMatchObject({ kills: moments.length, forgotten: 0, twice: 0, half: 0 })
  expect(found.recorded).toBeGreaterThan(found.renewed)
})

test('several ca crl and ca revoke at once: every CRL has a number of its own, the last has everybody', async () => {
  const made = await fleet()
  const names = ['c', 'd', 'e']
  for (const name of names) {
    const files = ['--new-key', `${name}.key`, '--out', `${name}.crt`]
    await done(made, ['ca', 'issue', '--profile', 'device', '--subject', name, ...files])
  }
  const all = names.flatMap((name) => [['ca', 'revoke', '--subject', name], crl])
  const codes = await Promise.all(all.map((argv) => start(argv, { cwd: made.folder, env: knowing(made.folder) }).ended))
  expect(codes).toEqual(all.map(() => 0))
  const numbers = [...readFileSync(join(made.ca, 'crls.jsonl'), 'utf8').matchAll(/"number":(\d+)/g)].map(
    (match) => match[1],
  )
  expect(new Set(numbers).size).toBe(numbers.length)
  await done(made, crl)
  const last = crlIn(made.path('broker.crl'))
  expect([...last.entries.keys()].toSorted()).toEqual(['a', ...names].map((name) => serialOf(made, name)).toSorted())
  made.clear()
})

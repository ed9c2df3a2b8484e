import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { notIssued } from '../../src/cli/ca/not-issued.ts'
import { type HomeOrder, issueAndRecord, openHomeAuthority } from '../../src/cli/ca/open.ts'
import type { World } from '../../src/cli/ca/world.ts'
import type { Context } from '../../src/cli/context.ts'
import { Output } from '../../src/cli/output.ts'
import { systemRandom } from '../../src/cli/system-random.ts'
import { makeRequest, newKeyPair } from '../../src/pki/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { passphrase, withNull } from '../support/authority.ts'
import { type CaDesk, caDesk, caDeskWithout, knowing } from '../support/ca-desk.ts'

const close: (() => void)[] = []
afterEach(() => {
  for (const end of close.splice(0)) end()
})

/** The part of the world that opening an authority looks at. */
function worldOf(made: Pick<CaDesk, 'folder' | 'clear'>, words = passphrase): World {
  close.push(made.clear)
  const around = { clock: systemClock, random: systemRandom, env: knowing(made.folder, words), cwd: made.folder }
  const silent = (): void => {}
  const output = new Output({
    mode: 'json',
    out: silent,
    err: silent,
    clock: systemClock,
    colour: { out: false, err: false },
  })
  return { context: around as unknown as Context, output }
}

async function order(): Promise<HomeOrder> {
  return { profile: 'device', request: await makeRequest(await newKeyPair(), '50363154-3931-44f0-8022-121b6401627d') }
}

test('issueAndRecord returns leaf and chain for a modem’s request, and its serial number is on the disk by then (KEY-16)', async () => {
  const made = await caDesk()
  const opened = await openHomeAuthority(worldOf(made), {})
  if (!opened.ok) throw new Error(opened.refusal.failure?.what)
  const asked = await order()
  const issued = await issueAndRecord(opened.value, { ...asked, request: withNull(asked.request) })
  if (!issued.ok) throw new Error(issued.refusal.text)
  const { serial, fingerprint } = issued.value.certificate
  const line = JSON.parse(readFileSync(join(made.ca, 'issued.jsonl'), 'utf8')) as Record<string, unknown>
  expect(line).toMatchObject({ serial, fingerprint, subject: 'CN=50363154-3931-44f0-8022-121b6401627d' })
  expect(issued.value.chain).toBe(issued.value.pem + made.files.issuingCertificate)
})

test('openHomeAuthority refuses with a whole ending: no home, no passphrase, a wrong one', async () => {
  const none = await openHomeAuthority(worldOf(caDeskWithout()), {})
  expect(none).toMatchObject({ ok: false, refusal: { exit: 6, failure: { next: 'sectag ca init --name NAME' } } })
  const empty = await openHomeAuthority(worldOf(await caDesk(), ''), {})
  expect(empty).toMatchObject({ ok: false, refusal: { exit: 2, failure: { what: 'there is no passphrase' } } })
  const wrong = await openHomeAuthority(worldOf(await caDesk(), 'not the passphrase'), {})
  expect(wrong).toMatchObject({ ok: false, refusal: { exit: 2 } })
})

test('what cannot be recorded is not issued', async () => {
  const made = await caDesk()
  const opened = await openHomeAuthority(worldOf(made), {})
  if (!opened.ok) throw new Error(opened.refusal.failure?.what)
  mkdirSync(join(made.ca, 'issued.jsonl'))
  const issued = await issueAndRecord(opened.value, await order())
  expect(issued).toMatchObject({ ok: false, refusal: { code: 'not-recorded' } })
  if (!issued.ok) expect(notIssued(issued.refusal, undefined)).toMatchObject({ exit: 1 })
})

test('every code that an order can be refused with has a reason and a next command', async () => {
  const codes = [
    'no-request',
    'bad-signature',
    'bad-key',
    'bad-subject',
    'bad-name',
    'no-names',
    'names-not-used',
    'bad-days',
  ] as const
  for (const code of codes) {
    const { exit, failure } = notIssued({ code, text: 'so it is' }, undefined)
    expect([exit, failure?.what]).toEqual([2, 'nothing can be issued: so it is'])
    expect(failure?.why && failure.next).toBeTruthy()
  }
  expect(notIssued({ code: 'authority-expired', text: '' }, undefined).exit).toBe(5)
})

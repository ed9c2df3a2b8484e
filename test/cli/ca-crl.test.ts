import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { crlNotMade } from '../../src/cli/ca/crl-endings.ts'
import { makeCrl } from '../../src/cli/ca/make-crl.ts'
import { readLatestCrl } from '../../src/cli/ca/own-crl.ts'
import { issueAndRecord } from '../../src/cli/ca/open.ts'
import { readRevocations, revokeAndRecord } from '../../src/cli/ca/revocations.ts'
import { type Crl, makeRequest, newKeyPair, type Issued } from '../../src/pki/index.ts'
import { type HomeDesk, homeDesk } from '../support/home-authority.ts'

const close: (() => void)[] = []
afterEach(() => {
  for (const end of close.splice(0)) end()
})

async function made(): Promise<HomeDesk> {
  const desk = await homeDesk()
  close.push(desk.clear)
  return desk
}

async function device({ home }: HomeDesk): Promise<Issued> {
  const request = await makeRequest(await newKeyPair(), 'nrf-1')
  const issued = await issueAndRecord(home, { profile: 'device', request })
  if (!issued.ok) throw new Error(issued.refusal.text)
  return issued.value
}

test('who is revoked is in every CRL from then on, and numbers go up also where the lines about them are lost', async () => {
  const desk = await made()
  const first = await makeCrl(desk.home, {})
  const { serial } = (await device(desk)).certificate
  const revoked = revokeAndRecord(desk.home, { serial, reason: 'keyCompromise' })
  expect(revoked).toMatchObject({ ok: true, value: { serial, reason: 'keyCompromise' } })
  desk.lose('crls.jsonl')
  const second = await makeCrl(desk.home, {})
  if (!first.ok || !second.ok) throw new Error('no CRL')
  expect([...first.value.entries.keys()]).toEqual([])
  expect([...second.value.entries.keys()]).toEqual([serial])
  expect(second.value.number ?? 0n).toBeGreaterThan(first.value.number ?? 0n)
  expect(readLatestCrl(desk.ca)?.pem).toBe(second.value.pem)
})

test('a CRL is numbered above one that a broker has', async () => {
  const desk = await made()
  const crl = await makeCrl(desk.home, { after: 9_000_000_000n })
  expect(crl).toMatchObject({ ok: true, value: { number: 9_000_000_001n } })
})

test('who is revoked twice was revoked once, for the first reason; a serial that was never issued is refused', async () => {
  const desk = await made()
  const { serial } = (await device(desk)).certificate
  const once = revokeAndRecord(desk.home, { serial: `00${serial.toUpperCase()}`, reason: 'superseded' })
  expect(revokeAndRecord(desk.home, { serial, reason: 'keyCompromise' })).toEqual(once)
  expect(readRevocations(desk.ca).entries.length).toBe(1)
  expect(revokeAndRecord(desk.home, { serial: '0815' })).toMatchObject({ refusal: { code: 'never-issued' } })
  expect(revokeAndRecord(desk.home, { serial: '0815', unregistered: true })).toMatchObject({ ok: true })
})

test('a list of revocations that cannot be read makes no CRL: somebody might be missing', async () => {
  const desk = await made()
  desk.spoil('revoked.jsonl', 'hello\n')
  expect(await makeCrl(desk.home, {})).toMatchObject({ refusal: { code: 'register-damaged' } })
})

test('while a living process makes a CRL, another waits and then says who it is; a dead one’s lock is taken over', async () => {
  let slept = 0
  const sleep = (ms: number): Promise<void> => {
    slept += ms
    return Promise.resolve()
  }
  const desk = await homeDesk({ clock: { now: () => Date.now(), sleep } })
  close.push(desk.clear)
  desk.spoil('crl.lock', String(process.ppid))
  const busy = await makeCrl(desk.home, {})
  expect(busy).toMatchObject({
    refusal: { code: 'busy', text: expect.stringContaining(String(process.ppid)) as string },
  })
  expect(slept).toBe(10_000)
  if (!busy.ok) expect(crlNotMade(busy.refusal, {})).toMatchObject({ exit: 1 })
  desk.lose('crl.lock')
  const gone = spawnSync(process.execPath, ['-e', '']).pid
  // Our own number is that of one before us: a container gives each of its first processes the same.
  for (const dead of [String(gone), String(process.pid), `${process.ppid} another start 1`]) {
    desk.spoil('crl.lock', dead)
    expect(await makeCrl(desk.home, {})).toMatchObject({ ok: true })
  }
  expect(existsSync(join(desk.ca, 'crl.lock'))).toBe(false)
})

test('somebody who is revoked while a CRL is handed out is in the one that is handed out last', async () => {
  const desk = await made()
  const [first, second] = [(await device(desk)).certificate.serial, (await device(desk)).certificate.serial]
  revokeAndRecord(desk.home, { serial: first })
  const handed: string[][] = []
  const put = (crl: Crl): Promise<undefined> => {
    handed.push([...crl.entries.keys()])
    revokeAndRecord(desk.home, { serial: second })
    return Promise.resolve(undefined)
  }
  expect(await makeCrl(desk.home, { put })).toMatchObject({ ok: true })
  expect(handed).toEqual([[first], [first, second]])
})

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { judgeBroker } from '../../../src/broker/check/check.ts'
import { certificatesIn, readShown } from '../../../src/broker/check/chain.ts'
import { brokerRules } from '../../../src/broker/check/rules.ts'
import { serverClock } from '../../../src/broker/check/server-clock.ts'
import type { Survey } from '../../../src/broker/check/survey.ts'
import { type Bytes, seededRandom } from '../../../src/terms/index.ts'
import { shown } from '../../../src/broker/check/keys.ts'
import { type Issued, issue, tlsPaper } from '../../support/tls-paper.ts'

const now = Date.now()

/** A survey of a server that a modem enters, with this chain. */
async function survey(list: readonly Issued[], more: Partial<Survey> = {}): Promise<Survey> {
  const { root } = await tlsPaper()
  const roots = more.roots ?? certificatesIn(root.pem)
  const ders = list.map(({ pem }) => Uint8Array.from(certificatesIn(pem)[0]?.raw ?? []))
  const hello = {
    version: 0x0303,
    random: new Uint8Array(32),
    session: new Uint8Array(0),
    suite: 0xc02b,
    extendedMasterSecret: true,
    extensions: [],
  }
  return {
    host: 'broker.test',
    port: 8883,
    name: 'broker.test',
    roots,
    known: [],
    now,
    greeted: { connected: true, end: 'done', flight: { hello, certificates: ders, longestRecord: 900 } },
    chain: readShown(ders, roots) ?? 'unreadable',
    sharedSuites: ['ECDHE-ECDSA-AES128-SHA256'],
    sharedCurves: ['P-256'],
    shortRecords: true,
    resumes: { ticket: false, session: false },
    demand: 'demanded',
    entry: { ok: true, value: 'ECDHE-ECDSA-AES128-SHA256' },
    clientShown: true,
    session: { accepted: true, code: 0, longestPacket: 2000 },
    cut: false,
    ...more,
  }
}

const classesOf = (seen: Survey): string[] => judgeBroker(seen).findings.map((finding) => finding.class)

test('of a good broker there is nothing to say', async () => {
  const { server } = await tlsPaper()
  expect(judgeBroker(await survey([server]))).toMatchObject({ entering: 'enters', findings: [], session: true })
})

test('every class has a place in the guide, a rule of its own, and facts that are told with it', () => {
  const guide = readFileSync(fileURLToPath(new URL('../../../docs/guide/broker.md', import.meta.url)), 'utf8')
  for (const { class: name } of brokerRules) expect(guide).toContain(`\`${name}\``)
  expect(new Set(brokerRules.map((rule) => rule.class)).size).toBe(brokerRules.length)
})

test('a missing issuing CA is certain where it is known, likely where names say so, and else the server is foreign', async () => {
  const { stranger } = await tlsPaper()
  const root = await issue({ subject: 'acme root CA', ca: true })
  const issuing = await issue({ subject: 'acme issuing CA', under: root, ca: true })
  const server = await issue({ subject: 'broker', under: issuing, names: ['broker.test'] })
  const foreign = await issue({ subject: 'broker', under: stranger, names: ['broker.test'] })
  const roots = certificatesIn(root.pem)
  const first = async (of: Issued, known: string): Promise<unknown> => {
    const { findings } = judgeBroker(await survey([of], { roots, known: certificatesIn(known) }))
    return [findings[0]?.class, findings[0]?.sure]
  }
  expect(await first(server, issuing.pem)).toEqual(['missing-intermediate', true])
  expect(await first(server, '')).toEqual(['missing-intermediate', false])
  expect(await first(foreign, issuing.pem)).toEqual(['unknown-server-ca', false])
  const again = await issue({ subject: 'acme root CA', ca: true })
  expect(await first(await issue({ subject: 'broker', under: again }), '')).toEqual(['unknown-server-ca', true])
  expect(await first(await issue({ subject: 'broker' }), '')).toEqual(['self-signed-server', true])
})

test("a server's clock is read only where several handshakes agree on it, and told where it differs by more than a day", async () => {
  const seconds = Math.floor(now / 1000)
  const random = seededRandom('clock')
  const at = (second: number): Bytes => {
    const bytes = random.bytes(32)
    new DataView(bytes.buffer).setUint32(0, second)
    return bytes
  }
  expect(serverClock([at(seconds), at(seconds + 1), at(seconds + 2)])).toBe((seconds + 2) * 1000)
  expect(serverClock([at(seconds), at(seconds + 1)])).toBeUndefined()
  for (let round = 0; round < 1000; round++)
    expect(serverClock([random.bytes(32), random.bytes(32), random.bytes(32)])).toBeUndefined()
  const { server } = await tlsPaper()
  expect(classesOf(await survey([server], { serverClock: now - 60_000 }))).toEqual([])
  expect(classesOf(await survey([server], { serverClock: now - 2 * 86_400_000 }))).toEqual(['wrong-clock'])
})

test('a handshake that ended for a reason in no table is refused all the same, and never counted as good', async () => {
  const { server } = await tlsPaper()
  const entry = { ok: false, refusal: { stage: 'server-certificate', reason: 'bad-signature' } } as const
  const check = judgeBroker(await survey([server], { entry }))
  expect(check).toMatchObject({ entering: 'refuses', findings: [{ class: 'other', sure: false }] })
})

test('a server that was believed and then demands what there is not to show is entered, as far as can be seen', async () => {
  const { server } = await tlsPaper()
  const entry = { ok: false, refusal: { stage: 'client-certificate', reason: 'alert', receivedAlert: 40 } } as const
  const { session: _, ...seen } = await survey([server], { entry, clientShown: false })
  expect(judgeBroker(seen).entering).toBe('enters')
  expect(judgeBroker({ ...seen, clientShown: true })).toMatchObject({
    entering: 'refuses',
    findings: [{ class: 'client-certificate-refused', figures: { alert: 40 } }, { class: 'long-messages' }],
  })
})

test('a CA whose key no modem is known to take is UNKNOWN, a server with one is refused', async () => {
  const root = await issue({ subject: 'old root CA', ca: true, kind: 'P-521' })
  const server = await issue({ subject: 'broker', under: root, names: ['broker.test'] })
  const check = judgeBroker(await survey([server], { roots: certificatesIn(root.pem) }))
  expect(check).toMatchObject({ entering: 'unknown', findings: [{ class: 'key-type', weight: 'open' }] })
})

test('what a server calls itself reaches a terminal without control characters, and not without end', async () => {
  expect(shown('CN=\u001b[2Jbroker\u202e')).toBe('CN=?[2Jbroker?')
  const long = await issue({ subject: 'broker', padding: 60, names: ['\u0007'.repeat(3)] })
  const { chain, findings } = judgeBroker(await survey([long]))
  for (const text of [chain[0]?.subject, ...findings.map(({ what }) => what)]) {
    expect(text?.length).toBeLessThan(500)
    expect(text).not.toMatch(/\p{Cc}/u)
  }
})

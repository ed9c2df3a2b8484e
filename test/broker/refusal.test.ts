import { X509Certificate } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { readBrokerFiles, type Refused } from '../../src/broker/index.ts'
import { decide } from '../../src/broker/refusal/decide.ts'
import { whyRefused } from '../../src/broker/refusal/why.ts'
import { type Direction, type HandshakeView, newObserver } from '../../src/broker/tls/handshake.ts'
import { armour, parsePem } from '../../src/pki/index.ts'
import { scaled } from '../support/scale.ts'
import { issue, type Issued, revocationListOf, type TlsPaper, tlsPaper } from '../support/tls-paper.ts'

let paper: TlsPaper
beforeAll(async () => {
  paper = await tlsPaper()
})

const der = ({ pem }: Issued): Uint8Array<ArrayBuffer> => Uint8Array.from(new X509Certificate(pem).raw)

/** Why a handshake failed in which these were shown, and this alert was sent. */
function why(
  alert: number | undefined,
  by: Direction,
  shown: { server?: Issued[]; client?: Issued[]; name?: string },
  files: Parameters<typeof readBrokerFiles>[0] = {},
): Refused {
  const view: HandshakeView = {
    ...newObserver.view,
    clientHello: { suites: [], ...(shown.name !== undefined && { name: shown.name }) },
    serverHello: { version: 0x0303, suite: 0xc02b },
    serverChain: (shown.server ?? [paper.server]).map(der),
    ...(shown.client !== undefined && { clientChain: shown.client.map(der) }),
    ...(alert !== undefined && { alert: { by, code: alert, fatal: true } }),
  }
  return whyRefused(view, by, { now: Date.now(), files: readBrokerFiles(files) })
}

test('of candidates the first that is so decides, else the only one that can be, else nobody', () => {
  const as =
    (...so: string[]) =>
    (reason: string) =>
      so.includes(reason) ? 'so' : 'not-so'
  const three = ['crl-stale', 'client-expired', 'ca-expired'] as const
  expect(decide(three, as('ca-expired', 'client-expired'))).toEqual({ reason: 'client-expired' })
  expect(decide(three, (reason) => (reason === 'ca-expired' ? 'unknown' : 'not-so'))).toEqual({ reason: 'ca-expired' })
  expect(decide(three, () => 'unknown')).toEqual({ reason: 'undecided', candidates: three })
  expect(decide(three, () => 'not-so')).toEqual({ reason: 'undecided', candidates: three })
  expect(decide(['client-revoked'], () => 'not-so')).toEqual({ reason: 'client-revoked' })
})

test('a device that says expired is believed where the broker’s chain has; else it is its clock or its own CA', async () => {
  const old = await issue({ subject: 'broker', under: paper.root, from: -10, until: -1 })
  expect(why(45, 'device', { server: [old] })).toEqual({ by: 'device', reason: 'server-expired', alert: 45 })
  expect(why(45, 'device', {})).toMatchObject({
    reason: 'undecided',
    candidates: ['device-clock', 'device-ca-expired'],
  })
})

test('a certificate that a device calls bad is one of another name, or not yet valid, or left open', async () => {
  const early = await issue({ subject: 'broker', under: paper.root, from: 5 })
  expect(why(42, 'device', { name: 'other.test' }).reason).toBe('server-name-mismatch')
  expect(why(42, 'device', { server: [early] }).reason).toBe('server-not-yet-valid')
  expect(why(42, 'device', { name: 'broker.test' }).reason).toBe('server-bad-certificate')
  expect(why(42, 'device', {})).toMatchObject({
    reason: 'undecided',
    candidates: ['server-name-mismatch', 'server-bad-certificate'],
  })
})

test('a device that leaves a chain which is too long without a word is not said to have left for it', async () => {
  const large = await issue({ subject: 'broker', under: paper.root, padding: 70 })
  expect(why(undefined, 'device', { server: [large] })).toMatchObject({
    reason: 'undecided',
    candidates: ['server-chain-too-long', 'left'],
    detail: expect.stringMatching(/more than the 4096 that a modem takes/),
  })
  expect(why(undefined, 'device', {})).toEqual({ by: 'device', reason: 'left' })
  expect(why(22, 'device', {}).reason).toBe('other')
})

test('an alert that what is known does not explain is left open, and nothing is blamed', () => {
  const files = { roots: paper.root.pem, revocations: false } as const
  const client = [paper.board]
  expect(why(45, 'broker', { client }, files).reason).toBe('broker-differs')
  expect(why(48, 'broker', { client }, files)).toMatchObject({
    reason: 'undecided',
    candidates: ['client-unknown-ca', 'client-chain-too-long', 'crl-unusable'],
  })
  expect(why(80, 'broker', { client }, files).reason).toBe('other')
})

test('a key that is too weak is told from a certificate that is not valid yet', async () => {
  const weak = await issue({ subject: 'board', under: paper.root, kind: 'RSA', bits: 1024 })
  expect(why(42, 'broker', { client: [weak] }).reason).toBe('client-weak-key')
  const early = await issue({ subject: 'board', under: paper.root, from: 5 })
  expect(why(42, 'broker', { client: [early] }).reason).toBe('client-not-yet-valid')
})

test('what is shown and is no certificate is told as that', () => {
  const view = {
    ...newObserver.view,
    clientChain: [Uint8Array.of(1, 2, 3)],
    alert: { by: 'broker', code: 50, fatal: true },
  }
  const known = { now: 1, files: readBrokerFiles({}) }
  expect(whyRefused(view as HandshakeView, 'broker', known).reason).toBe('client-unreadable')
})

test('no spoiled revocation list makes the witness fail', async () => {
  const pem = await revocationListOf(paper.root, { revoked: [paper.board] })
  const [block] = parsePem(pem).blocks
  if (block === undefined) throw new Error('no list')
  const { der: whole } = block
  fc.assert(
    fc.property(
      fc.nat({ max: whole.length - 1 }),
      fc.nat({ max: 255 }),
      fc.nat({ max: whole.length }),
      (at, to, end) => {
        const spoiled = whole.slice()
        spoiled[at] = to
        for (const bytes of [spoiled, spoiled.slice(0, end)]) {
          const revocations = armour({ label: 'X509 CRL', der: bytes })
          why(45, 'broker', { client: [paper.board] }, { roots: paper.root.pem, revocations })
        }
      },
    ),
    { numRuns: scaled(5000) },
  )
})

test('a certificate whose key cannot be read is judged by what else it shows', async () => {
  const { board, root } = paper
  const whole = der(board)
  const key = new X509Certificate(board.pem).publicKey.export({ format: 'der', type: 'spki' })
  // The octet that says that the point of the key is not compressed.
  const at = Buffer.from(whole).indexOf(key) + key.length - 65
  const spoiled = whole.with(at, 0x09)
  const view: HandshakeView = {
    ...newObserver.view,
    serverHello: { version: 0x0303, suite: 0xc02b },
    clientChain: [spoiled],
    alert: { by: 'broker', code: 42, fatal: true },
  }
  const files = readBrokerFiles({ roots: root.pem, revocations: false })
  expect(whyRefused(view, 'broker', { now: Date.now(), files })).toMatchObject({
    reason: 'undecided',
    candidates: ['client-weak-key', 'broker-differs'],
  })
})

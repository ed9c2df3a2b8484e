import { connect, createServer, type TLSSocket } from 'node:tls'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { besideOthers, listsIn, obey } from '../../src/broker/revocations.ts'
import { parsePem, readCertificate } from '../../src/pki/index.ts'
import { fromUtf8 } from '../../src/terms/index.ts'
import { type Issued, type RevocationDesk, revocationDesk } from '../support/revocation-desk.ts'

const day = 86_400_000
let desk: RevocationDesk
let [good, bad]: Issued[] = []
beforeAll(async () => {
  desk = await revocationDesk()
  good = await desk.issue('good')
  bad = await desk.issue('bad')
})

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

function certificateOf(issued: Issued | undefined): ReturnType<typeof readCertificate> {
  return readCertificate(parsePem(issued?.chain ?? '').blocks[0]?.der ?? new Uint8Array())
}

test('who is in a list is revoked, who is not is not, and boards of a CA without a list are not let in', async () => {
  const verdict = obey((await desk.list(bad === undefined ? [] : [bad])).pem)
  const now = Date.now()
  expect(verdict(certificateOf(bad), now)).toBe('client-revoked')
  expect(verdict(certificateOf(good), now)).toBeUndefined()
  const stranger = await revocationDesk('stranger')
  expect(verdict(certificateOf(await stranger.issue('good')), now)).toBe('crl-unusable')
})

test('a list that has run out is stale, one that is not good yet unusable; who is in it is revoked all the same', async () => {
  const verdict = obey((await desk.list(bad === undefined ? [] : [bad], { days: 30 })).pem)
  for (const [when, why] of [
    [Date.now() + 31 * day, 'crl-stale'],
    [Date.now() - day, 'crl-unusable'],
  ] as const) {
    expect(verdict(certificateOf(good), when)).toBe(why)
    expect(verdict(certificateOf(bad), when)).toBe('client-revoked')
  }
})

test('text without a list, or with one that cannot be read, is never taken for an empty one', async () => {
  const { pem } = await desk.list([])
  for (const text of ['', 'garbage', `${pem}-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n`])
    expect(() => obey(text), text).toThrow('no list of revoked certificates that can be read')
})

test('a new list takes the place of the one of its CA only', async () => {
  const [older, newer] = [await desk.list([]), await desk.list([])]
  const theirs = await (await revocationDesk('other')).list([])
  const text = besideOthers(newer, `# of two CAs\n${theirs.pem}${older.pem}`)
  expect(listsIn(text).map(({ crl }) => [crl?.issuer, crl?.number])).toEqual([
    [newer.issuer, newer.number],
    [theirs.issuer, theirs.number],
  ])
  expect(besideOthers(newer, undefined)).toBe(newer.pem)
})

test('REV-11: with a list of the issuing CA alone, Node refuses a healthy board, so a broker of ours judges by itself', async () => {
  const { chain = '', key } = good ?? {}
  const text = fromUtf8(key?.reveal() ?? new Uint8Array())
  const ca = desk.ca.files.rootCertificate
  const crl = (await desk.list([])).pem
  const said = async (options: { crl?: string }): Promise<unknown> => {
    const tls = { cert: chain, key: text, ca, requestCert: true, rejectUnauthorized: false, ...options }
    const server = createServer({ ...tls, maxVersion: 'TLSv1.2' })
    close.push(() => server.close())
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const socket = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve))
    const { port } = server.address() as { port: number }
    const client = connect({ port, host: '127.0.0.1', cert: chain, key: text, rejectUnauthorized: false })
    close.push(() => client.destroy())
    const seen = await socket
    seen.on('error', () => {})
    return seen.authorized ? 'authorized' : seen.authorizationError
  }
  expect(await said({})).toBe('authorized')
  expect(await said({ crl })).toBe('UNABLE_TO_GET_CRL')
})

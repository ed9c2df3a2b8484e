import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, expect } from 'vitest'
import { systemRandom } from '../../src/cli/system-random.ts'
import { hex, isoTime } from '../../src/terms/index.ts'
import { armour, makeRequest, newKeyPair, newSerial } from '../../src/pki/index.ts'
import { freshAuthority, testAuthority } from '../support/authority.ts'
import { type CaDesk, caDesk } from '../support/ca-desk.ts'
import { mosquittoProgram, type RunningMosquitto, startMosquitto } from '../support/mosquitto.ts'
import { attempt } from '../support/mqtt-client.ts'
import { figure } from '../support/figures.ts'
import { findProgram, needs } from '../support/outside.ts'

const publisher = findProgram('mosquitto_pub', 'SECTAG_MOSQUITTO_PUB')
const withMosquitto = needs('mosquitto', mosquittoProgram !== undefined)
const withPublisher = needs('mosquitto and mosquitto_pub', mosquittoProgram !== undefined && publisher !== undefined)

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function issued(made: CaDesk, name: string, ...argv: string[]): Promise<void> {
  const ran = await made.run(['ca', 'issue', ...argv, '--new-key', `${name}.key`, '--out', `${name}.crt`])
  expect(ran.exit, ran.err).toBe(0)
}

/** A broker and a board with everything from `sectag ca`, as the guide has it. */
async function fleet(
  more: string[] = [],
): Promise<{ made: CaDesk; broker: RunningMosquitto; read: (name: string) => string }> {
  const made = await caDesk()
  close.push(made.clear)
  await issued(made, 'broker', '--profile', 'server', '--name', 'localhost', '--name', '127.0.0.1')
  await issued(made, 'board', '--profile', 'device', '--subject', 'nrf-351358811330130')
  const read = (name: string): string => readFileSync(made.path(name), 'utf8')
  writeFileSync(made.path('root.crt'), (await made.run(['ca', 'show', '--root'])).out)
  const broker = await startMosquitto({
    ca: read('root.crt'),
    chain: read('broker.crt'),
    key: read('broker.key'),
    more: ['use_identity_as_username true', ...more],
  })
  close.push(() => broker.stop())
  return { made, broker, read }
}

withPublisher(
  'mosquitto_pub trusts the issued server under its name, and Mosquitto takes the issued device by its subject',
  async () => {
    const { made, broker } = await fleet()
    const tls = ['--cafile', made.path('root.crt'), '--cert', made.path('board.crt'), '--key', made.path('board.key')]
    for (const host of ['localhost', '127.0.0.1']) {
      const argv = ['-h', host, '-p', String(broker.port), '-i', `by-${host}`, ...tls, '-t', 'a', '-m', 'b', '-q', '1']
      await promisify(execFile)(publisher ?? '', argv)
      expect(await broker.says(new RegExp(`as by-${host} \\(`))).toContain("u'nrf-351358811330130'")
    }
  },
)

withMosquitto(
  'a device of another authority, and one without a certificate, are refused by the same broker',
  async () => {
    const { broker, read } = await fleet()
    const ca = read('root.crt')
    const ours = await attempt(broker.port, 'ours', { ca, cert: read('board.crt'), key: read('board.key') })
    expect(ours.connack).toBe(0)
    ours.socket.destroy()
    const stranger = await freshAuthority('stranger')
    const pair = await newKeyPair()
    const request = await makeRequest(pair, 'nrf-351358811330130')
    const { chain } = await stranger.issue({ profile: 'device', request })
    const key = armour({ label: 'PRIVATE KEY', der: pair.privateKey.pkcs8 })
    for (const tls of [{ ca }, { ca, cert: chain, key }])
      expect((await attempt(broker.port, 'nobody', tls)).error).toBeDefined()
    await broker.says(/peer did not return a certificate/)
    await broker.says(/certificate verify failed|unknown ca/)
  },
)

/** A file that also the user mosquitto may read. */
function openFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sectag-crl-'))
  chmodSync(folder, 0o755)
  close.push(() => rmSync(folder, { recursive: true }))
  return join(folder, name)
}

withMosquitto(
  'with a CRL of ten thousand entries Mosquitto lets healthy boards of every profile in, and refuses the revoked ones',
  async () => {
    const made = await caDesk()
    close.push(made.clear)
    const profiles = ['device', 'device-forever']
    await issued(made, 'broker', '--profile', 'server', '--name', '127.0.0.1')
    for (const profile of profiles)
      for (const name of ['healthy', 'stolen'])
        await issued(made, `${profile}-${name}`, '--profile', profile, '--subject', `${profile}-${name}`)
    const others = Array.from({ length: 9998 }, () => hex(newSerial(systemRandom)))
    const at = isoTime(Date.now())
    writeFileSync(
      join(made.ca, 'revoked.jsonl'),
      others.map((serial) => `${JSON.stringify({ serial, at })}\n`).join(''),
    )
    for (const profile of profiles) await made.run(['ca', 'revoke', '--subject', `${profile}-stolen`])
    const crl = openFile('fleet.crl')
    const started = performance.now()
    expect((await made.run(['ca', 'crl', '--out', crl, '--json'])).result).toMatchObject({ exit: 0, entries: 10_000 })
    const ms = Math.round(performance.now() - started)
    const read = (name: string): string => readFileSync(made.path(name), 'utf8')
    const ca = (await made.run(['ca', 'show', '--root'])).out
    const tls = { ca, chain: read('broker.crt'), key: read('broker.key') }
    const broker = await startMosquitto({ ...tls, more: [`crlfile ${crl}`, 'use_identity_as_username true'] })
    close.push(() => broker.stop())
    for (const profile of profiles) {
      const enter = (name: string) =>
        attempt(broker.port, name, { ca, cert: read(`${name}.crt`), key: read(`${name}.key`) })
      const [healthy, stolen] = [await enter(`${profile}-healthy`), await enter(`${profile}-stolen`)]
      expect([healthy.connack, stolen.error !== undefined]).toEqual([0, true])
      healthy.socket.destroy()
    }
    await broker.says(/certificate verify failed/)
    figure('crl-at-mosquitto', {
      entries: 10_000,
      bytes: readFileSync(crl).length,
      makeMs: ms,
      profiles: profiles.length,
    })
  },
)

withMosquitto(
  'a CRL that has run out locks a healthy board out of Mosquitto: the guard is there for that',
  async () => {
    const crl = openFile('stale.crl')
    const made = await caDesk()
    close.push(made.clear)
    const { authority } = await testAuthority()
    const old = { number: 1, now: Date.now() - 40 * 86_400_000, days: 30, revoked: [] }
    for (const path of [crl, join(made.ca, 'issuing.crl')]) writeFileSync(path, await authority.revocationList(old))
    expect((await made.run(['ca', 'show'])).exit).toBe(5)
    const { broker, read } = await fleet([`crlfile ${crl}`])
    const board = { ca: read('root.crt'), cert: read('board.crt'), key: read('board.key') }
    expect((await attempt(broker.port, 'board', board)).error).toBeDefined()
    await broker.says(/certificate verify failed/)
  },
)

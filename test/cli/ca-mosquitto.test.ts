import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterEach, expect } from 'vitest'
import { armour, makeRequest, newKeyPair } from '../../src/pki/index.ts'
import { freshAuthority } from '../support/authority.ts'
import { type CaDesk, caDesk } from '../support/ca-desk.ts'
import { mosquittoProgram, type RunningMosquitto, startMosquitto } from '../support/mosquitto.ts'
import { attempt } from '../support/mqtt-client.ts'
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
async function fleet(): Promise<{ made: CaDesk; broker: RunningMosquitto; read: (name: string) => string }> {
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
    more: ['use_identity_as_username true'],
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

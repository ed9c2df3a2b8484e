import { chmodSync, existsSync } from 'node:fs'
import type { TLSSocket } from 'node:tls'
import { generate } from 'mqtt-packet'
import { afterEach, expect } from 'vitest'
import { folderWith } from '../support/authority.ts'
import { attempt } from '../support/mqtt-client.ts'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { lightBoard } from '../support/light-board.ts'
import {
  type DrivenMosquitto,
  drivenMosquitto,
  type Issued,
  type RevocationDesk,
  revocationDesk,
} from '../support/revocation-desk.ts'
import { fromUtf8 } from '../../src/terms/index.ts'

const test = needs('mosquitto', mosquittoProgram !== undefined)
const day = 86_400_000
const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

interface Place {
  readonly desk: RevocationDesk
  readonly made: DrivenMosquitto
  readonly bad: Issued
  readonly good: Issued
  /** Reloads with this text and waits until Mosquitto says so. */
  reload(text: string): Promise<void>
  /** The CONNACK, or the alert, that a certificate gets. */
  meets(who: Issued, session?: Buffer): Promise<string>
}

async function place(more?: readonly string[]): Promise<Place> {
  const desk = await revocationDesk()
  const made = await drivenMosquitto(desk, 'log', more)
  close.push(made.close)
  let reloads = 0
  return {
    desk,
    made,
    bad: await desk.issue('bad'),
    good: await desk.issue('good'),
    async reload(text) {
      await made.putUnguarded(text)
      reloads++
      let said = 0
      // It says so, does it, and takes the next connection only then.
      for await (const line of made.broker.log()) if (/Reloading config/.test(line) && ++said === reloads) break
    },
    async meets({ chain, key }, session) {
      const tls = { cert: chain, key: fromUtf8(key.reveal()), ...(session !== undefined && { session }) }
      const { connack, error = '', socket } = await attempt(made.port, 'somebody', tls)
      const resumed = connack !== undefined && socket.isSessionReused() ? ', resumed' : ''
      socket.destroy()
      return connack === undefined ? error.replace(/.*ALERT_/, '') : `CONNACK ${connack}${resumed}`
    },
  }
}

test('REV-01, REV-02: a reload refuses the revoked board from then on, and its live session goes on', async () => {
  const { desk, bad, good, reload, meets, made } = await place()
  const live = await lightBoard(made.port, 'live', bad)
  close.push(() => live.leave())
  await reload((await desk.list([bad])).pem)
  expect([await meets(bad), await meets(good)]).toEqual(['CERTIFICATE_REVOKED', 'CONNACK 0'])
  const other = await lightBoard(made.port, 'other', good)
  await other.publish('still')
  await live.hears('still')
  other.leave()
})

test('REV-03: a session ticket gets a board in again, and no longer after a reload', async () => {
  const { desk, bad, reload, meets, made } = await place()
  const { socket } = await attempt(made.port, 'first', { cert: bad.chain, key: fromUtf8(bad.key.reveal()) })
  const session = socket.getSession()
  socket.destroy()
  expect(await meets(bad, session)).toBe('CONNACK 0, resumed')
  await reload((await desk.list([bad])).pem)
  expect(await meets(bad, session)).toBe('CERTIFICATE_REVOKED')
})

test('REV-04: a list that cannot be read lets the revoked board in, so a reload is never believed', async () => {
  const { desk, bad, reload, meets } = await place()
  for (const spoiled of ['', 'garbage', '-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n']) {
    await reload((await desk.list([bad])).pem)
    expect(await meets(bad)).toBe('CERTIFICATE_REVOKED')
    await reload(spoiled)
    expect(await meets(bad), spoiled).toBe('CONNACK 0')
  }
})

test('REV-05, REV-06: a stale, a foreign or a future list locks out everybody, and the one from before brings them back', async () => {
  const { desk, bad, good, reload, meets } = await place()
  const before = await desk.list([bad])
  const stranger = await revocationDesk('stranger')
  for (const [list, alert] of [
    [await desk.list([], { now: Date.now() - 40 * day, days: 30 }), 'CERTIFICATE_EXPIRED'],
    [await stranger.list([]), 'UNKNOWN_CA'],
    [await desk.list([], { now: Date.now() + day }), 'BAD_CERTIFICATE'],
    [await desk.list([bad, good]), 'CERTIFICATE_REVOKED'],
  ] as const) {
    await reload(list.pem)
    expect(await meets(good)).toBe(alert)
    await reload(before.pem)
    expect([await meets(bad), await meets(good)]).toEqual(['CERTIFICATE_REVOKED', 'CONNACK 0'])
  }
})

test('REV-10: a client id with a line end is not taken', async () => {
  const { made, good } = await place()
  const tls = { cert: good.chain, key: fromUtf8(good.key.reveal()) }
  const { connack, socket } = await attempt(made.port, 'x\nClient live disconnected.', tls)
  socket.destroy()
  expect(connack).toBeUndefined()
})

const plugin = [process.arch === 'arm64' ? 'aarch64' : 'x86_64']
  .map((cpu) => `/usr/lib/${cpu}-linux-gnu/mosquitto_dynamic_security.so`)
  .find((path) => existsSync(path))
const withPlugin = needs(
  'mosquitto with its dynamic-security plugin',
  mosquittoProgram !== undefined && plugin !== undefined,
)

const topic = '$CONTROL/dynamic-security/v1'
const administrator = {
  roles: [{ rolename: 'admin', acls: [{ acltype: 'publishClientSend', topic, priority: 0, allow: true }] }],
  clients: [{ username: 'admin', roles: [{ rolename: 'admin' }] }, { username: 'bad' }],
}

withPlugin('REV-12: disableClient ends the session of a board, which comes in again with its certificate', async () => {
  const config = folderWith({ 'dynsec.json': JSON.stringify(administrator) })
  close.push(config.clear)
  chmodSync(config.path('.'), 0o777)
  chmodSync(config.path('dynsec.json'), 0o666)
  const lines = [`plugin ${plugin}`, `plugin_opt_config_file ${config.path('dynsec.json')}`]
  const { made, bad, desk, meets } = await place(['use_identity_as_username true', ...lines])
  const open = async (clientId: string, { chain, key }: Issued): Promise<TLSSocket> => {
    const { connack, socket } = await attempt(made.port, clientId, { cert: chain, key: fromUtf8(key.reveal()) })
    close.push(() => socket.destroy())
    expect(connack).toBe(0)
    return socket
  }
  const board = await open('board', bad)
  const over = new Promise((resolve) => board.once('close', resolve))
  const admin = await open('admin', await desk.issue('admin'))
  const payload = JSON.stringify({ commands: [{ command: 'disableClient', username: 'bad' }] })
  admin.write(generate({ cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false }))
  await over
  await made.broker.says(/been disconnected by administrative action/)
  expect(await meets(bad)).toBe('CONNACK 0')
})

import { once } from 'node:events'
import { expect } from 'vitest'
import { alert, cbcProfile, dial, gcmProfile, type TlsMaterial, type TlsProfile } from '../../src/tls/index.ts'
import { cipherSuite } from '../../src/tls/suite.ts'
import { systemClock } from '../../src/port/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { mosquittoProgram, type RunningMosquitto, startMosquitto } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { issue, material, tlsPaper } from '../support/tls-paper.ts'
import { openssl, opensslServer, pemFolder } from '../support/tls-servers.ts'

interface Call {
  port: number
  held: TlsMaterial
  profile?: Partial<TlsProfile>
  name?: string
  knowsTime?: boolean
}

const call = ({ port, held, profile, name, knowsTime }: Call) =>
  dial({
    host: '127.0.0.1',
    port,
    profile: { ...gcmProfile, ...profile },
    material: held,
    knowsTime: knowsTime ?? true,
    clock: systemClock,
    patience: 10_000,
    ...(name !== undefined && { name }),
  })

/** Resolves with the first line of its log, from the place on that `after` gives, that matches. */
async function says(broker: RunningMosquitto, pattern: RegExp, after: number): Promise<string> {
  let at = 0
  for await (const line of broker.log()) if (at++ >= after && pattern.test(line)) return line
  throw new Error(`it ended and never said ${pattern}`)
}

const withOpenssl = needs('openssl', openssl !== undefined)
const withMosquitto = needs('mosquitto', mosquittoProgram !== undefined)
const suites = gcmProfile.suites.map((id) => cipherSuite(id)).filter((suite) => suite !== undefined)

withOpenssl.each(suites)(
  'openssl s_server takes $name, full handshakes only, with and without a client certificate',
  async ({ id, name, key }) => {
    const { root, board } = await tlsPaper()
    const server = await issue({ subject: 'broker', under: root, kind: key === 'ec' ? 'P-256' : 'RSA' })
    const listening = await opensslServer(server, ['-tls1_2', '-cipher', `${name}:@SECLEVEL=0`, '-verify', '2'])
    for (const held of [material(root, board), material(root)]) {
      const before = listening.said.out().length
      const connected = await call({ port: listening.port, held, profile: { suites: [id] } })
      if (!connected.ok) throw new Error(JSON.stringify([connected.refusal, listening.said.out()]))
      const { stream, suite, ended } = connected.value
      expect(suite).toBe(name)
      stream.write(utf8('hello from a board\n'))
      await listening.said.prints(/hello from a board/, before)
      listening.said.say('hello from a server\n')
      expect(String((await once(stream, 'data'))[0])).toContain('hello from a server')
      stream.end()
      expect(await ended).toEqual({ by: 'us', sentAlert: 0 })
      await listening.said.prints(/^DONE/m, before)
      const said = listening.said.out().slice(before)
      expect(said).toContain(`CIPHER is ${name}`)
      expect(said).not.toMatch(/Reused session-id/)
    }
    await listening.stop()
  },
)

withOpenssl(
  'P-384 for the key exchange and in certificates, RSA client keys, and no extended master secret where a profile says so',
  async () => {
    const { root } = await tlsPaper()
    const server = await issue({ subject: 'broker', under: root, kind: 'P-384' })
    const listening = await opensslServer(server, ['-tls1_2', '-groups', 'P-384:P-256', '-serverpref', '-Verify', '2'])
    for (const kind of ['RSA', 'P-384', 'P-256'] as const) {
      const board = await issue({ subject: kind, under: root, kind })
      const held = material(root, board)
      const connected = await call({ port: listening.port, held, profile: { extendedMasterSecret: false } })
      if (!connected.ok) throw new Error(JSON.stringify([kind, connected.refusal, listening.said.out()]))
      connected.value.stream.end()
      await connected.value.ended
    }
    await listening.stop()
  },
)

withOpenssl('a server whose root is not in the store is told unknown_ca (48)', async () => {
  const { server, stranger, board } = await tlsPaper()
  const listening = await opensslServer(server, ['-tls1_2'])
  expect(await call({ port: listening.port, held: material(stranger, board) })).toEqual({
    ok: false,
    refusal: { stage: 'server-certificate', reason: 'unknown-ca', sentAlert: alert.unknownCa },
  })
  await listening.said.prints(/alert unknown ca/)
  await listening.stop()
})

withOpenssl(
  'an expired server is told certificate_expired (45) by a modem that knows the time, and believed by one that does not (MODE-43, OPEN-09)',
  async () => {
    const { root, board } = await tlsPaper()
    const expired = await issue({ subject: 'broker', under: root, from: -9, until: -2 })
    const early = await issue({ subject: 'broker', under: root, from: 2, until: 9 })
    for (const [server, reason, number, words] of [
      [expired, 'expired', 45, /alert certificate expired/],
      [early, 'not-yet-valid', 42, /alert bad certificate/],
    ] as const) {
      const listening = await opensslServer(server, ['-tls1_2'])
      const { port } = listening
      expect(await call({ port, held: material(root, board) })).toEqual({
        ok: false,
        refusal: { stage: 'server-certificate', reason, sentAlert: number },
      })
      await listening.said.prints(words)
      const blind = await call({ port, held: material(root, board), knowsTime: false })
      if (blind.ok) blind.value.stream.destroy()
      expect(blind.ok).toBe(true)
      await listening.stop()
    }
  },
)

withOpenssl(
  'M90 host names are checked only where the profile says so (TLS-12), and a wrong one is told bad_certificate (42)',
  async () => {
    const { root, server, board } = await tlsPaper()
    const listening = await opensslServer(server, ['-tls1_2'])
    const held = material(root, board)
    for (const [name, checksHostName, good] of [
      ['broker.test', true, true],
      ['other.test', false, true],
      ['other.test', true, false],
      ['127.0.0.1', true, false],
    ] as const) {
      const connected = await call({ port: listening.port, held, name, profile: { checksHostName } })
      if (connected.ok) connected.value.stream.destroy()
      expect(connected.ok, `${name} ${checksHostName}`).toBe(good)
      if (!connected.ok) expect(connected.refusal).toMatchObject({ reason: 'host-mismatch', sentAlert: 42 })
    }
    await listening.stop()
  },
)

withOpenssl(
  'intermediates come from the server: with them the root is reached, without them it is unknown',
  async () => {
    const { root, board } = await tlsPaper()
    const between = await issue({ subject: 'issuing', under: root, ca: true })
    const noCa = await issue({ subject: 'no authority', under: root })
    const server = await issue({ subject: 'broker', under: between })
    const forged = await issue({ subject: 'broker', under: noCa })
    for (const [leaf, chain, reason] of [
      [server, between, undefined],
      [server, undefined, 'unknown-ca'],
      [forged, noCa, 'unknown-ca'],
    ] as const) {
      const pem = `${leaf.pem}${chain?.pem ?? ''}`
      const listening = await opensslServer({ ...leaf, pem }, ['-tls1_2', '-cert_chain', 'server.pem'])
      const connected = await call({ port: listening.port, held: material(root, board) })
      if (connected.ok) connected.value.stream.destroy()
      expect(connected.ok ? undefined : connected.refusal.reason).toBe(reason)
      await listening.stop()
    }
  },
)

withOpenssl('a server chain above 4,096 bytes breaks the connection (TLS-10), one just below it does not', async () => {
  const { root, board } = await tlsPaper()
  for (const [padding, good] of [
    [50, true],
    [62, false],
  ] as const) {
    const server = await issue({ subject: 'broker', under: root, padding })
    const listening = await opensslServer(server, ['-tls1_2'])
    const connected = await call({ port: listening.port, held: material(root, board) })
    if (connected.ok) connected.value.stream.destroy()
    const told = { stage: 'server-certificate', reason: 'chain-too-large', sentAlert: 22 }
    if (good) expect(connected.ok).toBe(true)
    else expect(connected).toEqual({ ok: false, refusal: told })
    await listening.stop()
  }
})

withOpenssl(
  'TLS 1.3 only and TLS 1.1 only end with protocol_version (70), no common suite or curve with handshake_failure (40)',
  async () => {
    const { root, server, board } = await tlsPaper()
    for (const [args, how] of [
      [['-tls1_3'], { reason: 'alert', receivedAlert: 70 }],
      // It answers with its own version, and it is for us to say no.
      [['-tls1_1', '-cipher', 'ALL:@SECLEVEL=0'], { reason: 'protocol-version', sentAlert: 70 }],
      [['-tls1_2', '-cipher', 'ECDHE-ECDSA-CHACHA20-POLY1305'], { reason: 'alert', receivedAlert: 40 }],
      [['-tls1_2', '-groups', 'X25519'], { reason: 'alert', receivedAlert: 40 }],
    ] as const) {
      const listening = await opensslServer(server, args)
      expect(await call({ port: listening.port, held: material(root, board) }), args.join(' ')).toEqual({
        ok: false,
        refusal: { stage: 'hello', ...how },
      })
      await listening.stop()
    }
  },
)

withOpenssl(
  'a server that demands a certificate refuses a board without one (40), and one of another authority (48)',
  async () => {
    const paper = await tlsPaper()
    const { root, server, board, foreign, expired } = paper
    const folder = pemFolder({ 'root.pem': root.pem })
    const strict = await opensslServer(server, [
      '-tls1_2',
      '-Verify',
      '2',
      '-verify_return_error',
      '-CAfile',
      `${folder.path}/root.pem`,
    ])
    for (const [client, receivedAlert] of [
      [undefined, 40],
      [foreign, 48],
      [expired, 45],
    ] as const) {
      expect(await call({ port: strict.port, held: material(root, client) })).toEqual({
        ok: false,
        refusal: { stage: 'client-certificate', reason: 'alert', receivedAlert },
      })
    }
    const good = await call({ port: strict.port, held: material(root, board) })
    if (good.ok) good.value.stream.destroy()
    expect(good.ok).toBe(true)
    await strict.stop()
    folder.clear()
  },
)

withMosquitto(
  'Mosquitto takes a board of its authority, and logs alert unknown ca when the board distrusts it',
  async () => {
    const { root, server, stranger, board } = await tlsPaper()
    const broker = await startMosquitto({ ca: root.pem, chain: server.pem, key: server.key })
    const good = await call({ port: broker.port, held: material(root, board), profile: cbcProfile })
    if (good.ok) good.value.stream.end()
    expect(good.ok).toBe(true)
    const before = broker.lines().length
    const distrusts = await call({ port: broker.port, held: material(stranger, board) })
    expect(distrusts).toMatchObject({ refusal: { reason: 'unknown-ca', sentAlert: 48 } })
    await says(broker, /alert unknown ca/, before)
    await broker.stop()
  },
)

withMosquitto('Mosquitto really refuses a board whose certificate is missing, foreign or expired', async () => {
  const { root, server, foreign, expired } = await tlsPaper()
  const broker = await startMosquitto({ ca: root.pem, chain: server.pem, key: server.key })
  for (const [client, receivedAlert, words] of [
    [undefined, 40, /peer did not return a certificate/],
    [foreign, 48, /certificate verify failed/],
    [expired, 45, /certificate verify failed/],
  ] as const) {
    const before = broker.lines().length
    expect(await call({ port: broker.port, held: material(root, client) })).toEqual({
      ok: false,
      refusal: { stage: 'client-certificate', reason: 'alert', receivedAlert },
    })
    await says(broker, words, before)
  }
  await broker.stop()
})

withMosquitto(
  'a key that does not fit its certificate is noticed before it signs; where a profile lets it sign, Mosquitto refuses it (TLS-29)',
  async () => {
    const { root, server, board, foreign } = await tlsPaper()
    const broker = await startMosquitto({ ca: root.pem, chain: server.pem, key: server.key })
    const held = material(root, { pem: board.pem, key: foreign.key })
    expect(await call({ port: broker.port, held })).toMatchObject({
      refusal: { stage: 'client-certificate', reason: 'key-mismatch', sentAlert: 40 },
    })
    const before = broker.lines().length
    expect(await call({ port: broker.port, held, profile: { noticesForeignKey: false } })).toMatchObject({
      refusal: { stage: 'client-certificate', reason: 'alert', receivedAlert: 51 },
    })
    // Which of two wordings Mosquitto takes depends on when the bytes come to it; what OpenSSL says is the same.
    await says(broker, /bad signature/, before)
    expect(await call({ port: broker.port, held: material(root, { pem: board.pem }) })).toMatchObject({
      refusal: { stage: 'client-certificate', reason: 'key-missing', sentAlert: 40 },
    })
    await broker.stop()
  },
)

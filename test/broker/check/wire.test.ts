import { connect, type Socket } from 'node:net'
import { createSecureContext, type TLSSocket } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { checkBroker, type BrokerCheck, type BrokerCheckOrder } from '../../../src/broker/index.ts'
import { systemClock } from '../../../src/port/index.ts'
import { Secret, seededRandom, utf8, virtualClock } from '../../../src/terms/index.ts'
import { formatHello, modemOffer } from '../../../src/tls/hello.ts'
import { gcmProfile } from '../../../src/tls/index.ts'
import { formatMessage } from '../../../src/tls/message.ts'
import { formatRecord } from '../../../src/tls/record.ts'
import { figure } from '../../support/figures.ts'
import { freePort } from '../../support/mosquitto.ts'
import { scaled } from '../../support/scale.ts'
import { type Issued, issue, tlsPaper } from '../../support/tls-paper.ts'
import { type Listening, nodeTls, plainTcp } from '../../support/tls-servers.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function order(port: number, more: Partial<BrokerCheckOrder> = {}): Promise<BrokerCheckOrder> {
  const { root } = await tlsPaper()
  return {
    host: '127.0.0.1',
    port,
    name: 'broker.test',
    roots: root.pem,
    clock: systemClock,
    patience: 10_000,
    ...more,
  }
}

const classes = ({ findings }: BrokerCheck): string[] => findings.map((finding) => finding.class)
const kept = (listening: Listening): Listening => {
  close.push(() => listening.stop())
  return listening
}

/** A server of Node's with this chain, the last of which is the server's root. */
async function serving(server: Issued, behind: readonly Issued[] = []): Promise<Listening> {
  const cert = [server, ...behind].map(({ pem }) => pem).join('')
  return kept(await nodeTls({ cert, key: server.key }, (socket) => void socket.resume()))
}

test('the limit of 4,096 bytes is met to the byte: 4,096 enter, 4,097 are one too many', async () => {
  for (const [bytes, over] of [
    [4096, undefined],
    [4097, 1],
    [4296, 200],
  ] as const) {
    const { port } = await serving(await sized(bytes))
    const check = await checkBroker(await order(port))
    expect(check.chainBytes).toBe(bytes)
    const finding = check.findings.find((one) => one.class === 'chain-too-large')
    expect(finding?.figures?.['over']).toBe(over)
    expect(check.entering).toBe(over === undefined ? 'enters' : 'refuses')
    if (over !== undefined) expect(finding?.what).toContain(`${over} too many`)
  }
})

/** A certificate with so many bytes of DER. Signatures differ in length by chance, so it is tried until it fits. */
async function sized(bytes: number): Promise<Issued> {
  const { root } = await tlsPaper()
  for (let filler = bytes - 500; ; ) {
    const names = ['broker.test', ...('x'.repeat(filler).match(/.{1,60}/g) ?? [])]
    const made = await issue({ subject: 'broker', under: root, until: 60, names })
    const missing = bytes - derBytes(made)
    if (missing === 0) return made
    filler += Math.abs(missing) > 70 ? Math.trunc(missing * 0.9) : Math.sign(missing)
  }
}

function derBytes({ pem }: Issued): number {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64').length
}

test('root and strangers that make a chain too large are named as what can be left out', async () => {
  const { root, stranger } = await tlsPaper()
  const large = await issue({ subject: 'stranger', padding: 50, ca: true })
  const { port } = await serving(await issue({ subject: 'broker', under: root, names: ['broker.test'] }), [
    large,
    stranger,
  ])
  const check = await checkBroker(await order(port))
  expect(classes(check)).toContain('chain-too-large')
  expect(check.findings[0]?.fix).toMatch(/^leave the root and what is not on the path out/)
  expect(check.chain.map(({ role }) => role)).toEqual(['server', 'extra', 'extra'])
})

test('nobody there, a silent one, one that hangs up, one of another trade: each is told, with its own weight', async () => {
  const ends = async (port: number, more: Partial<BrokerCheckOrder> = {}): Promise<[string, string]> => {
    const check = await checkBroker(await order(port, more))
    return [check.entering, check.findings[0]?.class ?? '']
  }
  expect(await ends(await freePort())).toEqual(['unreached', 'no-listener'])
  expect(await ends(1, { host: 'nobody.invalid' })).toEqual(['unreached', 'no-such-host'])
  const silent = kept(await plainTcp(() => {}))
  expect(await ends(silent.port, { patience: 50 })).toEqual(['unreached', 'no-answer'])
  const rude = kept(await plainTcp((socket) => void socket.once('data', () => socket.destroy())))
  expect(await ends(rude.port)).toEqual(['refuses', 'plain-port'])
  const mail = kept(await plainTcp((socket) => void socket.end('220 mail\r\n')))
  expect(await ends(mail.port)).toEqual(['refuses', 'not-tls'])
  const web = kept(
    await plainTcp((socket) => void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))),
  )
  expect(await ends(web.port)).toEqual(['refuses', 'not-tls'])
})

test('a server that says one byte and no more is given up when patience ends, on the clock that was handed in', async () => {
  const clock = virtualClock(Date.now())
  const asked = Promise.withResolvers<void>()
  const dripping = kept(
    await plainTcp((socket) => {
      socket.once('data', () => socket.write(Uint8Array.of(22), () => asked.resolve()))
    }),
  )
  const looking = checkBroker(await order(dripping.port, { clock, patience: 5000 }))
  await asked.promise
  // Real time does not count: only this does.
  clock.advance(6000)
  expect(await looking).toMatchObject({
    entering: 'unreached',
    findings: [{ class: 'no-answer', what: 'it takes connections and does not answer TLS' }],
  })
})

test('a server that stops answering in the middle is not believed to be good', async () => {
  const { root, server } = await tlsPaper()
  let connections = 0
  const tls = await serving(server)
  const limping = kept(
    await plainTcp((socket) => {
      connections++
      if (connections > 3) return
      pipe(socket, tls.port)
    }),
  )
  const check = await checkBroker(await order(limping.port, { patience: 100, roots: root.pem }))
  expect(check.entering).toBe('unreached')
  expect(classes(check)).toContain('no-answer')
})

function pipe(socket: Socket, port: number): void {
  const to = connect({ host: '127.0.0.1', port })
  socket.pipe(to).pipe(socket)
  to.on('error', () => socket.destroy())
}

test('a check without a certificate sends no byte of MQTT; one with it sends one CONNECT with a client id of its own, and leaves', async () => {
  const { root, server, board } = await tlsPaper()
  const heard: Buffer[] = []
  const serve = (socket: TLSSocket): void => {
    socket.on('data', (chunk: Buffer) => {
      heard.push(chunk)
      socket.end()
    })
  }
  const identity = { cert: server.pem, key: server.key, ca: root.pem, requestCert: true, rejectUnauthorized: false }
  const broker = kept(await nodeTls(identity, serve))
  expect((await checkBroker(await order(broker.port))).entering).toBe('enters')
  expect(Buffer.concat(heard).length).toBe(0)
  const client = { chain: board.pem, key: new Secret(utf8(board.key)), random: seededRandom('id') }
  const check = await checkBroker(await order(broker.port, { client }))
  expect(check).toMatchObject({ entering: 'refuses', session: false })
  const said = Buffer.concat(heard).toString('latin1')
  // First in MQTT 5, and where nothing comes back no second time with another id.
  expect(new Set(said.match(/sectag-rehearsal-[\da-f]{8}/g)).size).toBe(1)
  expect(said.match(/MQTT/g)?.length).toBeLessThanOrEqual(2)
})

test('a check takes a bounded number of connections, and the time of as many handshakes', async () => {
  const { server, root, board } = await tlsPaper()
  const tls = kept(
    await nodeTls(
      { cert: server.pem, key: server.key, ca: root.pem, requestCert: true },
      (socket) => void socket.end(),
    ),
  )
  let connections = 0
  const counting = kept(
    await plainTcp((socket) => {
      connections++
      pipe(socket, tls.port)
    }),
  )
  const client = { chain: board.pem, key: new Secret(utf8(board.key)), random: seededRandom('id') }
  const started = performance.now()
  await checkBroker(await order(counting.port, { client }))
  figure('broker-check-cost', { connections, milliseconds: Math.round(performance.now() - started) })
  expect(connections).toBeLessThanOrEqual(20)
})

test('a server that shows another certificate to who sends no name is told (SNI)', async () => {
  const { server, stranger } = await tlsPaper()
  const named = createSecureContext({ cert: server.pem, key: server.key })
  const two = kept(
    await nodeTls(
      {
        cert: stranger.pem,
        key: stranger.key,
        SNICallback: (name, done) => done(null, name === 'broker.test' ? named : undefined),
      },
      (socket) => void socket.resume(),
    ),
  )
  const check = await checkBroker(await order(two.port))
  expect(check).toMatchObject({ entering: 'enters', withoutName: false })
  expect(classes(check)).toContain('needs-name')
  const { name: _, ...nameless } = await order(two.port)
  expect((await checkBroker(nameless)).entering).toBe('refuses')
})

test('whatever a server sends instead of a handshake, a check ends with findings, and never with an exception', async () => {
  const { server, root } = await tlsPaper()
  const real = await flightOf(await serving(server))
  const random = seededRandom('broker check')
  const fuzzer = kept(
    await plainTcp((socket) => {
      socket.once('data', () => socket.end(mutated(real, random)))
    }),
  )
  const rounds = scaled(10_000, 200)
  const tally: Record<string, number> = {}
  const started = performance.now()
  for (let round = 0; round < rounds; round++) {
    const check = await checkBroker(await order(fuzzer.port, { roots: root.pem, patience: 2000 }))
    tally[check.entering] = (tally[check.entering] ?? 0) + 1
    expect(check.entering, 'nobody enters a server that cannot finish a handshake').not.toBe('enters')
    expect(check.findings.length).toBeGreaterThan(0)
  }
  const milliseconds = Math.round((performance.now() - started) / rounds)
  figure('broker-check-fuzz', { rounds, exceptions: 0, tally, millisecondsEach: milliseconds })
}, 300_000)

/** What a good server says to a modem's hello. */
async function flightOf({ port }: Listening): Promise<Uint8Array> {
  const hello = formatHello(modemOffer(gcmProfile), new Uint8Array(32))
  const socket = connect(port, '127.0.0.1')
  socket.write(formatRecord(22, formatMessage(1, hello)))
  const chunks: Buffer[] = []
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    // ServerHelloDone.
    if (
      Buffer.concat(chunks)
        .subarray(-4)
        .equals(Buffer.from([14, 0, 0, 0]))
    )
      break
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function mutated(real: Uint8Array, random: ReturnType<typeof seededRandom>): Uint8Array {
  const bytes = Uint8Array.from(real)
  for (let times = 1 + random.below(6); times > 0; times--) bytes[random.below(bytes.length)] = random.below(256)
  return random.below(4) === 0 ? bytes.slice(0, random.below(bytes.length)) : bytes
}

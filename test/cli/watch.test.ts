import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { type BrokerDesk, brokerDesk, filesOf } from '../support/broker-desk.ts'
import type { Ran } from '../support/cli.ts'
import { boardOn, frontedMosquitto, ownBroker } from '../support/in-front.ts'
import { freePort, mosquittoProgram } from '../support/mosquitto.ts'
import { type Attempt, attempt } from '../support/mqtt-client.ts'
import { needs } from '../support/outside.ts'
import { watching } from '../support/watching.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function bench(): Promise<BrokerDesk> {
  const made = await brokerDesk()
  close.push(() => made.clear())
  return made
}

async function connecting(
  made: BrokerDesk,
  port: number,
  who: 'board' | 'expired' | 'foreign',
  id = 'x',
): Promise<Attempt> {
  const { chain, key } = made.paper[who]
  const tried = await attempt(port, id, { cert: chain, key })
  close.push(() => tried.socket.destroy())
  return tried
}

test('PASS is printed when the board’s own certificate made a session at a broker of ours, and not before', async () => {
  const made = await bench()
  const ran = await watching(made, ['--cert', 'board.crt', ...ownBroker], async ({ port }) => {
    await connecting(made, port, 'foreign')
    await connecting(made, port, 'board', 'sectag-rehearsal-00c0ffee')
    await connecting(made, port, 'board', 'board-7')
  })
  expect(ran.exit).toBe(0)
  expect(ran.out).toMatch(/CN=stranger.*refused by the broker.*does not trust/)
  expect(ran.out).toMatch(/it was a rehearsal of the host/)
  expect(ran.out).toMatch(/^PASS {2}The broker accepted a session with CN=board-7/m)
})

test('watch names the file of its own server that does not do, and what is wrong with it', async () => {
  const made = await bench()
  made.file('der.crt', '0\u{2}binary')
  const said = async (cert: string, key: string): Promise<Ran> =>
    made.run(['watch', '--cert', 'board.crt', '--server-cert', cert, '--server-key', key, '--client-ca', 'root.crt'])
  const mixed = await said('server.crt', 'board.key')
  expect(mixed).toMatchObject({ exit: 2, out: '' })
  expect(mixed.err).toMatch(/^error .*the key in board\.key does not fit the certificate in server\.crt$/m)
  expect(mixed.err).not.toContain('ERR_OSSL')
  const der = await said('der.crt', 'server.key')
  expect(der.exit).toBe(2)
  expect(der.err).toMatch(/^error .*there is no certificate in der\.crt$/m)
  expect(der.err).toMatch(/^next {3}openssl x509 -inform der -in der\.crt -out der\.crt\.pem/m)
})

test('another client id than the one that was named never counts', async () => {
  const made = await bench()
  const ran = await watching(
    made,
    ['--cert', 'board.crt', '--client-id', 'board-7', ...ownBroker],
    async ({ port, says, stop }) => {
      await connecting(made, port, 'board', 'board-8')
      await says(/board-8/)
      stop()
    },
  )
  expect(ran).toMatchObject({ exit: 1 })
  expect(ran.err).toMatch(/why {4}the client id was board-8, not board-7/)
})

test('a board that comes and is refused is FAIL, with the reason', async () => {
  const made = await bench()
  const ran = await watching(made, ['--cert', 'expired.crt', ...ownBroker], async ({ port, says, stop }) => {
    await connecting(made, port, 'expired')
    await says(/refused/)
    stop()
  })
  expect(ran).toMatchObject({ exit: 5 })
  expect(ran.err).toMatch(/no session came of it: the board's certificate has expired/)
  // To wait again would not help: what is next is what mends it.
  expect(ran.err).toMatch(/^next {3}sectag ca renew --cert OLD\.crt/m)
})

test('where no session could be kept, nobody waits for one', async () => {
  const made = await bench()
  mkdirSync(join(made.folder, 'home', 'sessions.jsonl'), { recursive: true })
  const ran = await made.run(['watch', '--listen', '0', '--cert', 'board.crt', ...ownBroker])
  expect(ran).toMatchObject({ exit: 2 })
  expect(ran.err).toMatch(/the home \S+ cannot be used: EISDIR/)
  expect(ran.out).not.toMatch(/Listening/)
})

test('a rehearsal or another client that is refused is no FAIL of the board', async () => {
  const made = await bench()
  const rehearsed = await watching(made, ['--cert', 'expired.crt', ...ownBroker], async ({ port, says, stop }) => {
    await connecting(made, port, 'expired', 'sectag-rehearsal-00c0ffee')
    await says(/has expired/)
    stop()
  })
  expect(rehearsed).toMatchObject({ exit: 1 })
  expect(rehearsed.out).toMatch(/^UNKNOWN/m)
  const other = ['--cert', 'expired.crt', '--client-id', 'board-7', ...ownBroker]
  const refused = await watching(made, other, async ({ port, says, stop }) => {
    await connecting(made, port, 'expired', 'board-8')
    await says(/has expired/)
    stop()
  })
  expect(refused).toMatchObject({ exit: 1 })
})

test('nobody comes: UNKNOWN when the time is over', async () => {
  const made = await bench()
  const ran = await made.run([
    'watch',
    '--listen',
    '0',
    '--cert',
    'board.crt',
    '--timeout',
    '1',
    ...ownBroker,
    '--json',
  ])
  expect(ran.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN', proof: 'none' })
})

const onMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

onMosquitto('in front of Mosquitto, its log and the handshake together make PASS', async () => {
  const made = await bench()
  const { broker, args } = await frontedMosquitto(made)
  close.push(() => broker.stop())
  const front = [...args, '--client-ca', 'root.crt']
  const ran = await watching(made, ['--cert', 'board.crt', ...front, '--json'], async ({ port }) => {
    expect((await connecting(made, port, 'foreign')).error).toBeDefined()
    expect((await connecting(made, port, 'board', 'board-7')).connack).toBe(0)
  })
  const { events } = ran
  expect(events.at(-1)).toMatchObject({ type: 'result', exit: 0, verdict: 'PASS', proof: 'session' })
  expect(events.find((event) => event['type'] === 'sighting')).toMatchObject({
    refused: { by: 'broker', reason: 'client-unknown-ca' },
  })
})

test('what is missing or wrong is said before anything listens', async () => {
  const made = await bench()
  const port = await freePort()
  for (const [argv, says] of [
    [['--cert', 'board.crt'], /nothing says at which broker to watch/],
    [[...ownBroker], /nothing says whose session to wait for/],
    [['--imei', '351358811124772', ...ownBroker], /no client certificate is known from the board 351358811124772/],
    [['--cert', 'board.key', ...ownBroker], /no client certificate is known from board.key/],
    [['--cert', 'gone.crt', ...ownBroker], /--cert: there is no file .*gone.crt/],
    [['--cert', 'board.crt', '--in-front-of', `127.0.0.1:${port}`], /--in-front-of needs --broker-log/],
    [
      ['--cert', 'board.crt', '--in-front-of', `127.0.0.1:${port}`, '--broker-log', 'gone.log'],
      /gone\.log cannot be read \(ENOENT\)/,
    ],
    [['--cert', 'board.crt', '--listen', 'x y', ...ownBroker], /x y is no place to listen at/],
  ] as const) {
    const ran = await made.run(['watch', ...argv])
    expect(ran.err).toMatch(says)
    expect(ran.exit).toBe(2)
  }
})

test.each(['1.0.0', '2.0.2'])(
  'mfw %s: verify says UNKNOWN until a session was seen after the last write, then PASS, and UNKNOWN again after another write',
  async (mfw) => {
    const made = await bench()
    const modem = boardOn(made, mfw, 'watch')
    const port = ['--port', 'test:board']
    const verify = ['verify', ...port, ...filesOf(), '--proof', 'session', '--json']
    const wait = (): Promise<Ran> =>
      watching(made, ['--cert', 'board.crt', ...ownBroker], ({ port: at }) => connecting(made, at, 'board', 'board-7'))
    expect(await wait()).toMatchObject({ exit: 0 })
    await made.run(['apply', ...port, ...filesOf(), '--proof', 'presence'])
    const before = await made.run(verify)
    expect(before.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
    expect(before.events.find((event) => event['type'] === 'failure')).toMatchObject({
      why: expect.stringMatching(/since the last write/),
    })
    expect(await wait()).toMatchObject({ exit: 0 })
    expect((await made.run(verify)).result).toMatchObject({ exit: 0, verdict: 'PASS', proof: 'session' })
    expect((await made.run(verify)).result).toMatchObject({ exit: 0, verdict: 'PASS' })
    modem.store.lose(16_842_753)
    expect((await made.run(verify)).result).toMatchObject({ exit: 5, verdict: 'FAIL' })
    await made.run(['apply', ...port, ...filesOf(), '--proof', 'presence'])
    expect((await made.run(verify)).result).toMatchObject({ exit: 1, verdict: 'UNKNOWN' })
  },
)

test.each([
  ['1.0.0', /On this board a listing of this firmware can reach grade presence.*grade session takes `sectag watch`/],
  ['2.0.2', /On this board a listing of this firmware can reach grade digest/],
])('mfw %s: verify says which grade this firmware can reach', async (mfw, says) => {
  const made = await bench()
  boardOn(made, mfw, 'watch')
  await made.run(['apply', '--port', 'test:board', ...filesOf(), '--proof', 'presence'])
  const verify = ['verify', '--port', 'test:board', ...filesOf(), '--proof', 'presence']
  expect((await made.run(verify)).out).toMatch(says)
  const { events } = await made.run([...verify, '--json'])
  expect(events.find((event) => event['type'] === 'verdict')).toMatchObject({
    reachableByListing: mfw === '1.0.0' ? 'presence' : 'digest',
  })
})

import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { systemClock } from '../../src/port/index.ts'
import { personality, AtHost, VirtualModem } from '../../src/virtual/index.ts'
import { memoryCable } from '../../src/at/index.ts'
import { type BrokerDesk, brokerDesk, filesOf } from '../support/broker-desk.ts'
import type { Ran } from '../support/cli.ts'
import { freePort, mosquittoProgram, startMosquitto } from '../support/mosquitto.ts'
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

const own = ['--server-cert', 'server.crt', '--server-key', 'server.key', '--client-ca', 'root.crt']

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
  const ran = await watching(made, ['--cert', 'board.crt', ...own], async ({ port }) => {
    await connecting(made, port, 'foreign')
    await connecting(made, port, 'board', 'sectag-rehearsal-00c0ffee')
    await connecting(made, port, 'board', 'board-7')
  })
  expect(ran.exit).toBe(0)
  expect(ran.out).toMatch(/CN=stranger.*refused by the broker.*does not trust/)
  expect(ran.out).toMatch(/it was a rehearsal of the host/)
  expect(ran.out).toMatch(/^PASS {2}The broker accepted a session with CN=board-7/m)
})

test('another client id than the one that was named never counts', async () => {
  const made = await bench()
  const ran = await watching(
    made,
    ['--cert', 'board.crt', '--client-id', 'board-7', ...own],
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
  const ran = await watching(made, ['--cert', 'expired.crt', ...own], async ({ port, says, stop }) => {
    await connecting(made, port, 'expired')
    await says(/refused/)
    stop()
  })
  expect(ran).toMatchObject({ exit: 5 })
  expect(ran.err).toMatch(/no session came of it: the board's certificate has expired/)
})

test('a rehearsal or another client that is refused is no FAIL of the board', async () => {
  const made = await bench()
  const rehearsed = await watching(made, ['--cert', 'expired.crt', ...own], async ({ port, says, stop }) => {
    await connecting(made, port, 'expired', 'sectag-rehearsal-00c0ffee')
    await says(/has expired/)
    stop()
  })
  expect(rehearsed).toMatchObject({ exit: 1 })
  expect(rehearsed.out).toMatch(/^UNKNOWN/m)
  const other = ['--cert', 'expired.crt', '--client-id', 'board-7', ...own]
  const refused = await watching(made, other, async ({ port, says, stop }) => {
    await connecting(made, port, 'expired', 'board-8')
    await says(/has expired/)
    stop()
  })
  expect(refused).toMatchObject({ exit: 1 })
})

test('nobody comes: UNKNOWN when the time is over', async () => {
  const made = await bench()
  const ran = await made.run(['watch', '--listen', '0', '--cert', 'board.crt', '--timeout', '1', ...own, '--json'])
  expect(ran.result).toMatchObject({ exit: 1, verdict: 'UNKNOWN', proof: 'none' })
})

const onMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

onMosquitto('in front of Mosquitto, its log and the handshake together make PASS', async () => {
  const made = await bench()
  const { root, server } = made.paper
  const broker = await startMosquitto({ ca: root, chain: server.chain, key: server.key })
  close.push(() => broker.stop())
  const log = createWriteStream(join(made.folder, 'mosquitto.log'))
  await new Promise((resolve) => log.write('a line from before\n', resolve))
  void (async () => {
    for await (const line of broker.log()) log.write(`${line}\n`)
    log.end()
  })()
  const front = [
    '--in-front-of',
    `127.0.0.1:${broker.port}`,
    '--broker-log',
    'mosquitto.log',
    '--client-ca',
    'root.crt',
  ]
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
    [[...own], /nothing says whose session to wait for/],
    [['--imei', '351358811124772', ...own], /no client certificate is known from the board 351358811124772/],
    [['--cert', 'board.key', ...own], /no client certificate is known from board.key/],
    [['--cert', 'gone.crt', ...own], /--cert: there is no file .*gone.crt/],
    [['--cert', 'board.crt', '--in-front-of', `127.0.0.1:${port}`], /--in-front-of needs --broker-log/],
    [['--cert', 'board.crt', '--in-front-of', `127.0.0.1:${port}`, '--broker-log', 'gone.log'], /ENOENT/],
    [['--cert', 'board.crt', '--listen', 'x y', ...own], /x y is no place to listen at/],
  ] as const) {
    const ran = await made.run(['watch', ...argv])
    expect(ran.err).toMatch(says)
    expect(ran.exit).toBe(2)
  }
})

/** A virtual modem on the desk, as --port test:board. */
function boardOn(made: BrokerDesk, mfw: string): VirtualModem {
  const line = personality(mfw)
  if (line === undefined) throw new Error(`no personality ${mfw}`)
  const modem = new VirtualModem({ personality: line, clock: systemClock, seed: 'watch' })
  const host = new AtHost(modem, { clock: systemClock, baud: 0 })
  made.boards.set('test:board', () => {
    const cable = memoryCable()
    void host.serve(cable.modem)
    return cable.host
  })
  return modem
}

test.each(['1.0.0', '2.0.2'])(
  'mfw %s: verify says UNKNOWN until a session was seen after the last write, then PASS, and UNKNOWN again after another write',
  async (mfw) => {
    const made = await bench()
    const modem = boardOn(made, mfw)
    const port = ['--port', 'test:board']
    const verify = ['verify', ...port, ...filesOf(), '--proof', 'session', '--json']
    const wait = (): Promise<Ran> =>
      watching(made, ['--cert', 'board.crt', ...own], ({ port: at }) => connecting(made, at, 'board', 'board-7'))
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
  boardOn(made, mfw)
  await made.run(['apply', '--port', 'test:board', ...filesOf(), '--proof', 'presence'])
  const verify = ['verify', '--port', 'test:board', ...filesOf(), '--proof', 'presence']
  expect((await made.run(verify)).out).toMatch(says)
  const { events } = await made.run([...verify, '--json'])
  expect(events.find((event) => event['type'] === 'verdict')).toMatchObject({
    reachableByListing: mfw === '1.0.0' ? 'presence' : 'digest',
  })
})

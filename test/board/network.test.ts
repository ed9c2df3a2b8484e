import { expect, test } from 'vitest'
import { VirtualBoard } from '../../src/board/index.ts'
import { cbcProfile } from '../../src/tls/index.ts'
import { EmbeddedBroker } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { virtualClock } from '../../src/terms/index.ts'
import { brokerPaper } from '../support/paper.ts'
import { freePort } from '../support/mosquitto.ts'
import { plainTcp } from '../support/tls-servers.ts'
import { benchBoard, boardTag } from '../support/virtual-board.ts'

const made = brokerPaper()

async function embedded(port = 0): Promise<EmbeddedBroker> {
  const { root, server } = await made
  return EmbeddedBroker.start({
    clock: systemClock,
    host: '127.0.0.1',
    port,
    serverChain: server.chain,
    serverKey: server.key,
    clientRoots: root,
  })
}

test('a refused port, a blocked way, a name that nobody knows and a plain port have their own numbers', async () => {
  const { root, board: own } = await made
  const plain = await plainTcp((socket) => void socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  for (const [port, options, pattern] of [
    [await freePort(), {}, /mqtt_connect -111$/], // ERR-85
    [await freePort(), { network: { blocked: true }, patience: 500 }, /mqtt_connect -116$/], // ERR-87
    [await freePort(), { network: { dns: 'fails' } }, /getaddrinfo failed: -2$/], // ERR-109
    [plain.port, {}, /mqtt_connect -111$/], // ERR-83
  ] as const) {
    const { board, prints } = benchBoard(port, { root, ...own }, options)
    await board.boot()
    await prints(pattern)
    await board.halt()
  }
  await plain.stop()
})

test('a board tries again, waits longer each time, and is connected as soon as the broker is there', async () => {
  const { root, board: own } = await made
  const port = await freePort()
  const { board, prints } = benchBoard(port, { root, ...own }, { retry: { first: 2000, factor: 2, most: 8000 } })
  await board.boot()
  for (const seconds of [2, 4, 8, 8]) {
    await prints(new RegExp(`Reconnecting in ${seconds} seconds`))
  }
  const pauses = board.log.flatMap((line) => /Reconnecting in (\d+)/.exec(line)?.[1] ?? [])
  expect(pauses.slice(0, 3)).toEqual(['2', '4', '8'])
  const broker = await embedded(port)
  await board.shows('connected')
  await broker.close()
  await prints(/mqtt_input -(128|104)$/)
  await board.shows('error')
  await board.halt()
})

test('a board that has no clock believes a server whose certificate is not valid any more (MODE-43, OPEN-09)', async () => {
  const { root, expired, board: own } = await made
  // It would not start with this certificate today: it did so when the certificate was good.
  const then = { now: () => Date.now() - 15 * 86_400_000, sleep: systemClock.sleep }
  const broker = await EmbeddedBroker.start({
    clock: then,
    host: '127.0.0.1',
    port: 0,
    serverChain: expired.chain,
    serverKey: expired.key,
    clientRoots: root,
  })
  const knowing = benchBoard(broker.port, { root, ...own })
  await knowing.board.boot()
  await knowing.prints(/mqtt_connect -111/)
  await knowing.board.halt()
  const blind = benchBoard(broker.port, { root, ...own }, { network: { time: false }, profile: cbcProfile })
  await blind.board.boot()
  await blind.board.shows('connected')
  await blind.board.halt()
  await broker.close()
})

test('SMS: any AT text is carried out, another is not answered, long replies are cut or split, and errors come as they stand', async () => {
  const { root, board: own } = await made
  const { board, modem, sent, prints } = benchBoard(await freePort(), { root, ...own }, { longReplies: 'split' })
  await board.receiveSms('AT+CGSN')
  expect(sent).toEqual([])
  await board.boot()
  await prints(/LTE Link Connected!/)
  await board.receiveSms('at+cgsn')
  await board.receiveSms('Good morning')
  await board.receiveSms('AT+CFUN=99')
  await board.receiveSms('AT+CMEE=1')
  await board.receiveSms(`AT%CMNG=2,${boardTag},2`)
  expect(sent.map(({ text }) => text)).toEqual([modem.identity.imei, 'ERROR', '', '+CME ERROR: 514'])
  expect(sent.every(({ from }) => from === '+491700000007')).toBe(true)
  await board.receiveSms(`AT%CMNG=1,${boardTag}`)
  const lines = sent.slice(4).map(({ text }) => text)
  expect(lines.length).toBeGreaterThan(1)
  expect(lines.join('').split('\n').length).toBe(3)
  // The founding confusion: a question that is a command. AT+CFUN=4 by SMS takes away the way that its answer would go.
  await board.receiveSms('AT+CFUN=4')
  expect(sent.length).toBe(4 + lines.length)
  await prints(/Failed to send SMS/)
  expect(board.log.join('\n')).not.toContain('AT%CMNG')
  await board.halt(true)
  expect([modem.state.functionalMode, board.led]).toEqual([0, 'off'])
})

test('its serial port gives the log as bytes with CR LF, also to one who comes late', async () => {
  const { board } = benchBoard(await freePort(), {})
  await board.boot()
  await board.shows('error')
  let text = ''
  const enough = new AbortController()
  for await (const bytes of board.serial(enough.signal)) {
    text += new TextDecoder().decode(bytes)
    if (text.includes('mqtt_connect')) enough.abort()
  }
  expect(text.startsWith('*** Booting Zephyr OS build v2.7.99-ncs1 ***\r\n')).toBe(true)
  expect(text.endsWith('mqtt_connect -111\r\n')).toBe(true)
  await board.halt()
})

test('an SDK that nobody knows is a mistake of ours, said at once', () => {
  const { options } = benchBoard(1, {}, { clock: virtualClock() }).board
  expect(() => new VirtualBoard({ ...options, sdk: 'latest' })).toThrow('no SDK is called latest')
})

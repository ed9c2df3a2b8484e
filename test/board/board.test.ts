import { expect, test } from 'vitest'
import { EmbeddedBroker, type Sighting } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { mosquittoProgram, startMosquitto } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { brokerPaper } from '../support/paper.ts'
import { benchBoard, boardTag, fill } from '../support/virtual-board.ts'

const made = brokerPaper()
const withMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

async function embedded(): Promise<EmbeddedBroker> {
  const { root, server } = await made
  const { chain, key } = server
  return EmbeddedBroker.start({
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    serverChain: chain,
    serverKey: key,
    clientRoots: root,
  })
}

async function firstSighting(broker: EmbeddedBroker): Promise<Sighting> {
  for await (const sighting of broker.sightings) return sighting
  throw new Error('no sighting')
}

test('a board boots, registers, connects with what its modem holds and is seen as a session', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const { board } = benchBoard(broker.port, { root, ...own })
  await board.boot()
  await board.shows('connected')
  expect(await firstSighting(broker)).toMatchObject({
    handshake: 'full',
    clientId: 'nrf-7',
    session: expect.any(Number),
  })
  expect(board.log[0]).toBe('*** Booting Zephyr OS build v2.7.99-ncs1 ***')
  for (const text of [
    'LTE Link Connecting...',
    '+CEREG: 2',
    '+CEREG: 1',
    'LTE Link Connected!',
    'MQTT client connected',
  ])
    expect(
      board.log.some((line) => line.includes(text)),
      text,
    ).toBe(true)
  for (const line of board.log.slice(1))
    expect(line).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3},\d{3}\] <(inf|wrn|err)> mqtt_simple: /)
  await board.halt()
  expect(board.led).toBe('off')
  await broker.close()
})

withMosquitto('Mosquitto takes a board and hears its hello; it is gone when the board halts', async () => {
  const { root, server, board: own } = await made
  const broker = await startMosquitto({ ca: root, ...server })
  const { board } = benchBoard(broker.port, { root, ...own })
  await board.boot()
  await broker.says(/Received PUBLISH from nrf-7 .*boards\/nrf-7\/hello/)
  await board.shows('connected')
  await board.halt()
  await broker.says(/nrf-7.*(closed|disconnect)/i)
  await broker.stop()
})

test('the founding case: the tag is lost, the board prints -45, answers blank by SMS, and comes back when it is written again', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const options = { mfw: '1.0.0', sdk: '1.0.0', libc: 'minimal' } as const
  const { board, modem, sent, prints } = benchBoard(broker.port, { root, ...own }, options)
  await board.boot()
  await board.shows('connected')
  await board.receiveSms(`AT%CMNG=1,${boardTag},0`)
  await board.halt()
  modem.store.lose(boardTag)
  await board.boot()
  expect(await prints(/mqtt_connect/)).toBe('ERROR: mqtt_connect -45')
  await board.receiveSms(`AT%CMNG=1,${boardTag},0`)
  expect(sent.map(({ text }) => text)).toEqual([`%CMNG: ${boardTag},0,"${'00'.repeat(32)}"`, ''])
  // By cable: radio off, write, radio on.
  modem.execute('AT+CFUN=4')
  await board.shows('searching')
  fill(modem, { root, ...own })
  modem.execute('AT+CFUN=1')
  await board.shows('connected')
  await board.halt()
  await broker.close()
})

test('functional mode 4 from a cable in mid-session closes the sockets; the application says so and comes back after mode 1', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const { board, modem, prints } = benchBoard(broker.port, { root, ...own })
  await board.boot()
  await board.shows('connected')
  const before = board.log.length
  modem.execute('AT+CFUN=4')
  // ERR-54
  await prints(/<err> mqtt_simple: mqtt_input -115/, before)
  await prints(/<wrn> mqtt_simple: LTE Link lost/, before)
  await board.shows('searching')
  modem.execute('AT+CFUN=1')
  await board.shows('connected')
  await board.halt()
  await broker.close()
})

test('a board with a dead SIM logs +CEREG: 90, finds no network, and neither hears nor sends an SMS', async () => {
  const { root, board: own } = await made
  const { board, sent, prints } = benchBoard(1, { root, ...own }, { network: { sim: 'dead' }, searchPatience: 5000 })
  await board.boot()
  await prints(/\+CEREG: 90/)
  await board.shows('error')
  await prints(/Failed to establish LTE connection: -116/)
  await board.receiveSms('AT')
  expect(sent).toEqual([])
  await board.halt()
})

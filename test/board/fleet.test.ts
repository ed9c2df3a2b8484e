import { expect, test } from 'vitest'
import { Channel, memoryCable } from '../../src/at/index.ts'
import { EmbeddedBroker, type Sighting } from '../../src/broker/index.ts'
import { withPen } from '../../src/modem/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { AtHost } from '../../src/virtual/index.ts'
import { embedded as startEmbedded } from '../support/broker-desk.ts'
import { figure } from '../support/figures.ts'
import { brokerPaper } from '../support/paper.ts'
import { scaled } from '../support/scale.ts'
import { benchBoard, boardTag, quickClock } from '../support/virtual-board.ts'

const made = brokerPaper()

const embedded = async (): Promise<EmbeddedBroker> => startEmbedded(await made)

async function sightings(broker: EmbeddedBroker, count: number): Promise<Sighting[]> {
  const seen: Sighting[] = []
  for await (const sighting of broker.sightings) if (seen.push(sighting) === count) return seen
  return seen
}

test('a board in the middle of a session is written by cable, as any other, and connects with what it then holds', async () => {
  const { root, board: own, foreign } = await made
  const broker = await embedded()
  // No attempt of its own while it is written: the broker would see that it left.
  const retry = { first: 1e6, factor: 1, most: 1e6 }
  const { board, modem, prints } = benchBoard(broker.port, { root, ...own }, { retry })
  await board.boot()
  await board.shows('connected')
  const cable = memoryCable()
  void new AtHost(modem, { clock: quickClock }).serve(cable.modem)
  const channel = new Channel(cable.host, { clock: systemClock })
  const before = board.log.length
  const write = async (texts: readonly string[]): Promise<void> => {
    const { result, left } = await withPen(channel, async (pen) => {
      for (const [type, text] of texts.entries()) {
        const outcome = await pen.write({ tag: boardTag, type }, utf8(text))
        if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
      }
    })
    expect([result.ok, left.asFound]).toEqual([true, true])
  }
  await write([foreign.root, own.chain, own.key])
  await prints(/LTE Link lost/, before)
  await prints(/mqtt_connect -111/, before)
  await write([root, own.chain, own.key])
  await board.shows('connected')
  const seen = await sightings(broker, 3)
  expect(seen.map(({ session, refused }) => session !== undefined || refused)).toEqual([
    true,
    { by: 'device', reason: expect.any(String), alert: 48 },
    true,
  ])
  await channel.close()
  await board.halt()
  await broker.close()
})

test('what Mosquitto refuses in the handshake, the embedded broker refuses with CONNACK 5, and the board prints that', async () => {
  const { root, expired, foreign } = await made
  const broker = await embedded()
  for (const texts of [{ root, ...expired }, { root, chain: foreign.chain, key: foreign.key }, { root }]) {
    const { board, prints } = benchBoard(broker.port, texts)
    await board.boot()
    await prints(/<err> mqtt_simple: MQTT connect failed: 5$/)
    await board.shows('error')
    await board.halt()
  }
  expect((await sightings(broker, 3)).every(({ refused }) => refused?.by === 'broker')).toBe(true)
  await broker.close()
})

test('a fleet connects, all at once, and halts, all at once', async () => {
  const { root, board: own } = await made
  const broker = await embedded()
  const count = scaled(200, 12)
  const fleet = Array.from({ length: count }, (_, index) =>
    benchBoard(broker.port, { root, ...own }, { clientId: `nrf-${index}` }),
  )
  const started = performance.now()
  await Promise.all(fleet.map(({ board }) => board.boot()))
  await Promise.all(fleet.map(({ board }) => board.shows('connected')))
  const connectedAfterMs = Math.round(performance.now() - started)
  const clients = new Set((await sightings(broker, count)).map(({ clientId }) => clientId))
  expect(clients.size).toBe(count)
  await Promise.all(fleet.map(({ board }) => board.halt()))
  figure('board-fleet', { boards: count, connectedAfterMs })
  await broker.close()
})

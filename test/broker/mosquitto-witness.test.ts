import { expect, test } from 'vitest'
import { Mailbox } from '../../src/at/index.ts'
import { MosquittoWitness, type Observed } from '../../src/broker/index.ts'
import { virtualClock } from '../../src/terms/index.ts'
import { firstSighting } from '../support/witnessed.ts'

/** A witness to whom a test tells what was seen and what the log said: orders that a real broker leaves to chance. */
function scripted() {
  const sightings = new Mailbox<Observed>(100)
  const log = new Mailbox<string>(100)
  const clock = virtualClock(1_000_000)
  const witness = new MosquittoWitness({ sightings }, log, clock)
  return {
    clock,
    next: () => firstSighting(witness),
    handshake: (port: number, name = `CN=board-${port}`) =>
      sightings.put({
        at: 1,
        peer: `10.0.0.1:${port}`,
        brokerSeesPort: port,
        handshake: 'full',
        certificate: { fingerprint: `F${port}`, subject: name, serial: '01' },
      }),
    says: (text: string) => log.put(`1763804400: ${text}`),
    /** Both mailboxes are read. */
    settled: async () => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    },
  }
}

const came = (port: number): string => `New connection from 127.0.0.1:${port} on port 8883.`
const entered = (port: number, id: string): string =>
  `New client connected from 127.0.0.1:${port} as ${id} (p2, c1, k60).`
const refused = 'Client <unknown> disconnected, not authorised.'

test('a CONNECT that is refused is the only unnamed connection’s; of two, nobody knows whose it was', async () => {
  const { clock, next, handshake, says, settled } = scripted()
  for (const port of [1, 2]) {
    says(came(port))
    handshake(port)
  }
  await settled()
  says(entered(1, 'board-1'))
  expect(await next()).toMatchObject({ clientId: 'board-1', session: 1_000_000 })
  says(refused)
  expect(await next()).toMatchObject({
    certificate: { fingerprint: 'F2' },
    refused: { by: 'broker', reason: 'not-authorised' },
  })
  for (const port of [3, 4]) {
    says(came(port))
    handshake(port)
  }
  await settled()
  says(refused)
  await settled()
  clock.advance(10_000)
  for (const port of [3, 4])
    expect(await next()).toMatchObject({
      certificate: { fingerprint: `F${port}` },
      refused: { reason: 'undecided', candidates: ['not-authorised', 'left'] },
    })
})

test('a connection that does not come through the observer takes no blame away, and gives none', async () => {
  const { clock, next, handshake, says, settled } = scripted()
  says(came(1))
  handshake(1)
  // A stranger at the broker's own port.
  says(came(99))
  await settled()
  says(refused)
  await settled()
  clock.advance(10_000)
  expect(await next()).toMatchObject({ refused: { reason: 'undecided' } })
})

test('a client id that somebody took who came another way is told without naming a rival', async () => {
  const { clock, next, handshake, says, settled } = scripted()
  handshake(1)
  await settled()
  says(entered(1, 'nrf-7'))
  await next()
  says('Client nrf-7 already connected, closing old connection.')
  says(entered(99, 'nrf-7'))
  await settled()
  clock.advance(10_000)
  const sighting = await next()
  expect(sighting).toMatchObject({ certificate: { fingerprint: 'F1' }, refused: { reason: 'client-id-clash' } })
  expect(sighting.refused?.rival).toBeUndefined()
  // And what is denied to the stranger is not told of the board.
  says("Denied PUBLISH from nrf-7 (d0, q1, r0, m3, 'x', ... (1 bytes))")
  handshake(2)
  await settled()
  says(entered(2, 'board-2'))
  expect(await next()).toMatchObject({ clientId: 'board-2' })
})

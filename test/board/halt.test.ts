import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { EmbeddedBroker } from '../../src/broker/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { figure } from '../support/figures.ts'
import { brokerPaper } from '../support/paper.ts'
import { spawned } from '../support/spawned.ts'
import { freePort } from '../support/mosquitto.ts'
import { plainTcp } from '../support/tls-servers.ts'

const script = fileURLToPath(new URL('../support/halting-board.ts', import.meta.url))

test('a halted board leaves no socket and no timer: its process ends by itself, whatever the board was doing', async () => {
  const { root, server, board, foreign } = await brokerPaper()
  const broker = await EmbeddedBroker.start({
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    serverChain: server.chain,
    serverKey: server.key,
    clientRoots: root,
  })
  const silent = await plainTcp(() => {})
  const good = { root, ...board }
  const scenes = [
    // Looking for a network that does not come, with ten minutes of patience. First, because its modem, which is not halted
    // with its board, counts to the end of its search as long as the others take to find a network.
    { port: 1, texts: good, until: '\\+CEREG: 90', dead: true },
    // In a session, with 60 s to the next sign of life.
    { port: broker.port, texts: good, until: 'MQTT client connected' },
    // In the middle of a handshake that nobody answers, with 60 s of patience.
    { port: silent.port, texts: good, until: 'LTE Link Connected' },
    // Right after its alert, while the socket still lingers, before the next attempt.
    { port: broker.port, texts: { ...good, root: foreign.root }, until: 'Reconnecting' },
    { port: await freePort(), texts: good, until: 'Reconnecting' },
  ]
  const child = spawned(process.execPath, [script])
  child.say(JSON.stringify(scenes))
  child.close()
  const [, json] = await child.prints(/^(\{.*\})$/m)
  const { left, endedAfterMs } = JSON.parse(json ?? '{}') as { left: string[]; endedAfterMs: number }
  expect(left).toEqual([])
  expect(endedAfterMs).toBeLessThan(1000)
  figure('board-halt', { scenes: scenes.length, left: left.length, endedAfterMs })
  await child.stop()
  await silent.stop()
  await broker.close()
})

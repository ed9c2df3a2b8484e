import { connect } from 'node:net'
import { afterEach, beforeAll, expect } from 'vitest'
import { dial, gcmProfile } from '../../src/tls/index.ts'
import { diagnose, textEvidence } from '../../src/doctor/index.ts'
import { systemClock } from '../../src/port/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { leader } from '../support/evidence.ts'
import { mosquittoProgram, type RunningMosquitto, startMosquitto } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { type BrokerPaper, brokerPaper } from '../support/paper.ts'

const on = needs('mosquitto', mosquittoProgram !== undefined)
let paper: BrokerPaper
beforeAll(async () => {
  paper = await brokerPaper()
})

const running: RunningMosquitto[] = []
afterEach(async () => {
  for (const broker of running.splice(0)) await broker.stop()
})

/** What Mosquitto's own log makes the doctor say, after a board with these texts came. */
async function saidOf(meet: (port: number) => Promise<void>, until: RegExp): Promise<string | undefined> {
  const broker = await startMosquitto({ ca: paper.root, chain: paper.server.chain, key: paper.server.key })
  running.push(broker)
  await meet(broker.port)
  await broker.says(until)
  return leader(diagnose([textEvidence('mosquitto.log', broker.lines().join('\n'))]))
}

/** A board's TLS, as its modem does it: with these roots and this client. */
function board(root: string, client?: { chain: string; key: string }): (port: number) => Promise<void> {
  const own = client === undefined ? {} : { chain: utf8(client.chain), key: utf8(client.key) }
  return async (port) => {
    const order = {
      host: '127.0.0.1',
      port,
      profile: gcmProfile,
      knowsTime: false,
      clock: systemClock,
      patience: 10_000,
    }
    const dialled = await dial({ ...order, material: { roots: [utf8(root)], ...own } })
    if (dialled.ok) dialled.value.stream.destroy()
  }
}

on('Mosquitto’s log of a board that holds another CA makes the doctor say so', async () => {
  expect(await saidOf(board(paper.foreign.root, paper.board), /alert unknown ca/)).toBe('cred-wrong-ca')
})

on('Mosquitto’s log of a board without a client certificate makes the doctor say so', async () => {
  expect(await saidOf(board(paper.root), /did not return a certificate/)).toBe('client-cert-missing')
})

on('Mosquitto’s log of a board with a foreign or an expired certificate makes the doctor say so', async () => {
  for (const client of [paper.foreign, paper.expired])
    expect(await saidOf(board(paper.root, client), /verify failed/)).toBe('broker-does-not-trust-client-chain')
})

on('Mosquitto’s log of plain text on the TLS port makes the doctor say so', async () => {
  const plain = (port: number): Promise<void> =>
    new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\n\r\n'))
      socket.once('close', () => resolve())
      socket.on('error', () => socket.destroy())
    })
  expect(await saidOf(plain, /OpenSSL Error|disconnected|http/i)).toBe('plain-on-tls-port')
})

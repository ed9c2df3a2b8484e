import { expect } from 'vitest'
import { mosquittoProgram, type RunningMosquitto, startMosquitto } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { brokerPaper } from '../support/paper.ts'
import { benchBoard, type Texts } from '../support/virtual-board.ts'

const made = brokerPaper()
const withMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

async function broker(): Promise<RunningMosquitto> {
  const { root, server } = await made
  return startMosquitto({ ca: root, ...server })
}

/** What three builds of the same application print for the same tag, and what Mosquitto says meanwhile. */
async function told(texts: Texts, says?: RegExp): Promise<string[]> {
  const running = await broker()
  const numbers: string[] = []
  for (const [sdk, libc] of [
    ['1.0.0', 'minimal'],
    ['1.5.1', 'newlib'],
    ['1.9.1', 'newlib'],
  ] as const) {
    const { board, prints } = benchBoard(running.port, texts, { sdk, libc })
    await board.boot()
    const line = await prints(/mqtt_connect -/)
    numbers.push(/mqtt_connect (-\d+)/.exec(line)?.[1] ?? line)
    await board.shows('error')
    await board.halt()
  }
  if (says !== undefined) await running.says(says)
  expect(running.lines().filter((line) => /New client connected/.test(line))).toEqual([])
  await running.stop()
  return numbers
}

const credential = ['-45', '-95', '-111']

withMosquitto('M92 an empty tag never reaches the network, and prints -45, -95 or -111 (ERR-01, TLS-11)', async () => {
  const running = await broker()
  const { board, prints } = benchBoard(running.port, {})
  await board.boot()
  await prints(/mqtt_connect -111/)
  await board.halt()
  expect(running.lines().filter((line) => /New connection/.test(line))).toEqual([])
  await running.stop()
  expect(await told({})).toEqual(credential)
})

withMosquitto('a wrong CA on the board: Mosquitto logs alert unknown ca (ERR-84)', async () => {
  const { foreign, board } = await made
  expect(await told({ ...board, root: foreign.root }, /alert unknown ca/)).toEqual(credential)
})

withMosquitto('a missing client certificate is refused by Mosquitto (ERR-83)', async () => {
  const { root } = await made
  expect(await told({ root }, /peer did not return a certificate/)).toEqual(credential)
})

withMosquitto('a foreign client certificate is refused by Mosquitto (ERR-83)', async () => {
  const { root, foreign } = await made
  expect(await told({ root, chain: foreign.chain, key: foreign.key }, /certificate verify failed/)).toEqual(credential)
})

withMosquitto('an expired client certificate is refused by Mosquitto (ERR-83)', async () => {
  const { root, expired } = await made
  expect(await told({ root, ...expired }, /certificate verify failed/)).toEqual(credential)
})

withMosquitto(
  'a key of another certificate, and a missing one, end the handshake on the board (ERR-83, TLS-27, TLS-29)',
  async () => {
    const { root, board, foreign } = await made
    expect(await told({ root, chain: board.chain, key: foreign.key })).toEqual(credential)
    expect(await told({ root, chain: board.chain })).toEqual(credential)
  },
)

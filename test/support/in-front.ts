import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../../src/port/index.ts'
import type { VirtualModem } from '../../src/virtual/index.ts'
import { testBoard } from './board.ts'
import type { BrokerDesk } from './broker-desk.ts'
import { type RunningMosquitto, startMosquitto } from './mosquitto.ts'

/** The flags of a watch that is a broker of its own. */
export const ownBroker = ['--server-cert', 'server.crt', '--server-key', 'server.key', '--client-ca', 'root.crt']

/** A Mosquitto whose log is a file on the desk. */
export interface Fronted {
  readonly broker: RunningMosquitto
  /** The flags of a watch in front of it. */
  readonly args: readonly string[]
}

/** Starts one. */
export async function frontedMosquitto(made: BrokerDesk): Promise<Fronted> {
  const { root, server } = made.paper
  const broker = await startMosquitto({ ca: root, ...server })
  const log = join(made.folder, 'mosquitto.log')
  writeFileSync(log, 'a line from before\n')
  void (async () => {
    for await (const line of broker.log()) appendFileSync(log, `${line}\n`)
  })()
  return { broker, args: ['--in-front-of', `127.0.0.1:${broker.port}`, '--broker-log', 'mosquitto.log'] }
}

/** Puts a virtual board on the desk, as `--port test:board`, in real time and as fast as the line allows. */
export function boardOn(made: BrokerDesk, mfw: string, seed: string): VirtualModem {
  const board = testBoard({ mfw, seed, clock: systemClock, baud: 0 })
  made.boards.set('test:board', () => board.plug().port)
  return board.modem
}

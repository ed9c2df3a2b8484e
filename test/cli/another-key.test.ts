import { afterEach, expect, test } from 'vitest'
import { gcmProfile } from '../../src/tls/index.ts'
import type { VirtualModem } from '../../src/virtual/index.ts'
import { type BrokerDesk, brokerDesk, filesOf } from '../support/broker-desk.ts'
import { boardOn, frontedMosquitto, ownBroker } from '../support/in-front.ts'
import { mosquittoProgram } from '../support/mosquitto.ts'
import { needs } from '../support/outside.ts'
import { benchBoard, boardTag } from '../support/virtual-board.ts'
import { watching } from '../support/watching.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

/** A board with the right root CA and certificate, and a key that is another one's: written by somebody after us. */
async function boardWithAnotherKey(made: BrokerDesk, mfw: string): Promise<VirtualModem> {
  const modem = boardOn(made, mfw, 'another key')
  expect((await made.run(['apply', '--port', 'test:board', ...filesOf(), '--proof', 'presence'])).exit).toBe(0)
  if (mfw === '1.0.0') modem.execute(`AT%CMNG=3,${boardTag},2`)
  expect(modem.execute(`AT%CMNG=0,${boardTag},2,"${made.paper.expired.key}"`).text).toMatch(/OK/)
  return modem
}

interface Witnessing {
  readonly args: readonly string[]
  /** Resolves when the broker's own log has said it: the log may come after the refusal. */
  readonly brokerSays: (pattern: RegExp) => Promise<unknown>
}

async function ourBroker(): Promise<Witnessing> {
  return {
    args: ownBroker,
    brokerSays: () => Promise.resolve(),
  }
}

async function inFrontOfMosquitto(made: BrokerDesk): Promise<Witnessing> {
  const { broker, args } = await frontedMosquitto(made)
  close.push(() => broker.stop())
  return {
    args,
    brokerSays: (pattern) => broker.says(pattern),
  }
}

const onMosquitto = needs('mosquitto', mosquittoProgram !== undefined)
/** Whether a modem notices it before it signs is not known: either way it must be told. TLS-29 (OPEN) */
const modems = ['1.0.0', '2.0.2'].flatMap((mfw) => [
  { mfw, notices: true, why: /gave up in the middle: likely the key in the board is missing or does not fit/ },
  { mfw, notices: false, why: /the key in the board does not fit the certificate in it/ },
])
const scenes = modems.flatMap(({ mfw, notices, why }) => {
  const what = `mfw ${mfw} ${notices ? 'notices it' : 'signs all the same'}`
  const log = notices ? /handshake failure/ : /bad signature|decrypt/
  return [
    { name: `${what}, a broker of ours`, mfw, notices, why, witness: ourBroker, on: test, log: /it says it/ },
    { name: `${what}, Mosquitto`, mfw, notices, why, witness: inFrontOfMosquitto, on: onMosquitto, log },
  ]
})

for (const { name, mfw, notices, why, witness, on, log } of scenes) {
  on(
    `${name}: right files and another key in the modem: the rehearsal passes, nothing says PASS, and it is seen why`,
    async () => {
      const made = await brokerDesk()
      close.push(() => made.clear())
      const modem = await boardWithAnotherKey(made, mfw)
      const { args, brokerSays } = await witness(made)
      const verify = ['verify', '--port', 'test:board', ...filesOf(), '--proof', 'session', '--json']
      const ran = await watching(made, ['--cert', 'board.crt', ...args], async ({ port, says, stop }) => {
        const rehearsed = await made.run(['rehearse', `localhost:${port}`, ...filesOf()])
        expect(rehearsed).toMatchObject({ exit: 0 })
        expect(rehearsed.out).not.toMatch(/PASS/)
        await says(/it was a rehearsal of the host/)
        const { board } = benchBoard(port, {}, { modem, profile: { ...gcmProfile, noticesForeignKey: notices } })
        close.push(() => board.halt())
        await board.boot()
        await says(why)
        expect((await made.run(verify)).result['verdict']).not.toBe('PASS')
        stop()
      })
      // Both show whose certificate it was: it is this board's, and it was refused.
      expect(ran.exit).toBe(5)
      expect(ran.out).not.toMatch(/PASS/)
      await brokerSays(log)
      // Where the listing shows digests, it is FAIL before anybody connects; where it does not, nobody can know from the cable.
      const judged = mfw === '2.0.2' ? { exit: 5, verdict: 'FAIL' } : { exit: 1, verdict: 'UNKNOWN' }
      expect((await made.run(verify)).result).toMatchObject(judged)
    },
  )
}

import { createPrivateKey, X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { offerTcp, systemClock } from '../../src/port/index.ts'
import { byteText } from '../../src/terms/index.ts'
import { AtHost, personality, VirtualModem } from '../../src/virtual/index.ts'
import { type CaDesk, caDesk, knowing } from '../support/ca-desk.ts'
import { figure } from '../support/figures.ts'
import { killAt } from '../support/kill-at.ts'
import { inParallel } from '../support/pool.ts'
import { start } from '../support/process.ts'
import { sampled } from '../support/scale.ts'

const tag = 16_842_753
const job = ['--tag', String(tag), '--ca', 'root.crt', '--enrol', 'device', '--proof', 'presence']
const never = 1_000_000
const hour = 3_600_000

interface Bench extends CaDesk {
  readonly modem: VirtualModem
  readonly port: string[]
  end(): Promise<void>
}

/** A desk with an authority, and a board on a TCP port, which a real process can reach. */
async function bench(): Promise<Bench> {
  const made = await caDesk()
  const line = personality('1.3.5')
  if (line === undefined) throw new Error('no such firmware')
  const modem = new VirtualModem({ personality: line, clock: systemClock, seed: 'enrol cut' })
  modem.execute('AT+CFUN=1')
  const host = new AtHost(modem, { clock: systemClock, baud: 0 })
  const server = await offerTcp('127.0.0.1', 0, (port) => host.serve(port))
  made.file('root.crt', made.files.rootCertificate)
  return {
    ...made,
    modem,
    port: ['--port', `tcp://127.0.0.1:${server.port}`],
    async end() {
      await server.close()
      made.clear()
    },
  }
}

/** An enrolment by a real process that is killed before its n-th change of the disk. Gives how many there were where it lived. */
async function killed(made: Bench, moment: number): Promise<number> {
  const env = { ...knowing(made.folder), NODE_OPTIONS: `--import=${killAt}`, SECTAG_KILL_AT: String(moment) }
  const running = start(['apply', ...made.port, ...job], { cwd: made.folder, env })
  await running.ended
  expect(running.child.signalCode, running.err()).toBe(moment === never ? null : 'SIGKILL')
  return Number(/moments: (\d+)/.exec(running.err())?.[1])
}

function held(modem: VirtualModem, type: number): string | undefined {
  const item = modem.store.get({ tag, type })
  return item === undefined ? undefined : byteText(item.content)
}

/** Whether the certificate in the board is for the key in the board. */
function isPair(modem: VirtualModem): boolean {
  const pem = held(modem, 1)
  const { key } = modem.tlsMaterial([tag])
  if (pem === undefined || key === undefined) return false
  return new X509Certificate(pem).checkPrivateKey(createPrivateKey(byteText(key)))
}

test('an enrolment killed at any moment: nothing says that it is whole before it is, and one more command makes it whole', {
  timeout: hour,
}, async () => {
  const first = await bench()
  const count = await killed(first, never)
  await first.end()
  expect(count).toBeGreaterThan(40)
  const moments = sampled(
    Array.from({ length: count }, (_, index) => index),
    14,
  )
  const found = { kills: 0, open: 0, whole: 0, lies: 0, healed: 0 }
  await inParallel(moments, 2, async (moment) => {
    const made = await bench()
    await killed(made, moment)
    const looked = await made.run(['verify', ...made.port, ...job, '--json'])
    if (looked.exit === 0) found.whole++
    if (looked.exit === 0 && !isPair(made.modem)) found.lies++
    const open = looked.events.some((event) => event['code'] === 'open-run')
    if (open) found.open++
    const again = await made.run(
      open
        ? ['resume', ...made.port, '--proof', 'presence', '--yes', '--json']
        : ['apply', ...made.port, ...job, '--yes', '--json'],
    )
    expect(again.exit, `killed at ${moment}: ${JSON.stringify(again.events.slice(-2))}`).toBe(0)
    const verified = await made.run(['verify', ...made.port, ...job])
    const back = made.modem.state.functionalMode === 1
    if (verified.exit === 0 && isPair(made.modem) && held(made.modem, 0) !== undefined && back) found.healed++
    found.kills++
    await made.end()
  })
  figure('kill-enrolment', found)
  expect(found).toMatchObject({ kills: moments.length, lies: 0, healed: moments.length })
  expect(found.open).toBeGreaterThan(0)
})

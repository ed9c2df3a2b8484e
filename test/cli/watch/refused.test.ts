import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { ensureHome } from '../../../src/cli/home/home.ts'
import { KnownBoard } from '../../../src/cli/home/known.ts'
import { type BrokerDesk, brokerDesk } from '../../support/broker-desk.ts'
import { frontedMosquitto, ownBroker } from '../../support/in-front.ts'
import { mosquittoProgram } from '../../support/mosquitto.ts'
import { attempt } from '../../support/mqtt-client.ts'
import { needs } from '../../support/outside.ts'
import { type Scene, watching } from '../../support/watching.ts'

const close: (() => unknown)[] = []
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end()
})

async function bench(): Promise<BrokerDesk> {
  const made = await brokerDesk()
  close.push(() => made.clear())
  return made
}

/** Somebody comes, is refused, and the watch is ended when it has said so. */
function comes(made: BrokerDesk, who: 'expired' | 'foreign'): (scene: Scene) => Promise<void> {
  return async ({ port, says, stop }) => {
    const { chain, key } = made.paper[who]
    const { socket } = await attempt(port, 'board-7', { cert: chain, key })
    socket.destroy()
    await says(/refused/)
    stop()
  }
}

/** The home knows that this board may hold that certificate. */
function remembers(made: BrokerDesk, imei: string, pem: string): string {
  const fingerprint = new X509Certificate(pem).fingerprint256.replaceAll(':', '')
  const board = new KnownBoard(ensureHome(join(made.folder, 'home')), imei)
  board.add({
    fact: 'writing',
    at: 1,
    slots: [{ tag: 16_842_753, type: 1 }],
    certificates: [{ tag: 16_842_753, fingerprint }],
  })
  return fingerprint
}

test('a refused board is named by subject, fingerprint and IMEI, with the reason and the next command', async () => {
  const made = await bench()
  const print = remembers(made, '351358811124772', made.paper.expired.chain)
  const ran = await watching(made, ['--cert', 'board.crt', ...ownBroker], comes(made, 'expired'))
  const [line = '', next = ''] = ran.out.slice(ran.out.indexOf('CN=board-old')).split('\n')
  expect(line).toBe(
    `CN=board-old, SHA-256 ${print.slice(0, 16)}…, IMEI 351358811124772, client id board-7: refused by the broker, the board's certificate has expired`,
  )
  expect(next).toMatch(/^ {2}next {3}sectag ca renew --cert OLD\.crt --out NEW\.crt/)
})

test('for machines a refusal has its class, the boards that it may be, and the next command', async () => {
  const made = await bench()
  remembers(made, '351358811124772', made.paper.foreign.chain)
  remembers(made, '351358811124773', made.paper.foreign.chain)
  const ran = await watching(made, ['--cert', 'board.crt', ...ownBroker, '--json'], comes(made, 'foreign'))
  expect(ran.events.find(({ type }) => type === 'sighting')).toMatchObject({
    refused: { by: 'broker', reason: 'client-unknown-ca' },
    boards: ['351358811124772', '351358811124773'],
    next: expect.stringMatching(/^sectag rehearse 127\.0\.0\.1:\d+ /),
  })
})

const onMosquitto = needs('mosquitto', mosquittoProgram !== undefined)

async function front(made: BrokerDesk): Promise<readonly string[]> {
  const { broker, args } = await frontedMosquitto(made)
  close.push(() => broker.stop())
  return args
}

onMosquitto('without the files of the broker it says UNKNOWN and what it can be; with them it decides', async () => {
  const made = await bench()
  const flags = ['--cert', 'foreign.crt', ...(await front(made))]
  const blind = await watching(made, flags, comes(made, 'foreign'))
  expect(blind.out).toMatch(
    /CN=stranger, .* refused by the broker, UNKNOWN, it can be any of these: .*does not trust; or .*\(alert 48\)/,
  )
  expect(blind.out).toMatch(/next {3}sectag watch --help {3}# --client-ca and --crl/)
  // It was refused, whatever for.
  expect(blind).toMatchObject({ exit: 5 })
  const seeing = await watching(made, [...flags, '--client-ca', 'root.crt'], comes(made, 'foreign'))
  expect(seeing.out).toMatch(
    /CN=stranger, .* the board showed a certificate that this broker does not trust \(alert 48\)/,
  )
  const gone = await made.run(['watch', ...flags, '--crl', 'gone.crl'])
  expect(gone).toMatchObject({ exit: 2 })
  expect(gone.err).toMatch(/--crl: there is no file .*gone\.crl/)
})

onMosquitto('what is no TLS is cut in front of a broker, and with --fail-open it passes, unread', async () => {
  const made = await bench()
  const flags = ['--cert', 'board.crt', ...(await front(made))]
  const plain = async ({ port, says, stop }: Scene, pattern: RegExp): Promise<void> => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    await once(socket, 'connect')
    socket.write('\x10\x0c\x00\x04MQTT\x04\x02\x00\x3c', 'latin1')
    await says(pattern)
    socket.destroy()
    stop()
  }
  const shut = await watching(made, flags, (scene) => plain(scene, /refused/))
  expect(shut.out).toMatch(/nobody by name: refused by the witness, what came was not TLS/)
  expect(shut).toMatchObject({ exit: 1 })
  const open = await watching(made, [...flags, '--fail-open', '--json'], (scene) => plain(scene, /"sighting"/))
  expect(open.events.find(({ type }) => type === 'sighting')).toMatchObject({ handshake: 'unreadable' })
  expect(open).toMatchObject({ exit: 1 })
})

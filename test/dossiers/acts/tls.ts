import { execFileSync } from 'node:child_process'
import type { Piece } from '../dossier.ts'
import { openssl, plainTcp } from '../../support/tls-servers.ts'
import { quickClock } from '../../support/virtual-board.ts'
import { issue } from '../../support/tls-paper.ts'
import { plainConnect } from '../plain-connect.ts'
import { profileOf } from '../profile.ts'
import { brokerLog, cable, logOf, note, type Stage, suffers } from '../stage.ts'
import { connectFails, type Template } from '../template.ts'
import { askAll } from './store.ts'

/** What `openssl s_client` on a colleague's machine says of a port. */
function clientSays(port: number, ...more: readonly string[]): Piece {
  const args = ['s_client', '-connect', `127.0.0.1:${port}`, '-showcerts', ...more]
  let text: string
  try {
    text = execFileSync(openssl ?? 'openssl', args, { input: '', stdio: 'pipe', timeout: 10_000 }).toString()
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer }
    text = `${stdout ?? ''}${stderr ?? ''}`
  }
  return { name: 's_client.txt', kind: 'tool', text: `$ openssl ${args.join(' ')}\n${text}` }
}

async function meets(
  stage: Stage,
  files: Parameters<Stage['broker']>[0],
  says: RegExp,
  commands: readonly string[] = askAll,
): Promise<{ pieces: Piece[]; port: number }> {
  const broker = await stage.broker(files)
  const bench = stage.board(broker.port, stage.good)
  await suffers(bench, connectFails)
  return {
    pieces: [logOf(bench), cable(bench.modem, commands), await brokerLog(broker, says)],
    port: broker.port,
  }
}

const years = (count: number): number => count * 365 * 86_400_000

/** Troubles between the board's TLS and the broker's, with credentials that are what they should be. */
export const tlsTemplates: readonly Template[] = [
  {
    name: 'another-root-in-the-modem',
    truth: 'cred-wrong-ca',
    async act(stage) {
      const broker = await stage.broker()
      const bench = stage.board(broker.port, { ...stage.good, root: stage.paper.stranger.pem })
      await suffers(bench, connectFails)
      return [logOf(bench), cable(bench.modem, askAll), await brokerLog(broker, /alert unknown ca/)]
    },
  },
  {
    name: 'root-of-the-broker-replaced',
    truth: 'server-ca-rotated',
    acceptable: ['cred-wrong-ca'],
    async act(stage) {
      const { stranger } = stage.paper
      const server = await issue({ subject: 'broker', under: stranger, names: ['broker.test'] })
      const { pieces } = await meets(stage, { chain: server.pem, key: server.key }, /alert unknown ca/)
      return [note('All devices stopped connecting on Monday; nobody had touched them.'), ...pieces]
    },
  },
  {
    name: 'server-chain-too-large',
    truth: 'cert-chain-too-large',
    async act(stage) {
      const server = await issue({ subject: 'broker', under: stage.paper.root, padding: 90, names: ['broker.test'] })
      const broker = await stage.broker({ chain: server.pem, key: server.key })
      const bench = stage.board(broker.port, stage.good)
      await suffers(bench, connectFails)
      return [logOf(bench), cable(bench.modem, askAll), clientSays(broker.port)]
    },
  },
  {
    name: 'broker-speaks-1.3-only',
    truth: 'tls-version-mismatch',
    act: async (stage) => (await meets(stage, { version: 'tlsv1.3' }, /unsupported protocol|version/i)).pieces,
  },
  {
    name: 'no-common-suite',
    truth: 'tls-version-mismatch',
    act: async (stage) =>
      (await meets(stage, { more: ['ciphers ECDHE-ECDSA-CHACHA20-POLY1305'] }, /no shared cipher/)).pieces,
  },
  {
    name: 'certificate-for-another-name',
    truth: 'hostname-mismatch',
    acceptable: ['cred-wrong-ca'],
    async act(stage) {
      const broker = await stage.broker()
      const profile = { ...profileOf(stage.setting.mfw), checksHostName: true }
      const place = { host: '127.0.0.1', port: broker.port, name: 'mqtt.example.org' }
      const bench = stage.board(broker.port, stage.good, { profile, broker: place })
      await suffers(bench, connectFails)
      return [
        logOf(bench),
        await brokerLog(broker, /bad certificate/),
        clientSays(broker.port, '-verify_hostname', 'mqtt.example.org', '-verify_return_error'),
      ]
    },
  },
  {
    name: 'plain-mqtt-to-the-tls-port',
    truth: 'plain-on-tls-port',
    async act(stage) {
      const broker = await stage.broker()
      await plainConnect(broker.port)
      return [await brokerLog(broker, /wrong version number|unknown protocol|http request|packet length/)]
    },
  },
  {
    name: 'server-never-answers-the-hello',
    truth: 'handshake-timeout',
    acceptable: ['net-blocked'],
    async act(stage) {
      const mute = await plainTcp(() => {})
      stage.finally(() => mute.stop())
      const bench = stage.board(mute.port, stage.good, { patience: 2000 })
      await suffers(bench, connectFails)
      return [
        note('A plain TCP connection to that host and port opens at once.'),
        logOf(bench),
        cable(bench.modem, askAll),
      ]
    },
  },
  {
    name: 'clock-of-the-modem-in-the-past',
    truth: 'clock-not-set',
    async act(stage) {
      const broker = await stage.broker()
      const clock = { ...quickClock, now: () => quickClock.now() - years(10) }
      const bench = stage.board(broker.port, stage.good, { clock, network: { time: true } })
      await suffers(bench, connectFails)
      return [logOf(bench), cable(bench.modem, [...askAll, 'AT+CCLK?']), await brokerLog(broker, /bad certificate/)]
    },
  },
]

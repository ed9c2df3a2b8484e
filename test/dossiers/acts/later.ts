import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { utf8 } from '../../../src/terms/index.ts'
import { freePort } from '../../support/mosquitto.ts'
import { issue } from '../../support/tls-paper.ts'
import { openssl } from '../../support/tls-servers.ts'
import { boardTag, type Texts } from '../../support/virtual-board.ts'
import type { Piece, Setting } from '../dossier.ts'
import { brokerLog, bySms, cable, logOf, note, type Stage, suffers } from '../stage.ts'
import { connectFails, type Template } from '../template.ts'
import { askAll } from './store.ts'

const warnsOfPower = ({ mfw }: Setting): boolean => !/^1\.[0-2]\.|^1\.3\.1/.test(mfw)
const oneByOne = ['AT+CGMR', ...[0, 1, 2].map((type) => `AT%CMNG=1,${boardTag},${type}`)]
const lost = /Failed to establish LTE connection/

/** A board that cannot connect, its log, and what it answers over a cable. */
async function asked(stage: Stage, texts: Texts, commands: readonly string[]): Promise<Piece[]> {
  const bench = stage.board((await stage.broker()).port, texts)
  await suffers(bench, connectFails)
  return [cable(bench.modem, commands), logOf(bench)]
}

/** The same, asked by SMS. */
async function askedFromAfar(stage: Stage, texts: Texts): Promise<Piece[]> {
  const bench = stage.board((await stage.broker()).port, texts)
  await suffers(bench, connectFails)
  return [await bySms(bench, ['AT+CGMR', ...oneByOne.slice(1)]), logOf(bench)]
}

/** A board that finds no network for this EMM cause. */
async function refusedBy(stage: Stage, refuses: number): Promise<Piece[]> {
  const bench = stage.board(await freePort(), stage.good, { network: { refuses }, searchPatience: 2000 })
  await suffers(bench, lost)
  return [cable(bench.modem, ['AT+CEREG?', 'AT+CEER']), logOf(bench)]
}

/** Written when the rules were finished: what the doctor says of these nobody has tuned. */
export const laterTemplates: readonly Template[] = [
  {
    name: 'empty-and-told-at-each-start',
    truth: 'cred-slot-empty',
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, {}, { habits: { bootCheck: { tells: '+491700000000' } } })
      // It looks before it searches; a log that ended there would tell of a board that has no network yet.
      await suffers(bench, /LTE Link Connected/, 1)
      return [logOf(bench), cable(bench.modem, oneByOne)]
    },
  },
  {
    name: 'key-missing-one-by-one',
    truth: 'cred-set-incomplete',
    async act(stage) {
      const { root, chain } = stage.good
      return asked(stage, { ...(root !== undefined && { root }), ...(chain !== undefined && { chain }) }, oneByOne)
    },
  },
  {
    name: 'certificate-missing-from-afar',
    truth: 'cred-set-incomplete',
    async act(stage) {
      const { root, key } = stage.good
      return askedFromAfar(stage, { ...(root !== undefined && { root }), ...(key !== undefined && { key }) })
    },
  },
  {
    name: 'filled-under-another-number-from-afar',
    truth: 'cred-wrong-sec-tag',
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, {})
      for (const [type, text] of Object.values(stage.good).entries())
        bench.modem.store.put({ tag: 24, type }, utf8(String(text)))
      await suffers(bench, connectFails)
      return [logOf(bench), cable(bench.modem, ['AT+CMEE=1', `AT%CMNG=1,${boardTag}`, 'AT%CMNG=1,24'])]
    },
  },
  {
    name: 'gone-after-a-brown-out',
    truth: 'cred-lost-after-power-event',
    async act(stage) {
      const broker = await stage.broker()
      const bench = stage.board(broker.port, stage.good)
      await suffers(bench, /MQTT client connected/, 1)
      await bench.board.halt()
      bench.modem.store.lose(boardTag)
      await suffers(bench, connectFails)
      return [
        note('It was in service since March. After a brown-out of the supply it never came back.'),
        logOf(bench),
        cable(bench.modem, askAll),
      ]
    },
  },
  {
    name: 'certificate-of-the-broker-ran-out',
    truth: 'server-ca-rotated',
    acceptable: ['cred-wrong-ca'],
    async act(stage) {
      const server = await issue({ subject: 'broker', under: stage.paper.root, from: -90, until: -1 })
      const broker = await stage.broker({ chain: server.pem, key: server.key })
      const bench = stage.board(broker.port, stage.good, { network: { time: true } })
      await suffers(bench, connectFails)
      const log = await brokerLog(broker, /certificate expired/)
      return [note('Since this morning none of our boards connects.'), logOf(bench), log]
    },
  },
  ...[7, 12, 14].map(
    (cause): Template => ({
      name: `refused-with-${cause}-and-little-said`,
      truth: cause === 7 ? 'sim-not-active' : 'net-plmn-reject',
      acceptable: cause === 7 ? ['net-plmn-reject'] : ['net-sticky-reject'],
      act: (stage) => refusedBy(stage, cause),
    }),
  ),
  {
    name: 'no-card-and-little-said',
    truth: 'sim-failure',
    async act(stage) {
      const bench = stage.board(await freePort(), stage.good, { network: { sim: 'dead' }, searchPatience: 2000 })
      await suffers(bench, lost)
      return [cable(bench.modem, ['AT+CMEE=1', 'AT+CPIN?', `AT%CMNG=1,${boardTag}`])]
    },
  },
  {
    name: 'supply-too-low-to-erase',
    truth: 'supply-voltage-low',
    on: warnsOfPower,
    async act(stage) {
      const { modem } = stage.board(await freePort(), stage.good)
      for (const command of ['AT+CMEE=1', 'AT+CFUN=4', 'AT%XPOFWARN=1,31']) modem.execute(command)
      modem.power(3000)
      return [cable(modem, [`AT%CMNG=3,${boardTag},0`, 'AT%XVBAT', `AT%CMNG=1,${boardTag}`])]
    },
  },
  {
    name: 'one-client-id-seen-by-the-broker-only',
    truth: 'mqtt-duplicate-client-id',
    async act(stage) {
      const broker = await stage.broker()
      for (const bench of [stage.board(broker.port, stage.good), stage.board(broker.port, stage.good)])
        await bench.board.boot()
      let taken = 0
      for await (const line of broker.log()) if (/session taken over|closing old/.test(line) && ++taken === 6) break
      return [await brokerLog(broker, /taken over|closing old/)]
    },
  },
  {
    name: 'dropped-on-the-way-and-asked-from-afar',
    truth: 'net-blocked',
    acceptable: ['handshake-timeout'],
    async act(stage) {
      const bench = stage.board(await freePort(), stage.good, { network: { blocked: true }, patience: 2000 })
      await suffers(bench, connectFails)
      return [await bySms(bench, oneByOne), logOf(bench)]
    },
  },
  {
    name: 'name-not-resolved-and-asked-from-afar',
    truth: 'dns-failure',
    async act(stage) {
      const bench = stage.board(await freePort(), stage.good, { network: { dns: 'fails' } })
      await suffers(bench, /getaddrinfo failed/)
      return [await bySms(bench, oneByOne), logOf(bench)]
    },
  },
  {
    name: 'foreign-client-as-openssl-sees-it',
    truth: 'broker-does-not-trust-client-chain',
    async act(stage) {
      const { root, foreign } = stage.paper
      const folder = mkdtempSync(join(tmpdir(), 'sectag-dossier-'))
      stage.finally(async () => rmSync(folder, { recursive: true, force: true }))
      for (const [name, text] of [
        ['root.pem', root.pem],
        ['board.pem', foreign.pem],
      ] as const)
        writeFileSync(join(folder, name), text)
      const broker = await stage.broker()
      const bench = stage.board(broker.port, { root: root.pem, chain: foreign.pem, key: foreign.key })
      await suffers(bench, connectFails)
      const args = ['verify', '-CAfile', 'root.pem', 'board.pem']
      const { stdout, stderr } = spawnSync(openssl ?? 'openssl', args, { cwd: folder })
      const text = `$ openssl ${args.join(' ')}\n${stdout}${stderr}`
      return [await brokerLog(broker, /certificate verify failed/), { name: 'verify.txt', kind: 'tool', text }]
    },
  },
  {
    name: 'one-type-listed-and-nothing-else',
    truth: 'insufficient-evidence',
    acceptable: ['tls-handshake-unspecified'],
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, { ...stage.good, root: stage.paper.stranger.pem })
      await suffers(bench, connectFails, 1)
      const line = bench.board.log.find((text) => connectFails.test(text))
      return [{ ...logOf(bench), text: line ?? '' }, cable(bench.modem, [`AT%CMNG=1,${boardTag},1`])]
    },
  },
]

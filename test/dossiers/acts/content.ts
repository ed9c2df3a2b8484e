import type { Texts } from '../../support/virtual-board.ts'
import { boardTag } from '../../support/virtual-board.ts'
import { issue } from '../../support/tls-paper.ts'
import { brokerLog, cable, logOf, note, type Stage, suffers } from '../stage.ts'
import { connectFails, type Template } from '../template.ts'
import type { Piece, Setting } from '../dossier.ts'
import { profileOf } from '../profile.ts'
import { askAll } from './store.ts'

const checksContent = ({ mfw }: Setting): boolean => mfw === '2.0.2' || mfw === '2.0.4'
const warnsOfPower = ({ mfw }: Setting): boolean => !/^1\.[0-2]\.|^1\.3\.1/.test(mfw)

/** A text written over the cable while the radio is off, and what the modem said. */
async function written(stage: Stage, texts: Texts, write: string, volts = 3700): Promise<Piece[]> {
  const bench = stage.board((await stage.broker()).port, texts)
  bench.modem.power(volts)
  return [cable(bench.modem, ['AT+CMEE=1', 'AT+CFUN=4', write])]
}

const writing = (type: number, text: string): string => `AT%CMNG=0,${boardTag},${type},"${text}"`

/** What a connection of a board that holds this, and the broker's log of it, look like; and the content, read back. */
async function connecting(stage: Stage, texts: Texts, commands: readonly string[]): Promise<Piece[]> {
  const bench = stage.board((await stage.broker()).port, texts)
  await suffers(bench, connectFails)
  return [logOf(bench), cable(bench.modem, commands)]
}

const readBack = [...askAll, `AT%CMNG=2,${boardTag},0`]

/** Troubles of what a slot holds. */
export const contentTemplates: readonly Template[] = [
  {
    name: 'spaces-for-line-ends-refused',
    truth: 'pem-format',
    acceptable: ['pem-line-endings'],
    on: checksContent,
    act: (stage) => written(stage, {}, writing(0, stage.paper.root.pem.replaceAll('\n', ' '))),
  },
  {
    name: 'backslash-n-read-back',
    truth: 'pem-format',
    acceptable: ['pem-line-endings'],
    on: (setting) => !checksContent(setting),
    act: (stage) => connecting(stage, { ...stage.good, root: stage.paper.root.pem.replaceAll('\n', '\\n') }, readBack),
  },
  {
    name: 'no-line-ends-read-back',
    truth: 'pem-line-endings',
    acceptable: ['pem-format'],
    on: (setting) => !checksContent(setting),
    act: (stage) => connecting(stage, { ...stage.good, root: stage.paper.root.pem.replaceAll('\n', '') }, readBack),
  },
  {
    name: 'no-footer-refused',
    truth: 'pem-format',
    acceptable: ['cred-content-malformed'],
    on: checksContent,
    act: (stage) => written(stage, {}, writing(0, stage.paper.root.pem.split('-----END')[0] ?? '')),
  },
  {
    name: 'junk-read-back',
    truth: 'cred-content-malformed',
    acceptable: ['pem-format'],
    on: (setting) => !checksContent(setting),
    act: (stage) => connecting(stage, { ...stage.good, root: 'x' }, readBack),
  },
  {
    name: 'leaf-as-root',
    truth: 'leaf-pinned-instead-of-root',
    acceptable: ['cred-wrong-ca'],
    async act(stage) {
      const { root } = stage.paper
      const before = await issue({ subject: 'broker', under: root, from: -90, until: 30, names: ['broker.test'] })
      const broker = await stage.broker()
      const bench = stage.board(broker.port, { ...stage.good, root: before.pem })
      await suffers(bench, connectFails)
      return [
        note('The broker has got a new certificate. All boards that are updated with the new one work again.'),
        logOf(bench),
        cable(bench.modem, readBack),
        await brokerLog(broker, /alert unknown ca/),
      ]
    },
  },
  {
    name: 'supply-too-low-to-write',
    truth: 'supply-voltage-low',
    on: warnsOfPower,
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, {})
      const { modem } = bench
      for (const command of ['AT+CMEE=1', 'AT+CFUN=4', 'AT%XPOFWARN=1,30']) modem.execute(command)
      modem.power(2900)
      return [cable(modem, ['AT+CFUN?', 'AT%XVBAT', writing(0, stage.paper.root.pem)])]
    },
  },
  {
    name: 'key-of-another-certificate',
    truth: 'key-cert-mismatch',
    async act(stage) {
      const { root, board, foreign } = stage.paper
      const broker = await stage.broker()
      const profile = { ...profileOf(stage.setting.mfw), noticesForeignKey: false }
      const bench = stage.board(broker.port, { root: root.pem, chain: board.pem, key: foreign.key }, { profile })
      await suffers(bench, connectFails)
      return [logOf(bench), cable(bench.modem, askAll), await brokerLog(broker, /bad signature/)]
    },
  },
]

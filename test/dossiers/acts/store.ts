import { utf8 } from '../../../src/terms/index.ts'
import { boardTag, quickClock } from '../../support/virtual-board.ts'
import type { Piece } from '../dossier.ts'
import { brokerLog, bySms, cable, logOf, note, type Stage, suffers } from '../stage.ts'
import { connectFails, type Template } from '../template.ts'

/** What people ask a board over a cable, as vendors' support asks them to. */
export const askAll = ['AT', 'AT+CGMR', 'AT+CFUN?', 'AT+CEREG?', `AT%CMNG=1,${boardTag}`]
const bySmsAll = ['AT+CFUN?', ...[0, 1, 2].map((type) => `AT%CMNG=1,${boardTag},${type}`)]

const withCable = async (stage: Stage, texts: object, commands = askAll): Promise<Piece[]> => {
  const broker = await stage.broker()
  const bench = stage.board(broker.port, texts)
  await suffers(bench, connectFails)
  return [logOf(bench), cable(bench.modem, commands)]
}

/** Troubles of which slot holds what: they never reach the network, or end on the board. */
export const storeTemplates: readonly Template[] = [
  { name: 'tag-empty-cable', truth: 'cred-slot-empty', act: (stage) => withCable(stage, {}) },
  {
    name: 'tag-empty-sms',
    truth: 'cred-slot-empty',
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, {})
      await suffers(bench, connectFails)
      return [await bySms(bench, bySmsAll), logOf(bench)]
    },
  },
  {
    name: 'ca-only-cable',
    truth: 'cred-set-incomplete',
    acceptable: ['client-cert-missing'],
    act: (stage) => withCable(stage, { root: stage.good.root }),
  },
  {
    name: 'key-missing-sms',
    truth: 'cred-set-incomplete',
    async act(stage) {
      const { root, chain } = stage.good
      const bench = stage.board((await stage.broker()).port, { root, chain } as object)
      await suffers(bench, connectFails)
      return [logOf(bench), await bySms(bench, bySmsAll)]
    },
  },
  {
    name: 'ca-missing-cable',
    truth: 'cred-set-incomplete',
    act: (stage) => withCable(stage, { chain: stage.good.chain, key: stage.good.key }),
  },
  {
    name: 'another-tag-filled',
    truth: 'cred-wrong-sec-tag',
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, {})
      const { root, chain, key } = stage.good
      for (const [type, text] of [root, chain, key].entries())
        bench.modem.store.put({ tag: 42, type }, utf8(text ?? ''))
      await suffers(bench, connectFails)
      return [
        note(`The application uses sec_tag ${boardTag}.`),
        logOf(bench),
        cable(bench.modem, ['AT+CGMR', 'AT%CMNG=1']),
      ]
    },
  },
  {
    name: 'split-over-two-tags',
    truth: 'cred-wrong-type-or-tag',
    acceptable: ['cred-set-incomplete', 'cred-wrong-sec-tag'],
    async act(stage) {
      const { root, chain, key } = stage.good
      const bench = stage.board((await stage.broker()).port, { root } as object)
      for (const [index, text] of [chain, key].entries())
        bench.modem.store.put({ tag: 42, type: index + 1 }, utf8(text ?? ''))
      await suffers(bench, connectFails)
      return [note(`sec_tag of the app: ${boardTag}`), logOf(bench), cable(bench.modem, ['AT+CGMR', 'AT%CMNG=1'])]
    },
  },
  {
    name: 'lost-in-a-brown-out',
    truth: 'cred-lost-after-power-event',
    // Later firmware refuses to write then (POW-12).
    on: ({ mfw }) => /^1\.[0-2]\.|^1\.3\.1/.test(mfw),
    async act(stage) {
      const broker = await stage.broker()
      const rewrites = [51, 52].map((tag) => ({ tag, type: 4, text: `profile ${tag}` }))
      const battery = { level: 3700, sag: 200, brownOut: 3000 }
      const bench = stage.board(broker.port, stage.good, { habits: { rewrites }, battery })
      await suffers(bench, /MQTT client connected/, 1)
      battery.level = 3150
      await bench.board.boot()
      while (bench.modem.store.get({ tag: boardTag, type: 0 }) !== undefined) await quickClock.sleep(50)
      await bench.board.halt()
      battery.level = 3700
      await suffers(bench, connectFails)
      return [
        note('It had worked for months. Then the battery ran empty, and was charged again.'),
        logOf(bench),
        cable(bench.modem, [...askAll, 'AT%XVBAT']),
      ]
    },
  },
  {
    name: 'lost-after-empty-battery-by-sms',
    truth: 'cred-lost-after-power-event',
    async act(stage) {
      const broker = await stage.broker()
      const bench = stage.board(broker.port, stage.good)
      await suffers(bench, /MQTT client connected/, 1)
      await bench.board.halt()
      bench.modem.store.lose(boardTag)
      await suffers(bench, connectFails)
      return [
        note('Worked since spring; silent since its batteries were depleted last week.'),
        await bySms(bench, bySmsAll),
        await brokerLog(broker, /New client connected/),
      ]
    },
  },
  {
    name: 'erased-with-the-debugger',
    truth: 'erase-does-not-touch-modem-store',
    async act(stage) {
      const bench = stage.board((await stage.broker()).port, stage.good)
      return [
        note('We erased the whole chip with the debugger (ERASEALL), and the credentials should be gone.'),
        cable(bench.modem, ['AT', 'AT%CMNG=1']),
      ]
    },
  },
]

import { expect, test } from 'vitest'
import { flags, port, tag, workbench } from '../support/workbench.ts'

const modes = [0, 1, 4, 20, 21, 31, 44]
const levels: Record<number, number> = { 0: 0, 1: 5, 4: 3, 20: 2, 21: 4, 31: 1, 44: 2 }
const states = ['1.0.0', '2.0.2'].flatMap((mfw) =>
  modes.flatMap((mode) => [0, 1].map((cmee) => [mfw, mode, cmee] as const)),
)
const reading = [
  ['info', ...port],
  ['list', ...port],
  ['list', ...port, '--tag', String(tag), '--type', 'ca'],
  ['plan', ...port, ...flags],
  ['verify', ...port, ...flags],
  ['apply', ...port, ...flags, '--dry-run'],
  ['erase', ...port, '--tag', String(tag), '--dry-run'],
  ['resume', ...port],
]

test.each(states)(
  'mfw %s in CFUN=%i, CMEE=%i: every reading verb leaves mode, error reporting, subscriptions and store as found',
  async (mfw, mode, cmee) => {
    const made = await workbench({ mfw })
    const { modem } = made.board
    modem.execute(`AT%CMNG=0,${tag},0,"${made.paper.ca}"`)
    for (const line of [
      `AT+CEREG=${levels[mode]}`,
      mode % 2 === 0 ? 'AT+CNMI=3,2,0,1' : 'AT',
      `AT+CMEE=${cmee}`,
      `AT+CFUN=${mode}`,
    ])
      modem.execute(line)
    await made.board.clock.sleep(5000)
    const asked: string[] = []
    modem.inFront((text, answer) => (asked.push(text), answer()))
    const before = JSON.stringify([modem.state, [...modem.store.writes]])
    for (const argv of reading) {
      const ran = await made.run(argv)
      expect([0, 1, 5], `${argv.join(' ')}: ${ran.err}`).toContain(ran.exit)
      expect(JSON.stringify([modem.state, [...modem.store.writes]]), argv.join(' ')).toBe(before)
    }
    const setting = asked.filter((text) => /=(?!\?)/.test(text) && !/^AT%CMNG=[12]|^AT\+CLCK="SC",2/.test(text))
    expect(setting).toEqual([])
    made.clear()
  },
)

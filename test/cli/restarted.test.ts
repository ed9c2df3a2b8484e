import { expect, test } from 'vitest'
import { readState } from '../../src/modem/index.ts'
import { testBoard } from '../support/board.ts'
import type { Ran } from '../support/cli.ts'
import { cutPort } from '../support/cut.ts'
import { flags, port, tag, workbench } from '../support/workbench.ts'

function states(ran: Ran): Record<number, unknown> {
  const told = ran.events.filter((event) => event['type'] === 'slot')
  return Object.fromEntries(told.map((event) => [(event['slot'] as { type: number }).type, event['is']]))
}

test('resume tells slots that were as wanted from the start as what they are, not as missing', async () => {
  const made = await workbench()
  for (const [type, text] of [made.paper.ca, '', made.paper.key].entries())
    if (text !== '') made.board.modem.execute(`AT%CMNG=0,${tag},${type},"${text}"`)
  await made.active()
  made.boards.set('test:board', () => {
    const { port, unplug } = made.board.plug()
    return cutPort(port, 1, 100, () => made.board.clock.sleep(50).then(unplug))
  })
  expect((await made.run(['apply', ...port, ...flags])).exit).toBe(7)
  made.boards.set('test:board', () => made.board.plug().port)
  const planned = await made.run(['resume', ...port, '--dry-run', '--json'])
  expect(states(planned)).toEqual({ 0: 'same', 1: 'missing', 2: 'same' })
  made.clear()
})

test('a modem that restarts while its state is read is read again: half a state from before is none', async () => {
  const board = testBoard()
  board.modem.execute('AT+CFUN=1')
  let asked = 0
  board.modem.inFront((text, answer) => {
    if (text !== 'AT+CMEE?' || asked++ > 0) return answer()
    board.modem.restart()
    return { text: '', takesMs: 1500 }
  })
  const channel = board.channel()
  expect(await readState(channel)).toMatchObject({ ok: true, value: { functionalMode: 0, errorReporting: 0 } })
  await channel.close()
})

test('a modem that restarts after it was given back is not said to be as it was found', async () => {
  const made = await workbench()
  await made.active()
  let listings = 0
  made.board.modem.inFront((text, answer) => {
    if (text === 'AT%CMNG=1' && ++listings === 3) {
      made.board.modem.restart()
      return { text: '', takesMs: 1500 }
    }
    return answer()
  })
  const ran = await made.run(['apply', ...port, ...flags, '--json'])
  expect(ran.exit).toBe(0)
  expect(ran.result).toMatchObject({ left: { asFound: false, state: { functionalMode: 0 } } })
  expect(ran.events.some((event) => event['code'] === 'changed-since')).toBe(true)
  made.clear()
})

import { expect, test } from 'vitest'
import { list, readState, withPen } from '../../src/modem/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { testBoard } from '../support/board.ts'

const identity = utf8('device-7')
const slot = { tag: 42, type: 4 }

function prepared(mfw: string, mode: number, cmee: number, cereg: number, sms: boolean): ReturnType<typeof testBoard> {
  const board = testBoard({ mfw })
  for (const line of [`AT+CMEE=${cmee}`, `AT+CEREG=${cereg}`, sms ? 'AT+CNMI=3,2,0,1' : 'AT', `AT+CFUN=${mode}`])
    board.modem.execute(line)
  return board
}

const states = ['1.0.0', '2.0.2'].flatMap((mfw) =>
  [0, 1, 4, 20, 21, 31, 44].flatMap((mode) => [0, 1].map((cmee) => [mfw, mode, cmee, mode % 6, cmee === 0] as const)),
)

test.each(states)(
  'mfw %s found in CFUN=%i, CMEE=%i, CEREG=%i, SMS %s: a write is done and everything is given back',
  async (mfw, mode, cmee, cereg, sms) => {
    const board = prepared(mfw, mode, cmee, cereg, sms)
    const channel = board.channel()
    const before = await readState(channel)
    const { result, left } = await withPen(channel, (pen) => pen.write(slot, identity))
    expect(result).toEqual({ ok: true, value: { ok: true, value: undefined } })
    expect(left).toMatchObject({ asFound: true })
    expect(await readState(channel)).toEqual(before)
    expect(board.modem.store.get(slot)?.content).toEqual(identity)
  },
)

test.each([1, 21, 31])(
  'a modem found in CFUN=%i has its radio switched off by CFUN=4, never by CFUN=0',
  async (mode) => {
    const board = prepared('2.0.2', mode, 0, 2, false)
    const { result } = await withPen(board.channel(), async (pen) => pen.tookRadio)
    expect(result).toEqual({ ok: true, value: true })
    const modes = board.heard.filter((entry) => entry.text.startsWith('AT+CFUN=')).map((entry) => entry.text)
    expect(modes).toEqual(['AT+CFUN=4', `AT+CFUN=${mode}`])
  },
)

test.each([0, 4, 20, 44])('a modem found in CFUN=%i is written to as it stands', async (mode) => {
  const board = prepared('2.0.2', mode, 1, 0, false)
  await withPen(board.channel(), (pen) => pen.write(slot, identity))
  expect(board.heard.some((entry) => entry.text.startsWith('AT+CFUN='))).toBe(false)
})

test('the pen is given back also when the work throws', async () => {
  const board = prepared('2.0.2', 1, 0, 2, true)
  const channel = board.channel()
  const before = await readState(channel)
  await expect(withPen(channel, () => Promise.reject(new Error('a defect of ours')))).rejects.toThrow(
    'a defect of ours',
  )
  expect(await readState(channel)).toEqual(before)
})

test('a modem that will not go back to where it was is not said to be as found, and its number is kept', async () => {
  const board = prepared('2.0.2', 1, 1, 0, false)
  board.modem.inFront((text, answer) => (text === 'AT+CFUN=1' ? { text: '+CME ERROR: 13\r\n', takesMs: 1 } : answer()))
  const { left } = await withPen(board.channel(), (pen) => pen.write(slot, identity))
  expect(left).toMatchObject({ asFound: false, refusal: { kind: 'cme', code: 13 }, state: { functionalMode: 4 } })
})

test('an unplugged board is not said to be as found', async () => {
  const board = prepared('2.0.2', 1, 1, 0, false)
  const { port, unplug } = board.plug()
  const { Channel } = await import('../../src/at/index.ts')
  const channel = new Channel(port, { clock: board.clock })
  const { left } = await withPen(channel, async () => unplug())
  expect(left).toEqual({ asFound: false, refusal: { kind: 'unplugged' } })
})

test('the state is told before anything is changed', async () => {
  const board = prepared('2.0.2', 1, 0, 0, false)
  let modeThen = -1
  await withPen(board.channel(), async () => {}, {
    beforeTaking: async (found) => {
      modeThen = board.modem.state.functionalMode
      expect(found.functionalMode).toBe(1)
    },
  })
  expect(modeThen).toBe(1)
})

test.each(states)(
  'mfw %s in CFUN=%i, CMEE=%i, CEREG=%i, SMS %s: listing changes nothing, not even +CMEE',
  async (mfw, mode, cmee, cereg, sms) => {
    const board = prepared(mfw, mode, cmee, cereg, sms)
    const before = JSON.stringify(board.modem.state)
    const held = await list(board.channel())
    expect(held.ok).toBe(true)
    expect(JSON.stringify(board.modem.state)).toBe(before)
  },
)

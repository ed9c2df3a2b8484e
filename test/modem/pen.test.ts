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

const levels: Record<number, number> = { 0: 0, 1: 5, 4: 3, 20: 2, 21: 4, 31: 1, 44: 2 }
const states = ['1.0.0', '2.0.2'].flatMap((mfw) =>
  [0, 1, 4, 20, 21, 31, 44].flatMap((mode) =>
    [0, 1].map((cmee) => [mfw, mode, cmee, levels[mode] ?? 0, cmee === 0] as const),
  ),
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

test.each([1, 2, 21])(
  'a modem found in CFUN=%i has its radio switched off by CFUN=4, never by CFUN=0',
  async (mode) => {
    const board = prepared('2.0.2', mode, 0, 2, false)
    const { result } = await withPen(board.channel(), async (pen) => pen.tookRadio)
    expect(result).toEqual({ ok: true, value: true })
    const modes = board.heard.filter((entry) => entry.text.startsWith('AT+CFUN=')).map((entry) => entry.text)
    expect(modes).toEqual(['AT+CFUN=4', `AT+CFUN=${mode}`])
  },
)

test.each([0, 4, 20, 31, 44])('a modem found in CFUN=%i is written to as it stands', async (mode) => {
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

test('in a mode that does not tell whether LTE is on, the radio is left alone and the modem’s own 518 is the answer', async () => {
  const board = prepared('2.0.2', 1, 1, 5, false)
  board.modem.execute('AT+CFUN=31')
  const { result, left, switchedOff } = await withPen(board.channel(), (pen) => pen.write(slot, identity))
  expect(result).toEqual({ ok: true, value: { ok: false, refusal: { kind: 'cme', code: 518 } } })
  expect([left.asFound, switchedOff, board.modem.state.lte]).toEqual([true, false, true])
})

test('one spoiled answer while giving back does not leave the radio off', async () => {
  const board = prepared('2.0.2', 1, 1, 5, false)
  let spoiled = 0
  const { left } = await withPen(board.channel(), async (pen) => {
    const written = await pen.write(slot, identity)
    board.modem.inFront((text, answer) =>
      text === 'AT+CFUN?' && spoiled++ < 1 ? { text: '+CFxN: 4\r\nOK\r\n', takesMs: 1 } : answer(),
    )
    return written
  })
  expect(left).toMatchObject({ asFound: true, state: { functionalMode: 1 } })
})

test('a modem that never says how it stands is still told to go back', async () => {
  const board = prepared('2.0.2', 1, 0, 5, false)
  const { left } = await withPen(board.channel(), async (pen) => {
    await pen.write(slot, identity)
    board.modem.inFront((text, answer) => (text === 'AT+CFUN?' ? { text: '+CFxN: 4\r\nOK\r\n', takesMs: 1 } : answer()))
  })
  expect(left.asFound).toBe(false)
  expect(board.modem.state).toMatchObject({ functionalMode: 1, errorReporting: 0 })
})

test('a state that cannot be read before is a refusal: nothing was touched, unless an earlier pen is to be given back', async () => {
  const board = prepared('2.0.2', 4, 1, 0, false)
  board.modem.inFront((text, answer) => (text === 'AT+CFUN?' ? { text: 'ERROR\r\n', takesMs: 1 } : answer()))
  const found = { functionalMode: 1, errorReporting: 0, subscriptions: {} }
  expect(await withPen(board.channel(), async () => {})).toMatchObject({
    result: { ok: false },
    left: { asFound: true },
  })
  const later = await withPen(board.channel(), async () => {}, { giveBack: found })
  expect(later).toMatchObject({ result: { ok: false }, left: { asFound: false, refusal: { kind: 'error' } } })
})

test('a listing that lost a line on its way is not believed until two in a row agree', async () => {
  const board = prepared('2.0.2', 4, 1, 0, false)
  board.modem.execute('AT%CMNG=0,42,4,"x"')
  let looks = 0
  board.modem.inFront((text, answer) => {
    const reply = answer()
    if (text !== 'AT%CMNG=1,42' || ++looks !== 1) return reply
    return { ...reply, text: 'OK\r\n' }
  })
  const held = await list(board.channel(), { tag: 42 })
  expect(held.ok && held.value.length).toBe(1)
  expect(looks).toBe(3)
})

test.each([
  ['a digest that lost a digit', (text: string) => text.replace(/"(.)/, '"')],
  ['a line that lost its first character', (text: string) => text.replace('%CMNG', 'CMNG')],
  ['a line that lost its name', (text: string) => text.replace('%CMNG: ', '')],
])('%s spoils a listing', async (_, spoil) => {
  const board = prepared('2.0.2', 4, 1, 0, false)
  board.modem.execute('AT%CMNG=0,42,4,"x"')
  board.modem.inFront((text, answer) => {
    const reply = answer()
    return text.startsWith('AT%CMNG=1') ? { ...reply, text: spoil(reply.text) } : reply
  })
  expect(await list(board.channel(), { tag: 42 })).toMatchObject({ ok: false, refusal: { kind: 'garbled' } })
})

import { expect, test } from 'vitest'
import { list, readBack } from '../../src/modem/index.ts'
import { sha256Hex } from '../../src/pki/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { personalities } from '../../src/virtual/index.ts'
import { testBoard, type TestBoard } from '../support/board.ts'
import { paper } from '../support/paper.ts'

const old = personalities.filter(({ digests }) => digests === 'placeholder').map(({ name }) => name)
const identity = sha256Hex(utf8('device-7'))

async function filled(mfw: string, more: Parameters<typeof testBoard>[0] = {}): Promise<TestBoard> {
  const board = testBoard({ mfw, ...more })
  const { ca } = await paper()
  for (const line of ['AT+CMEE=1', `AT%CMNG=0,42,0,"${ca}"`, 'AT%CMNG=0,42,1,"x"', 'AT%CMNG=0,42,4,"device-7"'])
    board.modem.execute(line)
  return board
}

async function digests(board: TestBoard): Promise<unknown> {
  const channel = board.channel()
  const texts = [sha256Hex(utf8((await paper()).ca)), identity]
  const slots = [0, 1, 2, 3, 4].map((type) => ({ tag: 42, type, digests: texts }))
  const listed = await list(channel)
  const held = listed.ok ? await readBack(channel, listed.value, slots) : listed
  return held.ok ? held.value.filter(({ tag }) => tag === 42).map(({ digest }) => digest) : held.refusal
}

test.each(old)(
  'mfw %s: where no digest is shown, what may be read is read (CMNG-16, CMNG-20), in every mode, and nothing changes',
  async (mfw) => {
    const board = await filled(mfw)
    board.modem.execute('AT+CFUN=1')
    const [image, state] = [board.modem.store.image(), JSON.stringify(board.modem.state)]
    const { ca } = await paper()
    expect(await digests(board)).toEqual([
      { kind: 'sha256', hex: sha256Hex(utf8(ca)), read: true },
      { kind: 'placeholder' },
      { kind: 'sha256', hex: identity, read: true },
    ])
    expect(board.modem.store.image()).toEqual(image)
    expect(JSON.stringify(board.modem.state)).toBe(state)
  },
)

test('where digests are shown nothing is read, and a slot that nobody asks for is not read either', async () => {
  const said: string[] = []
  for (const mfw of ['1.0.0', '2.0.2']) {
    const board = testBoard({ mfw })
    board.modem.execute('AT%CMNG=0,43,4,"device-7"')
    board.modem.execute('AT%CMNG=0,42,1,"-----BEGIN CERTIFICATE-----"')
    board.modem.inFront((text, answer) => (said.push(text), answer()))
    await digests(board)
  }
  expect(said.filter((text) => text.startsWith('AT%CMNG=2'))).toEqual([])
})

test('what the modem will not give out stays a placeholder, and its number is kept', async () => {
  const board = await filled('1.0.0', { switches: { readable: [4] } })
  expect(await digests(board)).toMatchObject([
    { kind: 'placeholder', unread: { kind: 'cme', code: 514 } },
    { kind: 'placeholder' },
    { kind: 'sha256' },
  ])
})

test('a content that was turned on its way is read again; the expected one is believed at once', async () => {
  const board = await filled('1.0.0')
  let looks = 0
  board.modem.inFront((text, answer) => {
    const reply = answer()
    if (!text.startsWith('AT%CMNG=2,42,4') || ++looks > 3) return reply
    return { ...reply, text: reply.text.replace('device-7', 'device-1') }
  })
  expect(await digests(board)).toMatchObject([{}, {}, { hex: identity }])
  expect(looks).toBe(4)
  expect(await digests(board)).toMatchObject([{}, {}, { hex: identity }])
  expect(looks).toBe(5)
})

test('another content is believed when most looks show it, and one that is another each time is not', async () => {
  const board = await filled('1.0.0')
  board.modem.execute('AT%CMNG=0,42,4,"device-8"')
  expect(await digests(board)).toMatchObject([{}, {}, { kind: 'sha256', hex: sha256Hex(utf8('device-8')) }])
  let looks = 0
  board.modem.inFront((text, answer) => {
    const reply = answer()
    return text.startsWith('AT%CMNG=2') ? { ...reply, text: reply.text.replace('-', `-${++looks}`) } : reply
  })
  expect(await digests(board)).toMatchObject([{ kind: 'placeholder' }, {}, { unread: { kind: 'garbled' } }])
})

test('silence is no word about a slot', async () => {
  const board = await filled('1.0.0')
  board.modem.inFront((text, answer) => (text.startsWith('AT%CMNG=2') ? { text: '', takesMs: 0 } : answer()))
  expect(await digests(board)).toMatchObject({ kind: 'silence' })
})

test('an answer about another slot than the one that was asked for is no content of it', async () => {
  const board = await filled('1.0.0')
  board.modem.inFront((text, answer) => {
    const reply = answer()
    return text.startsWith('AT%CMNG=2') ? { ...reply, text: reply.text.replace('%CMNG: 42', '%CMNG: 43') } : reply
  })
  expect(await digests(board)).toMatchObject([{ unread: { kind: 'garbled' } }, {}, { unread: { kind: 'garbled' } }])
})

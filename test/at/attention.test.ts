import { expect, test } from 'vitest'
import { Channel, commands, memoryCable } from '../../src/at/index.ts'
import { bytesOf } from '../../src/terms/index.ts'
import { testBoard } from '../support/board.ts'
import { fastClock } from '../support/clock.ts'
import { paper } from '../support/paper.ts'

async function typeInto(board: ReturnType<typeof testBoard>, text: string): Promise<Channel> {
  const { port } = board.plug()
  const writer = port.writable.getWriter()
  await writer.write(bytesOf(text))
  writer.releaseLock()
  return new Channel(port, { clock: board.clock })
}

const leftovers: [string, string, boolean][] = [
  ['nothing', '', false],
  ['half a command', 'AT%CMNG=3,16842753', false],
  ['a whole delete without its end', 'AT%CMNG=3,16842753,0', false],
  ['an open quote', 'AT%CMNG=0,16842753,0,"', true],
  ['an open quote with content', 'AT%CMNG=0,16842753,0,"-----BEGIN CERTIFICATE-----\nMIIB', true],
  ['a whole write without its end', 'AT%CMNG=0,16842753,4,"identity"', false],
  ['noise', '\u0000\u00ff\u0007', false],
  ['a full line buffer inside quotes', `AT%CMNG=0,16842753,0,"${'x'.repeat(5000)}`, true],
]

test.each(['1.0.0', '2.0.2'])(
  'on mfw %s, whatever waits in the AT host is discarded and never carried out',
  async (mfw) => {
    for (const [what, text, torn] of leftovers) {
      const board = testBoard({ mfw })
      board.modem.store.put({ tag: 16_842_753, type: 0 }, bytesOf('kept'))
      const channel = await typeInto(board, text)
      expect(await channel.attention(), what).toEqual({ ok: true, value: { torn } })
      expect([...board.modem.store.writes.values()], what).toEqual([1])
      expect(await channel.send(commands.cgsn, undefined), what).toEqual({ ok: true, value: board.modem.identity.imei })
    }
  },
)

test('attention changes nothing of the modem’s state', async () => {
  const board = testBoard()
  board.modem.execute('AT+CFUN=21')
  board.modem.execute('AT+CEREG=5')
  const before = JSON.stringify(board.modem.state)
  await board.channel().attention()
  expect(JSON.stringify(board.modem.state)).toBe(before)
})

test('where nobody answers, attention says so in time, and leaves no quote open', async () => {
  const cable = memoryCable()
  let typed = ''
  void cable.modem.readable.pipeTo(
    new WritableStream({
      write(chunk) {
        typed += String.fromCharCode(...chunk)
      },
    }),
  )
  const clock = fastClock()
  const channel = new Channel(cable.host, { clock })
  const started = clock.now()
  expect(await channel.attention()).toMatchObject({ ok: false, refusal: { kind: 'silence' } })
  expect(clock.now() - started).toBeLessThan(15_000)
  expect(typed.split('"').length % 2).toBe(1)
})

test('every cut of a write is discarded, byte by byte', async () => {
  const { ca } = await paper()
  const text = `AT%CMNG=0,16842753,0,"${ca}"`
  for (let at = 0; at <= text.length; at++) {
    const board = testBoard({ mfw: '1.0.0' })
    const channel = await typeInto(board, text.slice(0, at))
    expect((await channel.attention()).ok, `cut at ${at}`).toBe(true)
    expect(board.modem.store.items(), `cut at ${at}`).toEqual([])
  }
})

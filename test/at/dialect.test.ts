import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  Channel,
  commands,
  dialectOf,
  dialects,
  emptyShellFraming,
  expectEcho,
  frameShell,
  type ShellFraming,
  typedIn,
} from '../../src/at/index.ts'
import { list } from '../../src/modem/index.ts'
import { byteText, bytesOf } from '../../src/terms/index.ts'
import type { Dialect } from '../../src/virtual/index.ts'
import { testBoard } from '../support/board.ts'
import { paper } from '../support/paper.ts'
import { scaled } from '../support/scale.ts'

const fronts: Dialect[] = [
  { name: 'at-host' },
  { name: 'shell' },
  { name: 'shell', unescapesLf: false },
  { name: 'serial-modem' },
]

/** Hands everything on in pieces of these sizes, over and over. */
function inPieces(sizes: readonly number[]): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let turn = 0
  return new TransformStream({
    transform(chunk, controller) {
      for (let at = 0; at < chunk.length; ) {
        const size = sizes[turn++ % sizes.length] ?? 1
        controller.enqueue(chunk.slice(at, at + size))
        at += size
      }
    },
  })
}

test.each(fronts)(
  'a channel finds out by itself that it faces %j, and changes nothing of the modem’s state',
  async (dialect) => {
    const board = testBoard({ dialect })
    board.modem.execute('AT+CFUN=21')
    board.modem.execute('AT+CEREG=5')
    board.modem.execute('AT+CMEE=1')
    const before = JSON.stringify([board.modem.state, board.modem.store.items()])
    const channel = board.channel()
    expect(await channel.attention()).toEqual({ ok: true, value: { torn: false } })
    expect(channel.dialect).toBe(dialect.name)
    expect(JSON.stringify([board.modem.state, board.modem.store.items()])).toBe(before)
    expect([...board.modem.store.writes]).toEqual([])
    await channel.close()
  },
)

test('what a probe types never reaches a modem as a change, whatever dialect was expected', async () => {
  for (const front of fronts) {
    for (const dialect of dialects) {
      const board = testBoard({ dialect: front })
      const asked: string[] = []
      board.modem.inFront((text, answer) => (asked.push(text), answer()))
      const channel = new Channel(board.plug().port, { clock: board.clock, dialect })
      await channel.attention()
      expect(
        asked.filter((text) => !/^(at )?'?AT\+CMEE(\?|\\x3f)'?$/.test(text) && !text.startsWith('"')),
        front.name,
      ).toEqual([])
      expect(board.modem.state.errorReporting).toBe(0)
      await channel.close()
    }
  }
})

test.each(fronts)('%j: the same identity, listing and write, however what is said is cut', async (dialect) => {
  const { certificate } = await paper()
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }), async (sizes) => {
      const board = testBoard({ dialect })
      const { port } = board.plug()
      const cut = { ...port, readable: port.readable.pipeThrough(inPieces(sizes)) }
      const channel = new Channel(cut, { clock: board.clock })
      expect((await channel.attention()).ok).toBe(true)
      expect(channel.dialect).toBe(dialect.name)
      expect(await channel.send(commands.cgsn, undefined)).toEqual({ ok: true, value: board.modem.identity.imei })
      const slot = { tag: 42, type: 1 }
      expect(await channel.send(commands.cmngWrite, { ...slot, content: bytesOf(certificate) })).toEqual({ ok: true })
      expect(byteText(board.modem.store.get(slot)?.content ?? new Uint8Array())).toBe(certificate)
      const held = await list(channel, slot)
      expect(held.ok && held.value.length).toBe(1)
      await channel.close()
    }),
    { numRuns: scaled(200, 6) },
  )
})

test('a shell is typed to between single quotes, with nothing in them that it would read otherwise (SHELL-14)', () => {
  expect(typedIn('shell', 'AT+CFUN?')).toEqual({ ok: true, value: String.raw`at 'AT+CFUN\x3f'` })
  expect(typedIn('shell', `AT%CMNG=0,1,0,"it's\r\n\\n\xe9"`)).toEqual({
    ok: true,
    value: String.raw`at 'AT%CMNG=0,1,0,"it\x27s\x0d\x0a\x5cn\xe9"'`,
  })
  expect(typedIn('at-host', 'AT+CFUN?')).toEqual({ ok: true, value: 'AT+CFUN?' })
})

test('what could not be cleared from a shell’s line after a cut is not sent at all', async () => {
  expect(typedIn('shell', `AT%CMNG=0,1,0,"${'x'.repeat(4096)}"`)).toEqual({
    ok: false,
    refusal: { kind: 'unsupported' },
  })
})

test('bytes that tell nothing are no dialect', () => {
  for (const heard of ['', 'OK\r\n', 'Ready\r\n', '+CMEE: 0\r\n', '*** Booting nRF Connect SDK ***\r\n'])
    expect(dialectOf(heard)).toBeUndefined()
  expect(dialectOf('+CMEE: 1\r\nOK\r\n')).toBe('at-host')
  expect(dialectOf('\r\n+CMEE: 1\r\n\r\nOK\r\n')).toBe('serial-modem')
  expect(dialectOf('AT+CMEE?\r\n+CMEE: 1\r\nOK\r\n')).toBe('at-host')
  expect(dialectOf('\x1b[1;32mmosh:~$ \x1b[m')).toBe('shell')
})

const prompt = '\x1b[1;32muart:~$ \x1b[m'
const typed = `at 'AT%CMNG=0,16842753,0,"${'Ab3'.repeat(70)}"'`
const echo = typed.replace(/.{72}/, '$&\r\n').replace(/(?<=\r\n).{80}/, '$&\r\n')

function framed(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
  let framing: ShellFraming = expectEcho(emptyShellFraming, typed)
  return [0, ...places].flatMap((from, index) => {
    const next = frameShell(framing, text.slice(from, places[index] ?? text.length))
    framing = next.framing
    return next.lines
  })
}

test('a shell’s colours, prompts and wrapped echo leave the answer, and the CR in front of a line feed too, for any chunking (SHELL-03, SHELL-17, SHELL-21)', () => {
  const text = `${prompt}${echo}\r\n%CMNG: 1,0,"AB","line\r\nOK\r\r\nline"\r\r\nOK\r\r\n\r\n${prompt}`
  fc.assert(
    fc.property(fc.array(fc.nat(2000), { maxLength: 30 }), (cuts) => {
      expect(framed(text, cuts)).toEqual(['%CMNG: 1,0,"AB","line\nOK\r\nline"', 'OK'])
    }),
  )
})

test('a notification in the middle of an echo is a line of its own, and the echo that follows it none', () => {
  const half = 30
  const text = `${prompt}${typed.slice(0, half)}\x1b[${half + 8}D\x1b[JAT event handler:\r\n+CEREG: 1\r\r\n\r\n${prompt}${echo}\r\nOK\r\r\n`
  expect(framed(text, [])).toEqual(['AT event handler:', '+CEREG: 1', 'OK'])
})

test('a shell that types nothing back is understood too', () => {
  expect(framed(`${prompt}+CMEE: 0\r\r\nOK\r\r\n\r\n${prompt}`, [])).toEqual(['+CMEE: 0', 'OK'])
})

test('noise in the echo is no answer, and cannot pass for one', () => {
  expect(framed(`${prompt}at 'AT%CMNG=0,1684x\r\nOK\r\n`, [])).toEqual([`at 'AT%CMNG=0,1684x`, 'OK'])
})

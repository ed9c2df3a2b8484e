import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type FaultKind, faultKinds, parseFault, personality, putFault, VirtualModem } from '../../src/virtual/index.ts'
import { testBoard } from '../support/board.ts'
import { fastClock } from '../support/clock.ts'

const kinds = [...faultKinds.keys()]
/** No two places of it near each other are the same, so that it shows where a fault has struck. */
const pem = Array.from({ length: 400 }, (_, at) => String.fromCharCode(97 + (at % 23))).join('')

function modemOf(seed = 'f', mfw = '1.3.5'): VirtualModem {
  const line = personality(mfw)
  if (line === undefined) throw new Error('no such firmware')
  const modem = new VirtualModem({ personality: line, clock: fastClock(), seed })
  modem.execute('AT+CMEE=1')
  return modem
}

/** A dialogue with everything in it that faults strike at, and what is left of it. */
function dialogue(kind: FaultKind, seed: string): { said: string; struck: number; held: string[] } {
  // The line whose memory shows all that became of a write.
  const modem = modemOf('f', '1.0.0')
  modem.execute(`AT%CMNG=0,7,0,"${pem}"`)
  // An answer of two lines for the faults of lines.
  const fault = putFault(modem, { kind, seed, from: kind.endsWith('-line') ? 2 : 1 })
  const commands = ['AT', `AT%CMNG=0,42,0,"${pem}"`, 'AT%CMNG=1,42', 'AT+CMEE?', 'AT']
  const replies = commands.map((command) => modem.execute(command))
  return {
    said: JSON.stringify(replies),
    struck: fault.struck,
    held: modem.store.items().map(({ tag, type, content }) => `${tag}/${type}:${content.join()}`),
  }
}

test.each(kinds)('%s: it strikes, and the same seed strikes in the same way', (kind) => {
  const [once, again] = [dialogue(kind, 's'), dialogue(kind, 's')]
  expect(once.struck).toBeGreaterThan(0)
  expect(again).toEqual(once)
  const others = ['a', 'b', 'c', 'd', 'e'].map((seed) => JSON.stringify(dialogue(kind, seed)))
  // Two have nothing to choose: what is typed back is what was typed, and full is full.
  if (kind !== 'echo' && kind !== 'full') expect(new Set(others).size).toBeGreaterThan(1)
})

test.each(['lost-byte', 'flipped-byte'] as const)(
  '%s: the modem says OK and holds one byte other than was sent',
  (kind) => {
    const modem = modemOf()
    putFault(modem, { kind, seed: '3', from: 0 })
    expect(modem.execute(`AT%CMNG=0,42,0,"${pem}"`).text).toBe('OK\r\n')
    const held = modem.store.get({ tag: 42, type: 0 })?.content ?? new Uint8Array()
    expect(held.length).toBe(kind === 'lost-byte' ? 399 : 400)
    const sent = Array.from(pem, (character) => character.charCodeAt(0))
    const first = held.findIndex((byte, at) => byte !== sent[at])
    const rest = kind === 'lost-byte' ? sent.slice(first + 1) : [held[first] ?? 0, ...sent.slice(first + 1)]
    expect(held.slice(first)).toEqual(Uint8Array.from(rest))
  },
)

test('full: a write is refused with 515, and what was there is still there', () => {
  const modem = modemOf()
  modem.execute(`AT%CMNG=0,7,0,"${pem}"`)
  putFault(modem, { kind: 'full', seed: '', from: 0 })
  expect(modem.execute(`AT%CMNG=0,42,0,"${pem}"`).text).toBe('+CME ERROR: 515\r\n')
  expect(modem.store.get({ tag: 7, type: 0 })?.content.length).toBe(400)
})

test('reboot: the modem is as after a start, and the last line of the answer is not whole', () => {
  for (let seed = 0; seed < 20; seed++) {
    const modem = modemOf()
    modem.execute('AT+CFUN=1')
    putFault(modem, { kind: 'reboot', seed: String(seed), from: 0 })
    expect(modem.execute('AT+CFUN?').text).not.toMatch(/OK\r/)
    expect([modem.state.functionalMode, modem.state.errorReporting]).toEqual([0, 0])
  }
})

test('brown-out: on the careless memory it can take a tag that nobody touched (LOSS-43)', () => {
  const lost = Array.from({ length: 30 }, (_, seed) => {
    const modem = modemOf('b', '1.0.0')
    for (const tag of [1, 2]) modem.execute(`AT%CMNG=0,${tag},0,"${pem}"`)
    putFault(modem, { kind: 'brown-out', seed: String(seed), from: 0 })
    modem.execute(`AT%CMNG=0,2,0,"${pem}"`)
    return modem.store.get({ tag: 1, type: 0 }) === undefined
  })
  expect(lost.filter(Boolean).length).toBeGreaterThan(5)
  expect(lost.filter((gone) => !gone).length).toBeGreaterThan(0)
})

test('unplug: both ends of the cable notice, and the next cable finds the board alive', async () => {
  const board = testBoard()
  putFault(board.modem, { kind: 'unplug', seed: '1', from: 0 })
  const { port } = board.plug()
  const writer = port.writable.getWriter()
  void writer.write(new TextEncoder().encode('AT\r\n')).catch(() => {})
  expect(['closed', 'unplugged']).toContain(await port.closed)
  const channel = board.channel()
  expect((await channel.attention()).ok).toBe(true)
  await channel.close()
})

test('a fault is named as KIND or KIND:SEED, and the guide names every kind', () => {
  expect(parseFault('noise')).toEqual({ kind: 'noise', seed: '' })
  expect(parseFault('power-cut:a:b')).toEqual({ kind: 'power-cut', seed: 'a:b' })
  expect(parseFault('gremlins')).toBeUndefined()
  const guide = readFileSync(new URL('../../docs/guide/modem-in-your-ci.md', import.meta.url), 'utf8')
  for (const kind of kinds) expect(guide).toMatch(new RegExp(`^\\| .*\`${kind}\``, 'm'))
})

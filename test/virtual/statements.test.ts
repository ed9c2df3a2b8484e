import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Channel, commands, memoryCable } from '../../src/at/index.ts'
import { list } from '../../src/modem/index.ts'
import { capabilities, highestTag, parseFirmware } from '../../src/numbers/index.ts'
import { byteText, bytesOf } from '../../src/terms/index.ts'
import { AtHost, personalities } from '../../src/virtual/index.ts'
import { cases } from '../conformance/cases.ts'
import { testBoard, type TestBoardOptions } from '../support/board.ts'

const root = new URL('../', import.meta.url)
/** Titles of tests: what stands behind `test(`, `test.each(…)(` or a guard of the same form, in the same or the next line. */
const titles = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .flatMap(
    (name) => readFileSync(new URL(name, root), 'utf8').match(/(?:^|\()\s*['`][^'`\n]*\bM\d+\b[^'`\n]*['`]/gm) ?? [],
  )
const met = new Set([...titles, ...cases.map(({ title }) => title)].flatMap((title) => title.match(/\bM\d+\b/g) ?? []))

/** The first specification's statements. */
const numbers = Array.from({ length: 94 }, (_, index) => index + 1)

test('every one of the ninety-four statements of the first specification stands in the title of a test', () => {
  expect(numbers.filter((number) => !met.has(`M${number}`))).toEqual([])
})

test('M4 an AT host does not echo by default', async () => {
  const channel = testBoard().channel()
  expect(await channel.send(commands.cfunRead, undefined)).toEqual({ ok: true, value: { mode: 0 } })
  expect(await heardOf({})).toBe('OK\r\n')
  expect(await heardOf({ echo: true })).toBe('AT\rOK\r\n')
  await channel.close()
})

/** All that comes back for `AT`. */
async function heardOf(options: TestBoardOptions): Promise<string> {
  const { port } = testBoard(options).plug()
  const writer = port.writable.getWriter()
  const reader = port.readable.getReader()
  await writer.write(bytesOf('AT\r'))
  let heard = ''
  while (!heard.endsWith('OK\r\n')) heard += byteText((await reader.read()).value ?? new Uint8Array())
  return heard
}

test('M32 digests are trusted from mfw 1.3.2 on and of ntn builds, and on the virtual lines that is where they are real (DIG-26)', () => {
  for (const [name, trusted] of [
    ['mfw_nrf9160_1.2.8', false],
    ['mfw_nrf9160_1.3.0', false],
    ['mfw_nrf9160_1.3.1', false],
    ['mfw_nrf9160_1.3.2', true],
    ['mfw_nrf91x1_2.0.0', true],
    ['mfw_nrf9151-ntn_1.0.0', true],
  ] as const) {
    const firmware = parseFirmware(name)
    expect(firmware && capabilities(firmware).digests, name).toBe(trusted ? 'real' : 'placeholder')
  }
})

test('M36 a host that hides the tags from 2147483648 on sees nothing on a fresh modem of any line (CMNG-95)', async () => {
  for (const { name, factoryEntries } of personalities) {
    const board = testBoard({ mfw: name })
    const listing = await list(board.channel())
    const held = listing.ok ? listing.value : []
    expect(held.length, name).toBe(factoryEntries.length)
    expect(held.filter(({ tag }) => tag <= highestTag)).toEqual([])
  }
})

test('M63 another application in front of the same modem finds what it held: flashing the application core keeps credentials (LOSS-18, LOSS-20)', async () => {
  const board = testBoard({ mfw: '1.3.5' })
  board.modem.execute('AT%CMNG=0,42,0,"root CA"')
  const before = await list(board.channel())
  board.modem.restart()
  const flashed = new AtHost(board.modem, { clock: board.clock })
  const cable = memoryCable()
  void flashed.serve(cable.modem)
  const after = await list(new Channel(cable.host, { clock: board.clock }))
  expect(after).toEqual(before)
  expect(after.ok && after.value.some(({ tag, type }) => tag === 42 && type === 0)).toBe(true)
})

test.each(personalities.map(({ name }) => name))(
  'M84 mfw %s ends every answer as nrfcredstore wants it: OK, ERROR, or a line that begins with +CME ERROR (TOOL-07)',
  (mfw) => {
    const { modem } = testBoard({ mfw })
    const said = [
      'AT',
      'ATX',
      'AT+CGMR',
      'AT%CMNG=1',
      'AT%CMNG=2,42,2',
      'AT%CMNG=3,42,0',
      'AT%KEYGEN=42,2,0',
      'AT+CMEE=1',
    ]
    for (const text of [...said, ...said]) {
      const last = modem.execute(text).text.trimEnd().split('\r\n').at(-1)
      expect(last, text).toMatch(/^(?:OK|ERROR|\+CME ERROR: \d+)$/)
    }
  },
)

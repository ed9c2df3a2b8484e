import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { commands } from '../../src/at/index.ts'
import { list } from '../../src/modem/index.ts'
import { capabilities, highestTag, parseFirmware } from '../../src/numbers/index.ts'
import { byteText, bytesOf } from '../../src/terms/index.ts'
import { personalities } from '../../src/virtual/index.ts'
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

/** The first specification's statements about the modem itself; 61 to 64 and 74 are those of other commands. */
const numbers = Array.from({ length: 94 }, (_, index) => index + 1)
  .filter((number) => number <= 73 || number >= 89)
  .filter((number) => number < 61 || number > 64)

test('every statement about credentials, identity and modes stands in the title of a test', () => {
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

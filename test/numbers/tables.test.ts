import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { numberTables } from '../../scripts/number-tables.ts'
import * as numbers from '../../src/numbers/index.ts'
import {
  bearerCauses,
  capabilities,
  cmeCodes,
  cmsCodes,
  functionalModes,
  parseFirmware,
  rejectCauses,
  resultCode,
  simCauses,
  since,
  tagKnowledge,
} from '../../src/numbers/index.ts'

const folder = new URL('../../docs/facts/', import.meta.url)
const facts = new Set(
  readdirSync(folder).flatMap((name) =>
    [...readFileSync(new URL(name, folder), 'utf8').matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map((match) => match[1]),
  ),
)

test('every row of every table names a fact that stands in docs/facts', () => {
  const cited = [...cmeCodes, ...cmsCodes, ...Object.values(since)].flatMap((row) => row.facts)
  expect(cited.length).toBeGreaterThan(20)
  for (const id of cited) expect(facts.has(id), id).toBe(true)
})

test('every table of `numbers` is on the page, and every row of it names its source: a fact, or a standard with its section', () => {
  const tables = Object.entries(numbers).filter(([, value]) => typeof value === 'object' && !(value instanceof Date))
  const elsewhere = new Set<unknown>([cmeCodes, cmsCodes])
  const shown = new Set(numberTables.map(({ of }) => of))
  for (const [name, value] of tables)
    if (isTable(value)) expect(shown.has(value) || elsewhere.has(value), name).toBe(true)
  const rows = numberTables.flatMap(({ title, rows: of }) => of.map((row) => ({ title, ...row })))
  expect(rows.length).toBeGreaterThan(200)
  for (const { title, cells, source, facts: own } of rows) {
    const row = `${title}: ${cells.join(' ')}`
    expect(own.length > 0 || source !== undefined, row).toBe(true)
    if (source !== undefined) expect(source, row).toMatch(/^(?:RFC|3GPP|MQTT|Zephyr|Mbed|BearSSL|pc-nrf).*, [\w./]+/)
    for (const id of own) expect(facts.has(id), `${row}: ${id}`).toBe(true)
  }
})

/** A list or a record of rows; what is a single value, or a version, is none. */
function isTable(value: unknown): boolean {
  const rows = Object.values(value as object)
  return rows.length > 0 && rows.every((row) => typeof row === 'object' && row !== null)
}

test('a row says which number it is in the fact that it cites', () => {
  const text = readdirSync(folder)
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n')
  const statement = (id: string): string => new RegExp(`^\\| ${id} \\|.*$`, 'm').exec(text)?.[0] ?? ''
  const spelt = (code: number): RegExp => new RegExp(`\\b(?:${code}|0x${code.toString(16)}|and ${code})\\b`, 'i')
  for (const { code, facts: own } of [...rejectCauses, ...bearerCauses, ...simCauses])
    expect(
      own.some((id) => spelt(code).test(statement(id))),
      `${code}: ${own.join(', ')}`,
    ).toBe(true)
})

test('every result code of docs/facts/errors.md is in the table', () => {
  const page = readFileSync(new URL('errors.md', folder), 'utf8')
  const known = [...page.matchAll(/^\| CME-\d+ \| `(\d+)`/gm)].map((match) => Number(match[1]))
  expect(known.length).toBeGreaterThan(15)
  expect(known.filter((code) => resultCode('cme', code) === undefined)).toEqual([])
})

test('a number is in its table once', () => {
  for (const table of [cmeCodes, cmsCodes, functionalModes.map(({ mode }) => ({ code: mode }))]) {
    const codes = table.map((row) => row.code)
    expect(new Set(codes).size).toBe(codes.length)
  }
})

const lines: [string, Partial<ReturnType<typeof capabilities>>][] = [
  ['mfw_nrf9160_1.0.0', { digests: 'placeholder', bornKeys: false, factoryEntries: false, guardsSupply: false }],
  ['mfw_nrf9160_1.3.1', { digests: 'placeholder', bornKeys: true, factoryEntries: true, guardsSupply: false }],
  ['mfw_nrf9160_1.3.2', { digests: 'real', guardsSupply: true, checksContent: false, developerTags: false }],
  ['mfw_nrf91x1_2.0.0', { digests: 'real', checksContent: false, developerTags: true, deviceUuid: true }],
  ['mfw_nrf91x1_2.0.2-FOTA-TEST', { checksContent: true }],
  ['mfw_nrf9151-ntn_1.0.0', { digests: 'real', checksContent: true, bornKeys: true }],
]

test.each(lines)('%s can do what docs/facts/identity.md says of its line', (text, expected) => {
  const firmware = parseFirmware(text)
  expect(firmware && capabilities(firmware)).toMatchObject(expected)
})

test('a firmware name of another shape is not guessed at', () => {
  for (const text of ['', 'mfw_nrf9160', 'nrf9160_1.3.5', 'mfw_nrf93_1.0.0', 'EC25EFAR06A06M4G'])
    expect(parseFirmware(text)).toBeUndefined()
})

test('what is known of tags ends where the facts end (CMNG-08 to CMNG-13)', () => {
  expect(tagKnowledge(0).kind).toBe('free')
  expect(tagKnowledge(16_842_753).kind).toBe('convention')
  expect(tagKnowledge(2_147_483_647).kind).toBe('free')
  expect([2_147_483_648, 2_147_483_667].map((tag) => tagKnowledge(tag).kind)).toEqual(['developer', 'developer'])
  expect(tagKnowledge(2_147_483_668).kind).toBe('reserved')
})

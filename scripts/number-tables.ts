// The tables of `numbers` that judgements lean on, row by row with their sources: for the page and for its test.
import { readdirSync, readFileSync } from 'node:fs'
import {
  bearSslCodes,
  bearerCauses,
  carriedZephyrs,
  commandsSince,
  connectMeanings,
  errnoTable,
  functionalModes,
  keyErrors,
  migrationGuides,
  mqttCodes,
  nameCodes,
  publicRoots,
  rejectCauses,
  revisions,
  sdkChanges,
  sdkName,
  simCauses,
  since,
  tlsAlerts,
  tlsLibraryCodes,
  typeTable,
  verifiedPairs,
  verifyFlags,
} from '../src/numbers/index.ts'
import { isoTime } from '../src/terms/index.ts'

/** One row: its cells, and where it is written down. */
export interface SourcedRow {
  readonly cells: readonly string[]
  readonly source?: string
  readonly facts: readonly string[]
}

/** One table as it is shown. `of`: the value that it is made from. */
export interface NumberTable {
  readonly of: unknown
  readonly title: string
  readonly head: readonly string[]
  readonly rows: readonly SourcedRow[]
}

type Entry = { readonly source?: string; readonly facts?: readonly string[]; readonly fact?: string }

function tableOf<T extends Entry>(
  of: readonly T[],
  title: string,
  head: readonly string[],
  cells: (entry: T) => readonly (string | number | undefined)[],
): NumberTable {
  const row = (entry: T): SourcedRow => ({
    cells: cells(entry).map((cell) => String(cell ?? '')),
    facts: entry.facts ?? (entry.fact === undefined ? [] : [entry.fact]),
    ...(entry.source !== undefined && { source: entry.source }),
  })
  return { of, title, head, rows: of.map(row) }
}

const named = <T extends object>(record: Readonly<Record<string, T>>): (T & { name: string })[] =>
  Object.entries(record).map(([name, entry]) => ({ name, ...entry }))
const versions = (list: readonly (readonly number[])[] | undefined): string =>
  (list ?? []).map((version) => version.join('.')).join(', ')

/** In the order of the page. The codes with which a modem refuses have a page of their own, docs/result-codes.md. */
export const numberTables: readonly NumberTable[] = [
  tableOf(errnoTable, 'errno', ['name', 'newlib', 'old minimal libc', 'old modem library'], (row) => [
    row.name,
    row.newlib,
    row.minimal,
    row.nrf,
  ]),
  tableOf(connectMeanings, 'What `connect` means by it', ['name', 'since', 'until', 'meaning'], (row) => [
    row.name,
    row.since && sdkName(row.since),
    row.until && sdkName(row.until),
    row.words,
  ]),
  tableOf(keyErrors, 'What `modem_key_mgmt` means by it', ['name', '+CME ERROR', 'in NCS 1.x'], (row) => [
    row.name,
    row.current,
    row.old,
  ]),
  tableOf(nameCodes, '`getaddrinfo`', ['number', 'name', 'meaning'], (row) => [row.number, row.name, row.words]),
  tableOf(tlsLibraryCodes, 'TLS in the application core', ['number', 'name', 'meaning'], (row) => [
    `-0x${(-row.number).toString(16).toUpperCase()}`,
    row.name,
    row.words,
  ]),
  tableOf(verifyFlags, 'Bits of a verification by mbedTLS', ['bit', 'name', 'meaning'], (row) => [
    `0x${row.number.toString(16).padStart(2, '0')}`,
    row.name,
    row.words,
  ]),
  tableOf(bearSslCodes, 'Numbers of BearSSL', ['number', 'meaning'], (row) => [row.number, row.words]),
  tableOf(tlsAlerts, 'TLS alerts', ['number', 'name', 'what its sender thinks'], (row) => [
    row.code,
    row.name,
    row.words,
  ]),
  tableOf(mqttCodes, 'MQTT', ['code', 'in', 'meaning'], (row) => [
    row.code < 0x80 ? row.code : `0x${row.code.toString(16).toUpperCase()}`,
    row.in.toUpperCase(),
    row.words,
  ]),
  tableOf(rejectCauses, 'EMM causes', ['cause', 'meaning', 'remembered until the SIM is powered down'], (row) => [
    row.code,
    row.words,
    row.sticky ? 'yes' : 'no',
  ]),
  tableOf(bearerCauses, 'ESM causes', ['cause', 'meaning'], (row) => [row.code, row.words]),
  tableOf(simCauses, '`%XSIM`', ['cause', 'meaning'], (row) => [row.code, row.words]),
  tableOf(functionalModes, '`+CFUN`', ['mode', 'meaning', 'writing'], (row) => [row.mode, row.words, row.writing]),
  tableOf(typeTable, 'Types of credentials', ['type', 'written', 'deleted', 'read'], (row) => [
    row.type,
    ...[row.writable, row.deletable, row.readable].map((can) => (can ? 'yes' : 'no')),
  ]),
  tableOf(verifiedPairs, 'Modem firmware of the nRF9160 and SDK', ['firmware', 'verified with'], (row) => [
    row.firmware,
    row.sdks.join(', '),
  ]),
  tableOf(revisions, 'Revisions of the chip', ['chip', 'code', 'name'], (row) => [row.chip, row.code, row.name]),
  {
    ...tableOf(named(since), 'What a firmware can do', ['ability', 'nRF9160', 'nRF91x1'], (row) => [
      row.name,
      versions(row.nrf9160 && [row.nrf9160]),
      versions(row.nrf91x1 && [row.nrf91x1]),
    ]),
    of: since,
  },
  {
    ...tableOf(named(commandsSince), 'Commands that came later', ['command', 'nRF9160', 'nRF91x1'], (row) => [
      `\`${row.name}\``,
      versions(row.nrf9160),
      versions(row.nrf91x1),
    ]),
    of: commandsSince,
  },
  tableOf(carriedZephyrs, 'Zephyr and SDK', ['Zephyr', 'SDK'], (row) => [row.zephyr, row.sdk]),
  tableOf(sdkChanges, 'What changed with an SDK', ['SDK', 'about', 'change'], (row) => [
    sdkName(row.since),
    row.about,
    row.words,
  ]),
  tableOf(publicRoots, 'Public roots that came to an end', ['root', 'ended', 'how', 'in its place'], (row) => [
    row.name,
    isoTime(row.ended).slice(0, 10),
    row.how,
    row.now,
  ]),
  tableOf(migrationGuides, 'Migration guides', ['SDK', 'page'], (row) => [sdkName(row.since), row.page]),
]

/** The mark of each fact, by its id. */
export function factMarks(): ReadonlyMap<string, string> {
  const folder = new URL('../docs/facts/', import.meta.url)
  const rows = readdirSync(folder).flatMap((name) => [
    ...readFileSync(new URL(name, folder), 'utf8').matchAll(/^\| ([A-Z]+-\d+) \|.*\| ([A-Z]+) \| [^|]*\|$/gm),
  ])
  return new Map(rows.map(([, id = '', mark = '']) => [id, mark]))
}

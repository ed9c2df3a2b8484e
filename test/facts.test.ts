import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'docs/facts')
const row = /^\| ([A-Z]+-\d+) \| (.+) \| ([^|]+) \| ([^|]+) \|$/
const cited =
  /\b(?:AT|HOST|SHELL|SM|TOOL|CMNG|DIG|PEM|CME|CMS|MODE|POW|ID|KEY|SMS|TLS|ERR|LOSS|COMPAT|BRK|MQTT|OPEN|PROBE|REV|ROOT|RTT)-\d{2,3}\b/g

const rows = readdirSync(folder).flatMap((page) =>
  readFileSync(join(folder, page), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const match = row.exec(line)
      return match === null
        ? []
        : [{ page, id: match[1] ?? '', mark: match[3]?.trim() ?? '', source: match[4]?.trim() ?? '' }]
    }),
)

function textFiles(...folders: string[]): string[] {
  return folders.flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(ts|at|md)$/.test(file))
      .map((file) => join(root, name, file)),
  )
}

test('every fact has an id of its own, a mark and a source', () => {
  expect(rows.length).toBeGreaterThan(700)
  expect(new Set(rows.map((fact) => fact.id)).size).toBe(rows.length)
  const marks = new Set(['D', 'C', 'L', 'R', 'T', 'I', 'K', 'OPEN'])
  for (const fact of rows) {
    expect(marks.has(fact.mark), `${fact.id} has the mark ${fact.mark}`).toBe(true)
    expect(fact.source, fact.id).not.toBe('')
  }
})

test('ids of a prefix are counted without a gap, so that none was taken away', () => {
  const byPrefix = Map.groupBy(rows, (fact) => fact.id.replace(/-\d+$/, ''))
  for (const [prefix, facts] of byPrefix) {
    const numbers = facts.map((fact) => Number(fact.id.slice(prefix.length + 1))).sort((a, b) => a - b)
    expect(numbers, prefix).toEqual(numbers.map((_, index) => index + 1))
  }
})

test('every fact that code, tests, transcripts or docs cite is there', () => {
  const ids = new Set(rows.map((fact) => fact.id))
  const all = textFiles('src', 'test', 'docs').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(cited)].map((match) => [file, match[0]] as const),
  )
  expect(all.length).toBeGreaterThan(900)
  expect(all.filter(([, id]) => !ids.has(id)).map(([file, id]) => `${file}: ${id}`)).toEqual([])
})

test('the pages name no place of one machine', () => {
  for (const file of textFiles('src', 'test', 'docs'))
    expect(readFileSync(file, 'utf8'), file).not.toMatch(/\/work\/|\/root\/|\/home\/\w+\//)
})

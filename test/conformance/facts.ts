import { readdirSync, readFileSync } from 'node:fs'
import type { Grade } from './case.ts'

const folder = new URL('../../docs/facts/', import.meta.url)

/** A row of docs/facts. */
export interface FactRow {
  readonly mark: string
  readonly source: string
}

/** Every fact by its id. */
export const factRows: ReadonlyMap<string, FactRow> = new Map(
  readdirSync(folder)
    .flatMap((page) => readFileSync(new URL(page, folder), 'utf8').split('\n'))
    .flatMap((line) => {
      const row = /^\| ([A-Z]+-\d+) \| .+ \| ([^|]+) \| ([^|]+) \|$/.exec(line)
      return row === null ? [] : [[row[1] ?? '', { mark: row[2]?.trim() ?? '', source: row[3]?.trim() ?? '' }] as const]
    }),
)

/** The best grade that a mark can carry. */
export const gradeOfMark: Readonly<Record<string, Grade>> = {
  D: 'documented',
  C: 'seen',
  L: 'seen',
  R: 'seen',
  T: 'seen',
  I: 'inferred',
  K: 'inferred',
  OPEN: 'ours',
}

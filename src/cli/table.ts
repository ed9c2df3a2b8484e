import { wrapped } from './wrap.ts'

const gap = '  '

/** Aligned columns. The last column is not padded; no line ends in a blank. With `width` the last column is wrapped there. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], width?: number): string {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const last = head.length - 1
  const from = widths.slice(0, last).reduce((sum, wide) => sum + wide + gap.length, 0)
  const shown = (cell: string, column: number): string =>
    column === last ? wrapped(cell, width, from) : cell.padEnd(widths[column] ?? 0)
  return all
    .map((row) => row.map(shown).join(gap))
    .map((line) => line.trimEnd())
    .join('\n')
}

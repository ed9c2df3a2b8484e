import { dirname, resolve } from 'node:path'
import type { ItemFlag, Job } from '../job.ts'

/** A board that a line of a list names: its probe, and what it is to hold. */
export interface ListedBoard {
  readonly probe: string
  readonly job: Job
}

const fileColumns: Readonly<Record<string, ItemFlag>> = { ca: 'ca', cert: 'certificate', key: 'key', psk: 'psk' }
const columns = new Set(['probe', 'tag', 'manifest', 'psk-identity', ...Object.keys(fileColumns)])

/**
 * Reads a list of boards: CSV with a line of names, commas or semicolons, in UTF-8 with or without its mark. Files are named
 * from the folder of the list. A text is why it cannot be read.
 */
export function readBoards(text: string, path: string): readonly ListedBoard[] | string {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
  const [head = '', ...rows] = lines
  const separator = head.includes(';') ? ';' : ','
  const names = cells(head, separator).map((name) => name.toLowerCase())
  const strange = names.find((name) => !columns.has(name))
  if (strange !== undefined) return `line 1: there is no column ${strange}; there are ${[...columns].join(', ')}`
  if (!names.includes('probe')) return 'line 1: no column is called probe'
  if (rows.length === 0) return 'no board is in it'
  const boards: ListedBoard[] = []
  for (const [index, row] of rows.entries()) {
    const values = cells(row, separator)
    const board = boardOf(new Map(names.map((name, at) => [name, values[at] ?? ''])), dirname(path))
    if (typeof board === 'string') return `line ${index + 2}: ${board}`
    if (boards.some(({ probe }) => probe === board.probe))
      return `line ${index + 2}: probe ${board.probe} is there twice`
    boards.push(board)
  }
  return boards
}

function cells(line: string, separator: string): string[] {
  return line.split(separator).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'))
}

function boardOf(row: ReadonlyMap<string, string>, folder: string): ListedBoard | string {
  const value = (name: string): string | undefined => row.get(name) || undefined
  const probe = value('probe') ?? ''
  if (!/^[\w:.-]{1,64}$/.test(probe)) return 'no serial number of a probe is in it'
  const manifest = value('manifest')
  const tag = value('tag')
  const files = Object.entries(fileColumns).flatMap(([column, flag]): [ItemFlag, string][] => {
    const file = value(column)
    return file === undefined ? [] : [[flag, resolve(folder, file)]]
  })
  const identity = value('psk-identity')
  const flags: [ItemFlag, string][] = [
    ...files,
    ...(identity === undefined ? [] : [['psk-identity', identity] as const]),
  ].map(([flag, text]): [ItemFlag, string] => [flag, text])
  if (manifest !== undefined && (tag !== undefined || flags.length > 0))
    return 'a manifest and files say what is wanted'
  if (manifest !== undefined) return { probe, job: { manifest: resolve(folder, manifest) } }
  if (tag === undefined || !/^\d{1,10}$/.test(tag) || Number(tag) > 0xffff_ffff) return 'no security tag is in it'
  return flags.length === 0 ? `nothing is wanted in tag ${tag}` : { probe, job: { tag: Number(tag), flags } }
}

import { dirname, resolve } from 'node:path'
import { sameSerial } from '../../probe/index.ts'
import type { ItemFlag, Job } from '../job.ts'

/** A board that a line of a list names: its probe, and what it is to hold. */
export interface ListedBoard {
  readonly probe: string
  readonly job: Job
  /** Its place in the list: `boards.csv:3`. */
  readonly row?: string
}

const fileColumns: Readonly<Record<string, ItemFlag>> = { ca: 'ca', cert: 'certificate', key: 'key', psk: 'psk' }
const usual = 'probe,tag,ca,cert,key'
const columns = new Set(['probe', 'tag', 'manifest', 'psk-identity', ...Object.keys(fileColumns)])

/**
 * Reads a list of boards: CSV with a line of names, commas or semicolons, in UTF-8 with or without its mark. Files are named
 * from the folder of the list. A text is why it cannot be read.
 *
 * @param name how the list was named, for the place of each board
 */
export function readBoards(text: string, path: string, name: string): readonly ListedBoard[] | string {
  const [first, ...rows] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
  if (first === undefined) return `it is empty; its first line names columns, such as ${usual}`
  const { line: head, number } = first
  const separator = head.includes(';') ? ';' : ','
  const names = cells(head, separator).map((name) => name.toLowerCase())
  const strange = names.find((name) => !columns.has(name))
  if (strange !== undefined)
    return `line ${number}: there is no column ${strange}; there are ${[...columns].join(', ')}`
  if (!names.includes('probe')) return `line ${number}: no column is called probe`
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  if (twice !== undefined) return `line ${number}: column ${twice} is there twice`
  if (rows.length === 0) return 'no board is in it'
  const boards: ListedBoard[] = []
  for (const { line, number } of rows) {
    const values = cells(line, separator)
    if (values.length !== names.length)
      return `line ${number}: it has ${counted(values.length)}, and the line of names has ${counted(names.length)}`
    const board = boardOf(new Map(names.map((name, at) => [name, values[at] ?? ''])), dirname(path))
    if (typeof board === 'string') return `line ${number}: ${board}`
    const twice = namedBefore(
      board.probe,
      boards.map(({ probe }) => probe),
    )
    if (twice !== undefined) return `line ${number}: probe ${twice} there twice`
    boards.push({ ...board, row: `${name}:${number}` })
  }
  return boards
}

/** Where a probe was named before, how both stand there: tools fill serial numbers up with zeros, so two texts may be one probe. */
export function namedBefore(serial: string, earlier: readonly string[]): string | undefined {
  const same = earlier.find((one) => sameSerial(one, serial))
  if (same === undefined) return undefined
  return same === serial ? `${serial} is` : `${same}, which ${serial} is too, is`
}

function counted(count: number): string {
  return `${count} ${count === 1 ? 'cell' : 'cells'}`
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

import { closeSync, existsSync, fstatSync, fsyncSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Appends one value as a line of JSON, readable by its owner only. It is on the disk when this returns. */
export function appendLine(file: string, value: object): void {
  const isNew = !existsSync(file)
  const handle = openSync(file, 'a+', 0o600)
  try {
    // A line that was cut stays a line of its own and is skipped; it must not swallow this one.
    writeFileSync(handle, `${endsInLine(handle) ? '' : '\n'}${JSON.stringify(value)}\n`)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  if (isNew) syncFolder(dirname(file))
}

/** The values of a file of lines; none where there is no file. A line that was cut is no line. */
export function readLines<T>(file: string): T[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as T]
      } catch {
        return []
      }
    })
}

function endsInLine(handle: number): boolean {
  const { size } = fstatSync(handle)
  const last = Buffer.alloc(1)
  return size === 0 || (readSync(handle, last, 0, 1, size - 1) === 1 && last[0] === 0x0a)
}

/** A new file is safe only when its folder is. Not every system lets a folder be synced. */
function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    fsyncSync(handle)
    closeSync(handle)
  } catch {
    // Windows.
  }
}

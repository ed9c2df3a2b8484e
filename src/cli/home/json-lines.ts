import { existsSync, readFileSync } from 'node:fs'
import { appendLine } from './on-disk.ts'

/** Appends one value as a line of JSON, readable by its owner only. It is on the disk when this returns. */
export function appendValue(file: string, value: object): void {
  appendLine(file, JSON.stringify(value))
}

/** The values of a file of such lines; none where there is no file. A line that was cut is no line. */
export function readValues<T>(file: string): T[] {
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

import { existsSync, readFileSync } from 'node:fs'
import { appendLine } from './on-disk.ts'

/** Appends one value as a line of JSON, readable by its owner only. It is on the disk when this returns. */
export function appendValue(file: string, value: object): void {
  appendLine(file, JSON.stringify(value))
}

/** The values of a file of such lines; none where there is no file. A line that was cut is no line, nor is what was never one of ours. */
export function readValues<T extends object>(file: string): T[] {
  return linesOf(file).flatMap((line) => (readValue(line) as T | undefined) ?? [])
}

/** Whether a file has a line that cannot be read and was not just cut: when the process died over it, nothing had followed from it. */
export function hasDamage(file: string): boolean {
  return linesOf(file).some((line) => readValue(line) === undefined && !(line.startsWith('{') && !line.endsWith('}')))
}

function linesOf(file: string): string[] {
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
}

function readValue(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

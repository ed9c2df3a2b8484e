import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import type { Clock } from '../../terms/index.ts'

/** Milliseconds between looks: file notifications miss what comes over network folders, and a look costs nothing. */
const pause = 200
const largestLine = 65_536

/**
 * The lines that are added to a file from now on, through rotation and truncation; ends when the signal is aborted. Throws
 * what the system throws where the file cannot be opened at the start.
 */
export function followFile(path: string, clock: Clock, signal: AbortSignal): AsyncGenerator<string, void, void> {
  const handle = openSync(path, 'r')
  return follow(path, handle, clock, signal)
}

async function* follow(
  path: string,
  first: number,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  let handle = first
  let at = fstatSync(handle).size
  let rest = ''
  try {
    while (!signal.aborted) {
      const { text, next } = readFrom(handle, at)
      at = next
      const lines = (rest + text).split('\n')
      rest = (lines.pop() ?? '').slice(-largestLine)
      yield* lines
      if (text !== '') continue
      const moved = successor(path, handle, at)
      if (moved !== undefined) {
        closeSync(handle)
        handle = moved
        at = 0
      } else await clock.sleep(pause, signal).catch(() => {})
    }
  } finally {
    closeSync(handle)
  }
}

function readFrom(handle: number, at: number): { text: string; next: number } {
  const buffer = Buffer.alloc(largestLine)
  const read = readSync(handle, buffer, 0, buffer.length, at)
  return { text: buffer.toString('latin1', 0, read), next: at + read }
}

/** The file that stands at this path now, where it is another one or was cut short. */
function successor(path: string, handle: number, at: number): number | undefined {
  try {
    const [now, then] = [statSync(path), fstatSync(handle)]
    return now.ino !== then.ino || now.size < at ? openSync(path, 'r') : undefined
  } catch {
    // Between the old file's going and the new one's coming there is none.
    return undefined
  }
}

import type { Ending } from './output.ts'

/** A file that was to be written and cannot be. */
export function unwritable(path: string, error: unknown): Ending {
  const text = error instanceof Error ? error.message : String(error)
  const failure = {
    what: `${path} cannot be written: ${text}`,
    state: 'no board was touched',
    why: 'its folder does not exist, or may not be written to',
    next: 'name a file in a folder that exists',
  }
  return { exit: 2, failure }
}

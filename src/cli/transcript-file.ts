import { closeSync, openSync, writeFileSync } from 'node:fs'
import { formatEntry, type Tap } from '../at/index.ts'
import { diskTrouble } from './home/disk-trouble.ts'
import type { Ending, Output } from './output.ts'
import { unwritable } from './unwritable.ts'

/** A dialogue that is written down while it goes on. */
export interface TranscriptFile {
  readonly tap: Tap
  close(): void
}

/** Opens one. A disk that fails ends the transcript and never the dialogue: the board must still be given back. */
export function transcriptFile(path: string, output: Output): TranscriptFile | Ending {
  let trouble: string | undefined
  let handle: number
  try {
    handle = openSync(path, 'a', 0o600)
  } catch (error) {
    return unwritable(path, error)
  }
  const tap: Tap = (entry) => {
    if (trouble !== undefined) return
    try {
      writeFileSync(handle, `${formatEntry(entry)}\n`)
    } catch (error) {
      trouble = diskTrouble(error)
      output.warn('transcript-cut', `The transcript ${path} ends here: ${trouble}. The dialogue goes on.`)
    }
  }
  return { tap, close: () => closeSync(handle) }
}

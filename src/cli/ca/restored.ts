import { join } from 'node:path'
import { readValues } from '../home/json-lines.ts'
import type { Output } from '../output.ts'

/** The file that says when an authority came back from a backup, a line each time. */
export const restoredFile = 'restored.jsonl'

/** What somebody must do whose authority came back from a backup. */
export function restoredWords(made: string, home: string): string {
  return `What was issued or revoked after ${made} is not known here. Tell it what you have: sectag ca import --issued FILE${home}, and --crl FILE with the last CRL that a broker has. Serial numbers are not given twice, and numbers of CRLs go on.`
}

/** Reminds of a backup that the authority in this folder came from. */
export function tellRestored(output: Output, folder: string): void {
  const last = readValues<{ at?: unknown; made?: unknown }>(join(folder, restoredFile)).at(-1)
  if (last !== undefined)
    output.notice('was-restored', `Restored ${String(last.at)} from a backup of ${String(last.made)}.`)
}

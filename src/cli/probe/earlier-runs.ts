import { existsSync } from 'node:fs'
import type { Context } from '../context.ts'
import { DiskWatch } from '../home/disk-trouble.ts'
import type { Home } from '../home/home.ts'
import { damagedProbeJournals, type OpenProbeRun } from '../home/probe-journal.ts'
import type { Ending, Output } from '../output.ts'
import { shellWord } from '../shell-word.ts'
import { boardState } from './board-state.ts'
import { cutRuns, sweepFiles } from './claim.ts'

/** Files of runs that were cut are wiped first; where that fails nothing is begun. */
export function sweep(output: Output, home: Home, env: Context['env']): Ending | undefined {
  const disk = new DiskWatch()
  disk.note(() => warnOfDamage(output, home))
  disk.note(() => sweepFiles(home, env))
  if (disk.trouble === undefined) return undefined
  const failure = {
    what: `what runs that were cut have left could not be read or wiped: ${disk.trouble}`,
    state: 'no board was touched',
    why: 'likely: the disk is full, or a file of the home belongs to somebody else; a key may lie in such a file',
    next: `ls -l ${shellWord(home.journal)}   # mend that, then repeat the command`,
  }
  return { exit: 1, failure }
}

/** Boards of earlier runs that are still out there with credentials in their flash, or without an application. */
export function warnOfCutRuns(output: Output, home: Home): void {
  const disk = new DiskWatch()
  let cut: readonly OpenProbeRun[] = []
  disk.note(() => (cut = cutRuns(home)))
  for (const { run, chipId } of cut) {
    const chip = chipId === undefined ? '' : ` (chip ${chipId})`
    output.warn(
      'cut-run',
      `Run ${run.id} at probe ${run.serial}${chip} is open: ${boardState(run)}. The next run on that board takes it up.`,
    )
  }
}

/** What a damaged journal does not say any more, somebody must look for. */
function warnOfDamage(output: Output, home: Home): void {
  for (const file of damagedProbeJournals(home)) {
    const kept = file.replace(/\.jsonl$/, '.hex')
    const saved = existsSync(kept) ? ` What was on the chip before it is kept in ${kept}.` : ''
    output.warn(
      'damaged-journal',
      `The journal ${file} is damaged: what it says of its run may be short, and key bytes may lie in the flash of its board.${saved} Remove it when that board is as it should be.`,
    )
  }
}

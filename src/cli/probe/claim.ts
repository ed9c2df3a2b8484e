import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Found, type ProbeRun, type StepRefusal, takeUp } from '../../probe/index.ts'
import { type Outcome, ok, refused } from '../../terms/index.ts'
import type { Home } from '../home/home.ts'
import { wipePrivate } from '../home/private-folder.ts'
import { fileEnded, isAlive, type OpenProbeRun, openProbeRuns, ProbeJournal } from '../home/probe-journal.ts'

/** Runs that are open, and that nobody is at any more. */
export function cutRuns(home: Home): OpenProbeRun[] {
  return openProbeRuns(home).filter((open) => !isAlive(open))
}

/** Wipes the files that runs which were cut have left: for that no board is needed. */
export function sweepFiles(home: Home): void {
  fileEnded(home)
  for (const { folder } of cutRuns(home)) wipePrivate(folder)
}

/**
 * Claims a chip for a run as soon as it has told its number, and takes up what earlier runs have left on it. Two probes may be
 * wired to one board: the one that comes later is refused. A chip that tells no number is known by its probe.
 */
export function claimChip(
  home: Home,
  journal: ProbeJournal,
  run: ProbeRun,
  found: Found,
): Outcome<Claimed, StepRefusal> {
  if (found.chipId !== undefined) journal.claim(found.chipId)
  const same = openProbeRuns(home).filter((open) => open.run.id !== run.id && isSame(open, run, found.chipId))
  const busy = same.find(isAlive)
  if (busy !== undefined)
    return refused({ kind: 'shared-chip', with: `probe ${busy.run.serial}, process ${busy.process}` })
  const { debts, taken, saved } = takeUp(
    run,
    same.map((open) => open.run),
  )
  const more = { debts, ...(taken !== undefined && { taken }), ...(saved !== undefined && { saved }) }
  return ok({ found: { ...found, ...more }, earlier: same })
}

/** What a run has found, with what it has taken up, and from whom. */
export interface Claimed {
  readonly found: Found
  readonly earlier: readonly OpenProbeRun[]
}

function isSame(open: OpenProbeRun, run: ProbeRun, chipId: string | undefined): boolean {
  return open.chipId === undefined || chipId === undefined ? open.run.serial === run.serial : open.chipId === chipId
}

/** Ends the journals of runs whose debts stand in the journal of another one now; what they kept goes too, unless it is still needed. */
export function retire(
  home: Home,
  earlier: readonly OpenProbeRun[],
  next: { readonly id: string; readonly saved: ProbeRun['saved'] },
  now: () => number,
): void {
  const needed = typeof next.saved === 'object' ? next.saved.file : undefined
  for (const { run } of earlier) {
    const kept = keptFile(home, run.id)
    if (kept !== needed) rmSync(kept, { force: true })
    new ProbeJournal(home, run.id, now).end(`taken up by ${next.id}`)
  }
}

/** Where a run keeps what was on the chip. */
export function keptFile(home: Home, id: string): string {
  return join(home.journal, `probe-${id}.hex`)
}

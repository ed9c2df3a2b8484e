import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Footprint,
  type Found,
  keptImage,
  type ProbeRun,
  sameSerial,
  secretMayLie,
  type StepRefusal,
  takeUp,
} from '../../probe/index.ts'
import { type Outcome, ok, refused } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { Home } from '../home/home.ts'
import { privatePath, wipePrivate } from '../home/private-folder.ts'
import { fileEnded, isAlive, type OpenProbeRun, openProbeRuns, ProbeJournal, toolLeft } from '../home/probe-journal.ts'
import { boardState } from './board-state.ts'

/** Runs that are open, and that nobody is at any more. */
export function cutRuns(home: Home): OpenProbeRun[] {
  return openProbeRuns(home).filter((open) => !isAlive(open))
}

/** Wipes the files that runs which were cut have left: for that no board is needed. */
export function sweepFiles(home: Home, env: Context['env']): void {
  fileEnded(home)
  for (const { folder, run } of cutRuns(home)) wipePrivate(folder ?? privatePath(home, env, run.id))
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
  const beside = refusalBeside(same)
  if (beside !== undefined) return refused(beside)
  const { debts, taken, saved, lost } = withoutLost(
    takeUp(
      run,
      same.map((open) => open.run),
    ),
  )
  const more = {
    debts,
    ...(taken !== undefined && { taken }),
    ...(saved !== undefined && { saved }),
    ...(lost !== undefined && { lost }),
  }
  const footprint = lastFootprint(same)
  // The earlier journals end with this one's next line.
  if (footprint !== undefined) journal.footprint(footprint)
  const needed = typeof saved === 'object' ? saved.file : lost
  return ok({
    found: { ...found, ...more },
    earlier: same,
    ...(needed !== undefined && { needed }),
    ...(footprint !== undefined && { footprint }),
  })
}

/** A chip that was unlocked since is as no earlier run had found it. */
function lastFootprint(same: readonly OpenProbeRun[]): Footprint | undefined {
  const last = same.findLast(({ run, footprint }) => footprint !== undefined || run.begun.includes('unlock'))
  return last?.footprint
}

/** Whether a tool that a dead run has started is still at this probe: that is asked before the chip is, in which it may be at work. */
export function besideTool(home: Home, { id, serial }: ProbeRun): StepRefusal | undefined {
  return refusalBeside(
    openProbeRuns(home).filter(
      (open) => open.run.id !== id && sameSerial(open.run.serial, serial) && toolLeft(open) !== undefined,
    ),
  )
}

/** Why nobody goes to a chip at which another run is, or what that has left running. */
function refusalBeside(same: readonly OpenProbeRun[]): StepRefusal | undefined {
  const busy = same.find(isAlive)
  if (busy === undefined) return undefined
  const { run } = busy
  const left = toolLeft(busy)
  if (left === undefined) return { kind: 'shared-chip', with: `probe ${run.serial}, process ${busy.process}` }
  const found = { state: boardState(run), mayLie: secretMayLie(run) }
  return { kind: 'tool-at-work', run: run.id, tool: run.tool, process: left.process, ...found }
}

/** What was kept and cannot be used any more is known before anything is programmed, not when it is to be put back. */
function withoutLost(run: ProbeRun): ProbeRun {
  const { saved, ...rest } = run
  if (typeof saved !== 'object' || keptImage(readKept(saved.file)) !== undefined) return run
  return { ...rest, lost: saved.file }
}

/** What a run has found, with what it has taken up, and from whom. */
export interface Claimed {
  readonly found: Found
  readonly earlier: readonly OpenProbeRun[]
  /** What the last of them had found on the chip. */
  readonly footprint?: Footprint
  /** The file with what an earlier run has kept: it stays. */
  readonly needed?: string
}

function isSame(open: OpenProbeRun, run: ProbeRun, chipId: string | undefined): boolean {
  return open.chipId === undefined || chipId === undefined
    ? sameSerial(open.run.serial, run.serial)
    : open.chipId === chipId
}

/** Ends the journals of runs whose debts stand in the journal of another one now; what they kept goes too, unless it is still needed. */
export function retire(
  home: Home,
  earlier: readonly OpenProbeRun[],
  next: { readonly id: string; readonly needed: string | undefined },
  now: () => number,
): void {
  for (const { run } of earlier) {
    const kept = keptFile(home, run.id)
    if (kept !== next.needed) rmSync(kept, { force: true })
    new ProbeJournal(home, run.id, now).end(`taken up by ${next.id}`)
  }
}

/** Reads what a run has kept; undefined where its file is gone, or nobody lets us read it. */
export function readKept(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Where a run keeps what was on the chip. */
export function keptFile(home: Home, id: string): string {
  return join(home.journal, `probe-${id}.hex`)
}

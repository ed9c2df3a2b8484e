import { type Debt, isGone, type ProbeRun, takesPlace } from './run.ts'

/** Where credentials may lie beside the modem, as far as the run tells. */
export function secretMayLie(run: ProbeRun): ('flash' | 'file')[] {
  const writing = run.begun.includes('write')
  const owed = run.debts.length > 0 && !run.done.includes('blank-old') && !run.done.includes('unlock')
  const written = writing && !run.done.includes('blank')
  const inFile = writing && !run.done.includes('write') && run.failed === undefined
  return [...(owed || written ? (['flash'] as const) : []), ...(inFile ? (['file'] as const) : [])]
}

/** Whether there was an application, and neither it nor the one that was named is there now. */
export function isWithoutApplication(run: ProbeRun): boolean {
  return isTaken(run) && run.saved !== 'nothing'
}

/** Whether what was on the chip is there no more, and what is to be there is not there yet. */
function isTaken(run: ProbeRun): boolean {
  const taken = takesPlace(run) || run.begun.includes('unlock') || isGone(run)
  return taken && !run.done.includes('verify')
}

/** Whether a run that ended so must be taken up by the next one on this chip. */
export function leavesOpen(run: ProbeRun): boolean {
  return secretMayLie(run).length > 0 || isTaken(run)
}

/** A run before it touches a chip, with what earlier runs on this chip have left to do. */
export function takeUp(run: ProbeRun, earlier: readonly ProbeRun[]): ProbeRun {
  const debts = earlier.flatMap((old): Debt[] => [
    ...(old.done.includes('blank-old') ? [] : old.debts),
    ...(secretMayLie(old).includes('flash') && old.begun.includes('write')
      ? [{ run: old.id, page: old.page, secret: old.secret }]
      : []),
  ])
  const all = { ...run, debts: [...run.debts, ...debts] }
  if (!earlier.some(isTaken)) return all
  const { saved, lost } = earlier.findLast((old) => old.saved !== undefined || old.lost !== undefined) ?? {}
  return { ...all, taken: true, ...(saved !== undefined && { saved }), ...(lost !== undefined && { lost }) }
}

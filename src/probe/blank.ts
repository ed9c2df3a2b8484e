import { type Bytes, type Outcome, ok, refused } from '../terms/index.ts'
import { erasedByte, isBlank, mergeStretches, within } from './flash.ts'
import { changedSince } from './footprint.ts'
import { chipOf, type Done, type HandOrder } from './hand-order.ts'
import { headerBytes, readHeader, tablesIn } from './table.ts'
import type { ProbeRun, StepRefusal } from './run.ts'
import type { Chip, Probe, Stretch } from './tool.ts'

/** The flash without what earlier runs have left in it. */
export interface Blanked {
  readonly flash: Bytes
  /** Where credentials lay that no journal had told of. */
  readonly tables: readonly Stretch[]
  /** Whether a table lay there, be it an empty one: where it lies the writer lies too, and what was there before is gone. */
  readonly taken: boolean
  /** Whether nobody, no earlier run either, has changed anything since that had found the application there. */
  readonly untouched: boolean
}

/** Blanks what earlier runs have left, by their journals first and then wherever a table lies. */
export async function blankOld(order: HandOrder, run: ProbeRun): Promise<Outcome<Blanked, StepRefusal>> {
  const chip = chipOf(run)
  const read = await order.probe.read(chip.flash)
  if (!read.ok) return read
  const flash = read.value
  const left = order.left?.()
  const since = left === undefined ? 'ours' : changedSince(flash, chip, left)
  // What was kept belongs to another application than the one that is there now: nothing is touched before somebody names one.
  if (since === 'others' && run.application === 'saved') return refused({ kind: 'reprogrammed' })
  const untouched = since === 'untouched' && left?.taken === false
  const tables = tablesIn(flash, chip)
  const unknown = tables.filter(({ from, to }) => !isBlank(part(flash, chip, { from: from + headerBytes, to })))
  for (const stretch of mergeStretches([...(untouched ? [] : debtsIn(order, run, flash)), ...tables])) {
    const gone = await blanked(order.probe, stretch)
    if (!gone.ok) return gone
    part(flash, chip, stretch).fill(erasedByte)
  }
  return ok({ flash, tables: unknown.filter((table) => !isOwed(run, table)), taken: tables.length > 0, untouched })
}

/** The pages that earlier runs by their journals have left; what their writers have said there is heard. */
function debtsIn({ owed }: HandOrder, run: ProbeRun, flash: Bytes): Stretch[] {
  return run.debts.map((debt) => {
    const header = readHeader(part(flash, chipOf(run), { from: debt.page, to: debt.page + headerBytes }))
    if (header !== undefined) owed?.(debt, header)
    return debt.secret
  })
}

function isOwed({ debts }: ProbeRun, table: Stretch): boolean {
  return debts.some(({ secret }) => within(table, secret))
}

function part(flash: Bytes, { flash: { from } }: Chip, stretch: Stretch): Bytes {
  return flash.subarray(stretch.from - from, stretch.to - from)
}

/** Erases a stretch and believes it when it has been read. */
export async function blanked(probe: Probe, stretch: Stretch): Done {
  const erased = await probe.erase(stretch)
  if (!erased.ok) return erased
  const read = await probe.read(stretch)
  if (!read.ok) return read
  return isBlank(read.value) ? ok({}) : refused({ kind: 'not-blank', at: stretch })
}

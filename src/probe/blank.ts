import { type Bytes, type Outcome, ok, refused } from '../terms/index.ts'
import { isBlank } from './flash.ts'
import { chipOf, type Done, type HandOrder } from './hand-order.ts'
import { headerBytes, readHeader, tablesIn } from './table.ts'
import type { ProbeRun, StepRefusal } from './run.ts'
import type { Probe, Stretch } from './tool.ts'

/** The flash without what earlier runs have left in it, and where credentials lay that no journal had told of. */
export interface Blanked {
  readonly flash: Bytes
  readonly tables: readonly Stretch[]
  /** Whether a table lay there, be it an empty one: where it lies the writer lies too, and what was there before is gone. */
  readonly taken: boolean
}

/** Blanks what earlier runs have left, by their journals first and then wherever a table lies. */
export async function blankOld({ probe, owed }: HandOrder, run: ProbeRun): Promise<Outcome<Blanked, StepRefusal>> {
  const chip = chipOf(run)
  for (const debt of run.debts) {
    const { page, secret } = debt
    const left = await probe.read({ from: page, to: page + headerBytes })
    if (!left.ok) return left
    const header = readHeader(left.value)
    if (header !== undefined) owed?.(debt, header)
    const gone = await blanked(probe, secret)
    if (!gone.ok) return gone
  }
  const read = await probe.read(chip.flash)
  if (!read.ok) return read
  const flash = read.value
  const found = tablesIn(flash, chip)
  const tables = found.filter(
    ({ from, to }) => !isBlank(flash.subarray(from - chip.flash.from + headerBytes, to - chip.flash.from)),
  )
  for (const stretch of found) {
    const gone = await blanked(probe, stretch)
    if (!gone.ok) return gone
    flash.fill(0xff, stretch.from - chip.flash.from, stretch.to - chip.flash.from)
  }
  return ok({ flash, tables, taken: found.length > 0 })
}

/** Erases a stretch and believes it when it has been read. */
export async function blanked(probe: Probe, stretch: Stretch): Done {
  const erased = await probe.erase(stretch)
  if (!erased.ok) return erased
  const read = await probe.read(stretch)
  if (!read.ok) return read
  return isBlank(read.value) ? ok({}) : refused({ kind: 'not-blank', at: stretch })
}

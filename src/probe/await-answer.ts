import { ok, refused } from '../terms/index.ts'
import type { Done, HandOrder } from './hand-order.ts'
import { headerBytes, readHeader } from './table.ts'
import type { ProbeRun } from './run.ts'

/** Milliseconds to the next look at the result: most writers are done in a few seconds, and each look is a call of a tool. */
function pauseAfter(waited: number): number {
  return waited < 5000 ? 500 : 2000
}

/** Looks at the table's header, in which nothing is secret, until there is a result. */
export async function awaitAnswer({ probe, clock, patience }: HandOrder, run: ProbeRun): Done {
  const begun = clock.now()
  for (;;) {
    const read = await probe.read({ from: run.page, to: run.page + headerBytes })
    if (!read.ok) return read
    const header = readHeader(read.value)
    const imei = header?.imei
    if (header?.result !== undefined) return ok({ answer: header.result, ...(imei !== undefined && { imei }) })
    const waited = clock.now() - begun
    if (waited >= patience)
      return refused({ kind: 'never-answered', afterMs: patience, ...(imei !== undefined && { imei }) })
    await clock.sleep(pauseAfter(waited))
  }
}

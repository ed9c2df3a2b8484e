import { refused } from '../terms/index.ts'
import { awaitAnswer } from './await-answer.ts'
import { type Done, type HandOrder, plain } from './hand-order.ts'
import { writeHex } from './hex.ts'
import { layTrial } from './layout.ts'
import type { ProbeRun, StepRefusal } from './run.ts'

/**
 * Runs the writer once with nothing to write. Where the lock is hardened the port stays open only if UICR and the firmware that
 * runs both say so, and may close when the chip wakes (PROBE-17, PROBE-53): if this writer lets it close, then over no key.
 */
export async function tryWriter(order: HandOrder, run: ProbeRun): Done {
  const programmed = await programTrial(order, run)
  if (!programmed.ok) return programmed
  const started = await order.probe.reset()
  if (!started.ok) return refused(closed(started.refusal))
  const answered = await awaitAnswer(order, run)
  return answered.ok ? { ok: true, value: {} } : refused(closed(answered.refusal))
}

async function programTrial({ probe, files, writer }: HandOrder, { page }: ProbeRun): Done {
  const file = files.putPrivate('trial.hex', writeHex(layTrial(writer, page)))
  try {
    return await plain(probe.program(file))
  } finally {
    files.wipe(file)
  }
}

/** The chip has just been read: what hides it now is the writer. Some tools see a locked chip as one without power. */
function closed(refusal: StepRefusal): StepRefusal {
  if (refusal.kind !== 'locked' && refusal.kind !== 'no-chip') return refusal
  return { kind: 'closes-port', words: refusal.words }
}

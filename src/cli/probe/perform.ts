import { rmSync } from 'node:fs'
import { beginProbeRun, carryOutProbe, leavesOpen, type ProbeRun } from '../../probe/index.ts'
import type { Context } from '../context.ts'
import { makePrivate, privatePath, wipePrivate } from '../home/private-folder.ts'
import { ProbeJournal } from '../home/probe-journal.ts'
import { newRunId } from '../run-id.ts'
import { claimingHand } from './claiming-hand.ts'
import type { ProbeTask } from './task.ts'

/** Carries out the writing of one board, the journal always one step ahead of the chip. */
export async function performAtProbe(context: Context, task: ProbeTask): Promise<ProbeRun> {
  const { home, given, tell, order } = task
  const begun = beginProbeRun({
    id: newRunId(context),
    serial: task.serial,
    tool: order.tool,
    page: order.writer.page,
    secret: task.laid.secret,
    slots: given.slots,
    unlock: order.unlock,
    application: order.application === undefined ? 'saved' : 'named',
  })
  const folder = privatePath(home, context.env, begun.id)
  const journal = new ProbeJournal(home, begun.id, context.clock.now)
  journal.begin({ run: begun, folder, given })
  const { hand, retireEarlier } = claimingHand(context, task, journal, { begun, folder })
  let run = begun
  try {
    makePrivate(folder)
    const going = carryOutProbe(begun, hand, context.signal)
    for (let told = await going.next(); ; told = await going.next()) {
      if (told.done === true) {
        run = told.value
        break
      }
      const { type, step, run: now } = told.value
      if (type === 'begin') journal.step(step, now)
      else {
        journal.done(step, now, told.value.refusal)
        retireEarlier()
        tell(step, now, told.value.refusal)
      }
    }
  } finally {
    wipePrivate(folder)
  }
  if (leavesOpen(run)) journal.left()
  else close(journal, run)
  return run
}

/** What was kept of the old application is there again, or was replaced: its copy goes. */
function close(journal: ProbeJournal, run: ProbeRun): void {
  if (typeof run.saved === 'object') rmSync(run.saved.file, { force: true })
  journal.end(run.failed === undefined ? `answered ${run.answer}` : `failed at ${run.failed.step}`)
}

import { existsSync, rmSync } from 'node:fs'
import {
  beginProbeRun,
  carryOutProbe,
  findTools,
  leavesOpen,
  type ProbeHand,
  type ProbeRun,
  type ProbeStep,
  type ProbeTool,
} from '../../probe/index.ts'
import type { Context } from '../context.ts'
import type { DiskWatch } from '../home/disk-trouble.ts'
import { makePrivate, privatePath, wipePrivate } from '../home/private-folder.ts'
import { ProbeJournal } from '../home/probe-journal.ts'
import { newRunId } from '../run-id.ts'
import { claimingHand } from './claiming-hand.ts'
import { enduringHand } from './enduring-hand.ts'
import type { Interruption } from './interruption.ts'
import type { ProbeTask } from './task.ts'
import type { TellStep } from './tell.ts'
import { withUsableTool } from './usable-tool.ts'

/**
 * Carries out the writing of one board, the journal always one step ahead of the chip. Where the disk fails nothing more is
 * given to it; what brings it back is done all the same.
 */
export async function performAtProbe(context: Context, task: ProbeTask): Promise<PerformedAtProbe> {
  const { home, given, tell, order, disk, interruption } = task
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
  const claiming = claimingHand(context, task, journal, { begun, folder })
  const tool = (): ProbeTool | undefined =>
    findTools({ env: context.env, folder }).find(({ name }) => name === order.tool)
  const hand = enduringHand(withUsableTool(claiming.hand, tool), disk)
  const work = { ...claiming, hand, journal, tell, disk, interruption }
  await disk.during(() => {
    journal.begin({ run: begun, folder, given })
    makePrivate(folder)
  })
  const run = await carryOutWith(begun, work, context.signal).finally(() => {
    interruption.over(begun)
    disk.note(() => wipePrivate(folder))
  })
  await disk.during(() => (leavesOpen(run) ? journal.left() : close(journal, run)))
  return { run: withTrouble(run, disk.trouble, run.begun.at(-1)), ...(existsSync(folder) && { unwiped: folder }) }
}

/** How the writing of one board ended. */
export interface PerformedAtProbe {
  readonly run: ProbeRun
  /** The private folder, where it could not be wiped: something of the key may be in it. */
  readonly unwiped?: string
}

interface Work {
  readonly hand: ProbeHand
  readonly retireEarlier: () => void
  readonly journal: ProbeJournal
  readonly tell: TellStep
  readonly disk: DiskWatch
  readonly interruption: Interruption
}

async function carryOutWith(begun: ProbeRun, work: Work, signal: AbortSignal): Promise<ProbeRun> {
  const { hand, retireEarlier, journal, tell, disk, interruption } = work
  const going = carryOutProbe(begun, hand, signal)
  let troubled: ProbeStep | undefined
  for (;;) {
    const told = await going.next()
    if (told.done === true) return withTrouble(told.value, disk.trouble, troubled)
    const { value } = told
    const { step, run } = value
    interruption.at(run)
    if (value.type === 'begin') await disk.during(() => journal.step(step, run))
    else {
      await disk.during(() => {
        journal.done(step, run, value.refusal)
        retireEarlier()
      })
      if (disk.trouble !== undefined) troubled ??= step
      tell(step, run, value.refusal)
    }
  }
}

/** A disk that failed is told too where the board has all: the home does not know how the run ended. */
function withTrouble(run: ProbeRun, trouble: string | undefined, step: ProbeStep = 'identify'): ProbeRun {
  if (trouble === undefined || run.failed !== undefined) return run
  return { ...run, failed: { step, refusal: { kind: 'disk', words: trouble } } }
}

/** What was kept of the old application is there again, or was replaced: its copy goes. */
function close(journal: ProbeJournal, run: ProbeRun): void {
  if (typeof run.saved === 'object') rmSync(run.saved.file, { force: true })
  journal.end(run.failed === undefined ? `answered ${run.answer}` : `failed at ${run.failed.step}`)
}

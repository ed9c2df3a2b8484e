import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  beginProbeRun,
  carryOutProbe,
  findTools,
  type Laid,
  leavesOpen,
  type ProbeHand,
  type ProbeRun,
  probeHand,
  type RunFiles,
  type ToolName,
} from '../../probe/index.ts'
import { ok, refused } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { Home } from '../home/home.ts'
import { writeWhole } from '../home/on-disk.ts'
import { makePrivate, privatePath, putPrivate, wipeFile, wipePrivate } from '../home/private-folder.ts'
import { type Given, givenBy, type OpenProbeRun, ProbeJournal } from '../home/probe-journal.ts'
import { newRunId } from '../run-id.ts'
import { claimChip, retire } from './claim.ts'
import { rememberGiven } from './given.ts'
import type { ProbeOrder } from './order.ts'
import type { TellStep } from './tell.ts'

/** One board, and what it is to be given. */
export interface ProbeTask {
  readonly serial: string
  readonly home: Home
  readonly laid: Laid
  readonly given: Given
  readonly order: ProbeOrder
  /** Asks whether a locked chip may be erased. */
  readonly mayUnlock: () => Promise<boolean>
  readonly tell: TellStep
  /** By the number of a chip, the probe of this command that has met it. */
  readonly met: Map<string, string>
}

/** How long a writer may take: it starts a modem, and each item is a write to the modem's own flash. */
const patience = { start: 20_000, item: 5000 }

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
  journal.begin({ run: begun, folder, process: process.pid, given })
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

/** A hand that claims the chip when it has told its number, and tells the home of a board as soon as its IMEI is known. */
function claimingHand(
  context: Context,
  task: ProbeTask,
  journal: ProbeJournal,
  { begun, folder }: { begun: ProbeRun; folder: string },
): { hand: ProbeHand; retireEarlier: () => void } {
  const { home, given } = task
  const { now } = context.clock
  const remember = (imei: string | undefined, what: Given | undefined, answer: number | undefined): void => {
    if (imei !== undefined && what !== undefined) rememberGiven(home, imei, what, answer, now())
  }
  const base = baseHand(context, task, folder, begun.id, remember)
  let earlier: readonly OpenProbeRun[] = []
  const hand: ProbeHand = async (step, run) => {
    if (step === 'unlock' && !(await task.mayUnlock())) return refused({ kind: 'not-confirmed' })
    const outcome = await base(step, run)
    if (step === 'answer') {
      if (outcome.ok) remember(outcome.value.imei, given, outcome.value.answer)
      else if (outcome.refusal.kind === 'never-answered') remember(outcome.refusal.imei, given, undefined)
    }
    // A locked chip does not tell its number: it is claimed when it is open.
    const open = outcome.ok && outcome.value.chip?.access === 'open'
    if (!outcome.ok || !open) return outcome
    const other = metBefore(task, outcome.value.chipId)
    if (other !== undefined) return refused({ kind: 'shared-chip', with: `probe ${other}, in this command` })
    const claimed = claimChip(home, journal, run, outcome.value)
    if (!claimed.ok) return claimed
    earlier = [...earlier, ...claimed.value.earlier]
    for (const open of claimed.value.earlier) remember(open.run.imei, open.given, open.run.answer)
    return ok(claimed.value.found)
  }
  const retireEarlier = (): void => {
    retire(home, earlier, begun.id, now)
    earlier = []
  }
  return { hand, retireEarlier }
}

/** Which other probe of this command is at the same chip. */
function metBefore({ met, serial }: ProbeTask, chipId: string | undefined): string | undefined {
  if (chipId === undefined) return undefined
  const first = met.get(chipId) ?? serial
  met.set(chipId, first)
  return first === serial ? undefined : first
}

type Remember = (imei: string | undefined, given: Given | undefined, answer: number | undefined) => void

function baseHand(context: Context, task: ProbeTask, folder: string, id: string, remember: Remember): ProbeHand {
  const { home, laid, order } = task
  return probeHand({
    probe: toolOf(context, order.tool, folder).at(task.serial),
    clock: context.clock,
    files: filesOf(home, folder, id),
    laid,
    writer: order.writer.image,
    runsOn: order.writer.runsOn,
    ...(order.application !== undefined && { application: order.application.image }),
    patience: patience.start + patience.item * task.given.slots.length,
    owed: (debt, { imei, result }) => remember(imei, givenBy(home, debt.run), result),
  })
}

function toolOf(context: Context, name: ToolName, folder: string): ReturnType<typeof findTools>[number] {
  const tool = findTools({ env: context.env, folder }).find((found) => found.name === name)
  if (tool === undefined) throw new Error(`${name} was on PATH and is not any more`)
  return tool
}

function filesOf(home: Home, folder: string, id: string): RunFiles {
  return {
    putPrivate: (name, text) => putPrivate(folder, name, text),
    wipe: wipeFile,
    keep(text) {
      const path = join(home.journal, `probe-${id}.hex`)
      rmSync(path, { force: true })
      writeWhole({ path, text, mode: 0o600 })
      return path
    },
    kept: (path) => readFileSync(path, 'utf8'),
  }
}

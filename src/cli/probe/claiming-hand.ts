import { rmSync } from 'node:fs'
import {
  findTools,
  type Footprint,
  type HandOrder,
  type ProbeHand,
  type ProbeRun,
  type ProbeTool,
  probeHand,
  type RunFiles,
  type ToolName,
} from '../../probe/index.ts'
import { ok, refused } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import { writeWhole } from '../home/on-disk.ts'
import { putPrivate, wipeFile } from '../home/private-folder.ts'
import { type Given, givenBy, type OpenProbeRun, type ProbeJournal } from '../home/probe-journal.ts'
import { claimChip, keptFile, readKept, retire } from './claim.ts'
import { rememberGiven } from './given.ts'
import type { ProbeTask } from './task.ts'

/** How long a writer may take: it starts a modem, and each item is a write to the modem's own flash. */
const patience = { start: 20_000, item: 5000 }

/** A hand that claims the chip when it has told its number, and tells the home of a board as soon as its IMEI is known. */
export function claimingHand(
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
  const base = baseHand(context, task, folder, begun.id, {
    left: () => footprint,
    footprint: (found) => journal.footprint(found),
    owed: (debt, { imei, result }) => remember(imei, givenBy(home, debt.run), result),
  })
  let earlier: readonly OpenProbeRun[] = []
  let needed: string | undefined
  let footprint: Footprint | undefined
  const hand: ProbeHand = async (step, run) => {
    if (step === 'unlock' && !(await task.mayUnlock(run))) return refused({ kind: 'not-confirmed' })
    const outcome = await base(step, run)
    if (!outcome.ok && outcome.refusal.kind === 'no-probe')
      return refused({ ...outcome.refusal, ...(await pluggedIn(toolOf(context, task.order.tool, folder))) })
    if (step === 'answer') {
      const { imei, answer } = heardOf(outcome)
      task.disk.note(() => remember(imei, given, answer))
    }
    // A locked chip does not tell its number: it is claimed when it is open.
    const access = outcome.ok ? outcome.value.chip?.access : undefined
    if (!outcome.ok || access === undefined || access === 'locked') return outcome
    const other = metBefore(task, outcome.value.chipId)
    if (other !== undefined) return refused({ kind: 'shared-chip', with: `probe ${other}, in this command` })
    const claimed = claimChip(home, journal, run, outcome.value)
    if (!claimed.ok) return claimed
    earlier = [...earlier, ...claimed.value.earlier]
    needed = claimed.value.needed
    footprint = claimed.value.footprint
    for (const open of claimed.value.earlier) remember(open.run.imei, open.given, open.run.answer)
    return ok(claimed.value.found)
  }
  const retireEarlier = (): void => {
    retire(home, earlier, { id: begun.id, needed }, now)
    earlier = []
  }
  return { hand, retireEarlier }
}

/** What is known of a board whose writer was listened to; a failure of the disk must not take that away. */
function heardOf(outcome: Awaited<ReturnType<ProbeHand>>): { imei?: string | undefined; answer?: number | undefined } {
  if (outcome.ok) return outcome.value
  return outcome.refusal.kind === 'never-answered' ? { imei: outcome.refusal.imei } : {}
}

/** A probe that is missed most often has another number: those that are there help. */
async function pluggedIn(tool: ProbeTool): Promise<{ there?: readonly string[] }> {
  const there = await tool.probes()
  return there.ok ? { there: there.value } : {}
}

/** Which other probe of this command is at the same chip. */
function metBefore({ met, serial }: ProbeTask, chipId: string | undefined): string | undefined {
  if (chipId === undefined) return undefined
  const first = met.get(chipId) ?? serial
  met.set(chipId, first)
  return first === serial ? undefined : first
}

type Heard = Pick<HandOrder, 'left' | 'footprint' | 'owed'>

function baseHand(context: Context, task: ProbeTask, folder: string, id: string, heard: Heard): ProbeHand {
  const { laid, order } = task
  const tool = toolOf(context, order.tool, folder)
  return probeHand({
    probe: tool.at(task.serial),
    lacks: tool.lacks,
    clock: context.clock,
    files: filesOf(task, folder, id),
    laid,
    writer: order.writer.image,
    runsOn: order.writer.runsOn,
    ...(order.application !== undefined && { application: order.application.image }),
    patience: patience.start + patience.item * task.given.slots.length,
    ...heard,
  })
}

function toolOf(context: Context, name: ToolName, folder: string): ProbeTool {
  const tool = findTools({ env: context.env, folder }).find((found) => found.name === name)
  if (tool === undefined) throw new Error(`${name} was on PATH and is not any more`)
  return tool
}

function filesOf({ home, disk }: ProbeTask, folder: string, id: string): RunFiles {
  return {
    putPrivate: (name, text) => putPrivate(folder, name, text),
    // Its folder is wiped once more in the end.
    wipe: (path) => disk.note(() => wipeFile(path)),
    keep(text) {
      const path = keptFile(home, id)
      rmSync(path, { force: true })
      writeWhole({ path, text, mode: 0o600 })
      return path
    },
    kept: readKept,
  }
}

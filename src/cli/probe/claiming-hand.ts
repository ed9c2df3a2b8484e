import { holderOf } from '../../port/index.ts'
import type { ProbeHand, ProbeRun, ProbeStep, ProbeTool } from '../../probe/index.ts'
import { ok, refused } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { DiskWatch } from '../home/disk-trouble.ts'
import type { Given, OpenProbeRun, ProbeJournal } from '../home/probe-journal.ts'
import { baseHand, toolOf } from './base-hand.ts'
import { besideTool, claimChip, retire } from './claim.ts'
import { bringsBack } from './enduring-hand.ts'
import { rememberGiven } from './given.ts'
import type { ProbeTask } from './task.ts'

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
  const record = toolRecord(journal, task.disk)
  const base = baseHand(context, task, { folder, id: begun.id, remember, atWork: record.atWork })
  let earlier: readonly OpenProbeRun[] = []
  let needed: string | undefined
  const hand: ProbeHand = async (step, run) => {
    record.begin(step)
    const beside = step === 'identify' ? besideTool(home, run) : undefined
    if (beside !== undefined) return refused(beside)
    if (step === 'unlock' && !(await task.mayUnlock(run))) return refused({ kind: 'not-confirmed' })
    const outcome = await base(step, run)
    if (!outcome.ok && outcome.refusal.kind === 'no-probe')
      return refused({ ...outcome.refusal, ...(await pluggedIn(toolOf(context, task.order.tool, { folder }))) })
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
    for (const open of claimed.value.earlier) remember(open.run.imei, open.given, open.run.answer)
    return ok(claimed.value.found)
  }
  const retireEarlier = (): void => {
    retire(home, earlier, { id: begun.id, needed }, now)
    earlier = []
  }
  return { hand, retireEarlier }
}

/**
 * Writes down each tool that is at work. Where the disk does not take that, a step is not begun, unless it brings a board back;
 * one that has begun goes on.
 */
function toolRecord(journal: ProbeJournal, disk: DiskWatch): ToolRecord {
  let isNeeded = false
  return {
    begin(step) {
      isNeeded = !bringsBack(step)
    },
    atWork(process) {
      const write = (): void => journal.tool(holderOf(process))
      if (isNeeded) write()
      else disk.note(write)
      isNeeded = false
    },
  }
}

interface ToolRecord {
  begin(step: ProbeStep): void
  readonly atWork: (process: number) => void
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

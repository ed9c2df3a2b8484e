import type { ProbeHand, ProbeRun, ProbeStep, ProbeTool, StepRefusal } from '../../probe/index.ts'
import { type Instant, ok, refused } from '../../terms/index.ts'
import type { Context } from '../context.ts'
import type { Home } from '../home/home.ts'
import { type Given, givenBy, type OpenProbeRun, type ProbeJournal } from '../home/probe-journal.ts'
import { baseHand, toolOf } from './base-hand.ts'
import { besideTool, type Claimed, claimChip, retire } from './claim.ts'
import { rememberGiven } from './given.ts'
import type { ProbeTask } from './task.ts'
import { toolRecord } from './tool-record.ts'

/** A hand that claims the chip when it has told its number, and tells the home of a board as soon as its IMEI is known. */
export function claimingHand(
  context: Context,
  task: ProbeTask,
  journal: ProbeJournal,
  { begun, folder }: { begun: ProbeRun; folder: string },
): { hand: ProbeHand; retireEarlier: () => void } {
  const { home, given } = task
  const { now } = context.clock
  const remember = remembering(home, now)
  const record = toolRecord(journal, task.disk)
  const base = baseHand(context, task, {
    folder,
    id: begun.id,
    atWork: record.atWork,
    left: () => claim?.footprint,
    footprint: (found) => journal.footprint(found),
    owed: (debt, { imei, result }) => remember(imei, givenBy(home, debt.run), result),
  })
  let earlier: readonly OpenProbeRun[] = []
  let claim: Claimed | undefined
  const hand: ProbeHand = async (step, run) => {
    record.begin(step)
    const forbidden = await forbiddenAt(step, run, task)
    if (forbidden !== undefined) return refused(forbidden)
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
    if (other !== undefined) return refused(other)
    const claimed = claimChip(home, journal, run, outcome.value)
    if (!claimed.ok) return claimed
    claim = claimed.value
    earlier = [...earlier, ...claim.earlier]
    for (const open of claim.earlier) remember(open.run.imei, open.given, open.run.answer)
    return ok(claim.found)
  }
  return {
    hand,
    retireEarlier() {
      retire(home, earlier, { id: begun.id, needed: claim?.needed }, now)
      earlier = []
    },
  }
}

/** Why a step is not begun, whatever the chip is like. */
async function forbiddenAt(step: ProbeStep, run: ProbeRun, task: ProbeTask): Promise<StepRefusal | undefined> {
  if (step === 'identify') return besideTool(task.home, run)
  return step === 'unlock' && !(await task.mayUnlock(run)) ? { kind: 'not-confirmed' } : undefined
}

/** Tells the home what a board was given, once the board has a name. */
function remembering(home: Home, now: () => Instant) {
  return (imei: string | undefined, what: Given | undefined, answer: number | undefined): void => {
    if (imei !== undefined && what !== undefined) rememberGiven(home, imei, what, answer, now())
  }
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

/** Another probe of this command is at the same chip. */
function metBefore({ met, serial }: ProbeTask, chipId: string | undefined): StepRefusal | undefined {
  if (chipId === undefined) return undefined
  const first = met.get(chipId) ?? serial
  met.set(chipId, first)
  return first === serial ? undefined : { kind: 'shared-chip', with: `probe ${first}, in this command` }
}

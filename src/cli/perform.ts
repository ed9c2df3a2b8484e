import { type Left, type ModemState, type Pen, type PenOutcome, withPen } from '../modem/index.ts'
import { carryOut, isComplete, type Material, type Progress, type Run, slotInDoubt } from '../plan/index.ts'
import { ok, type Proof, type Refusal, slotName } from '../terms/index.ts'
import type { Board } from './board.ts'
import type { HomeAuthority } from './ca/open.ts'
import { cableHand } from './cable-hand.ts'
import type { Context } from './context.ts'
import { refusalWords } from './failure.ts'
import { DiskWatch } from './home/disk-trouble.ts'
import type { Home } from './home/home.ts'
import type { Job } from './job.ts'
import type { Output } from './output.ts'
import { RunLog } from './run-log.ts'
import { stoppedBy } from './stopped-by.ts'
import { certificatesOf, hostKeysOf } from './what-was-written.ts'
import { leftWords } from './words.ts'

/** A run, and what carrying it out on a cable needs. */
export interface Performance {
  readonly verb: string
  readonly run: Run
  readonly job: Job | undefined
  /** The grade of proof that was typed, for whoever takes it up after a cut. */
  readonly asked?: Proof
  readonly materials: ReadonlyMap<string, Material>
  readonly home: Home
  readonly port: string
  /** The authority, where a key is to be born. */
  readonly authority?: HomeAuthority
  /** What `sectag resume` needs beside the board, as it would be typed, with a blank in front. */
  readonly resumeWith?: string
  /** The state to give back, where an earlier run left the modem otherwise and it still stands so. */
  readonly giveBack?: ModemState
}

/** How far it came. */
export interface Performed {
  readonly run: Run
  readonly left: Left
  /** Whether the radio was switched off, by this run or by the one that it goes on with. */
  readonly radioTaken: boolean
  /** Whether a journal of it is open, for `sectag resume`. */
  readonly open: boolean
  /** What `sectag resume` needs beside the board, see {@link Performance}. */
  readonly resumeWith?: string
  /** Who ended it, where somebody did. */
  readonly stoppedBy?: string
  /** Why the pen could not be taken. */
  readonly notTaken?: Refusal
  /** Why it could not be written down in the home what was done, or was about to be: nothing more was done then. */
  readonly unwritten?: { readonly text: string; readonly home: string }
}

/** Carries a run out with the pen, the journal always one step ahead of the board. Where the disk fails, nothing more is done. */
export async function perform(context: Context, output: Output, board: Board, task: Performance): Promise<Performed> {
  const log = await logOf(context, task)
  const disk = new DiskWatch()
  const outcome = await underPen({ context, output, board, task, log, disk })
  const { result, left, switchedOff } = outcome
  const over = log.begun && left.asFound && isOver(log.run, result.ok)
  await disk.during(() => log.close(left, over))
  tellLeft(output, left, switchedOff)
  const { signal } = context
  const by = signal.aborted && { stoppedBy: stoppedBy(signal) }
  return { ...performed(task, outcome, log.run), ...by, ...openOrNot(task, log, over, disk.trouble) }
}

async function logOf({ clock }: Context, task: Performance): Promise<RunLog> {
  const { home, verb, port, job, asked, run, materials } = task
  const [certificates, keys] = [certificatesOf(run, materials), await hostKeysOf(run, materials)]
  const typed = asked !== undefined && { asked }
  return new RunLog(home, { verb, port, run, job, ...typed, certificates, keys }, clock.now)
}

interface Work {
  readonly context: Context
  readonly output: Output
  readonly board: Board
  readonly task: Performance
  readonly log: RunLog
  readonly disk: DiskWatch
}

/** Where the run could not even be written down, the pen was not taken. */
async function underPen(work: Work): Promise<PenOutcome<void>> {
  const { board, task, log, disk } = work
  const { giveBack } = task
  try {
    return await withPen(board.channel, (pen) => disk.during(() => workWith(pen, work)), {
      beforeTaking: (found) => disk.orThrow(() => log.begin(found)),
      ...(giveBack !== undefined && { giveBack }),
    })
  } catch (error) {
    if (disk.trouble === undefined) throw error
    return { result: ok(undefined), left: { asFound: giveBack === undefined }, switchedOff: false }
  }
}

async function workWith(pen: Pen, { context, output, board, task, log }: Work): Promise<void> {
  const { run, materials, authority } = task
  if (pen.tookRadio) output.warn('radio-off', 'The radio is off now; the running application has lost its sockets.')
  const more = authority === undefined ? {} : { authority }
  const hand = cableHand(board, pen, { wanted: run.wanted, materials, known: log.known, ...more })
  for await (const step of carryOut(run, hand, context.signal)) {
    log.step(step)
    if (step.type === 'outcome') tellOutcome(output, step)
  }
  // Now, not later: once it is given back the application may connect at once.
  log.written()
}

function performed(
  { giveBack, resumeWith }: Performance,
  { result, left, switchedOff }: PenOutcome<void>,
  run: Run,
): Omit<Performed, 'open' | 'unwritten'> {
  const radioTaken = switchedOff || giveBack !== undefined
  const more = { ...(resumeWith !== undefined && { resumeWith }), ...(!result.ok && { notTaken: result.refusal }) }
  return { run, left, radioTaken, ...more }
}

function openOrNot(
  { giveBack, home }: Performance,
  log: RunLog,
  over: boolean,
  trouble: string | undefined,
): Pick<Performed, 'open' | 'unwritten'> {
  if (trouble !== undefined) return { open: log.isOpen, unwritten: { text: trouble, home: home.path } }
  return { open: !over && (log.begun || giveBack !== undefined) }
}

/** Whether nothing is left that `sectag resume` could do: all done, or refused for good. A slot in doubt keeps it open. */
function isOver(run: Run, taken: boolean): boolean {
  if (slotInDoubt(run) !== undefined) return false
  return isComplete(run) || run.stopped === 'refused' || !taken
}

/** Says how a modem was left; loudly where it is not as it was found. */
export function tellLeft(output: Output, left: Left, tookRadio: boolean): void {
  const words = leftWords(left)
  output.event('left', { ...left, tookRadio }, left.asFound ? words : undefined)
  if (!left.asFound) output.warn('not-given-back', words)
}

function tellOutcome(output: Output, { intent, outcome }: Extract<Progress, { type: 'outcome' }>): void {
  const refusal = outcome.ok ? undefined : outcome.refusal
  const words = refusal === undefined ? 'OK' : refusalWords(refusal)
  output.event(
    'outcome',
    { do: intent.do, slot: intent.slot, ok: outcome.ok, ...(refusal !== undefined && { refusal }) },
    `${intent.do.padEnd(5)}  ${slotName(intent.slot)}: ${words}`,
  )
}

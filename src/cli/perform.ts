import { type Left, type ModemState, type Pen, withPen } from '../modem/index.ts'
import {
  type Born,
  carryOut,
  type Hand,
  isComplete,
  issuedMaterial,
  type Material,
  type Progress,
  type Run,
  slotInDoubt,
} from '../plan/index.ts'
import { type Outcome, ok, type Refusal, slotKey, slotName } from '../terms/index.ts'
import type { Board } from './board.ts'
import type { HomeAuthority } from './ca/open.ts'
import type { Context } from './context.ts'
import { enrol } from './enrol.ts'
import { heldBy } from './held.ts'
import { refusalWords } from './failure.ts'
import type { Home } from './home/home.ts'
import { Journal } from './home/journal.ts'
import { KnownBoard } from './home/known.ts'
import { certificatesOf, hostKeysOf, writtenSlots } from './what-was-written.ts'
import type { Job } from './job.ts'
import type { Output } from './output.ts'
import { leftWords } from './words.ts'

/** A run, and what carrying it out on a cable needs. */
export interface Performance {
  readonly verb: string
  readonly run: Run
  readonly job: Job | undefined
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
  /** Why the pen could not be taken. */
  readonly notTaken?: Refusal
}

/** Carries a run out with the pen, the journal always one step ahead of the board. */
export async function perform(context: Context, output: Output, board: Board, task: Performance): Promise<Performed> {
  const journal = new Journal(task.home, board.imei, context.clock.now)
  const known = new KnownBoard(task.home, board.imei)
  const slots = task.run.steps.map((step) => step.slot)
  const { verb, port, job } = task
  const materials = new Map(task.materials)
  const keys = await hostKeysOf(task.run, task.materials)
  const hand = (pen: Pen): Hand =>
    cableHand(board, { wanted: task.run.wanted, materials }, pen, enroller(board, task, known, materials))
  let run = task.run
  let begun = false
  const { result, left, switchedOff } = await withPen(
    board.channel,
    async (pen) => {
      if (pen.tookRadio) output.warn('radio-off', 'The radio is off now; the running application has lost its sockets.')
      for await (const step of carryOut(run, hand(pen), context.signal)) {
        run = step.run
        if (step.type === 'intent') journal.intent(step.intent)
        if (step.type === 'outcome') {
          journal.outcome(step.intent, step.run)
          tellOutcome(output, step)
        }
      }
      // Now, not later: once it is given back the application may connect at once, and that session counts.
      known.add({ fact: 'written', at: context.clock.now(), slots: writtenSlots(run) })
    },
    {
      beforeTaking: async (found) => {
        journal.begin({ verb, port, run, found, job })
        const certificates = certificatesOf(task.run, task.materials)
        known.add({ fact: 'writing', at: context.clock.now(), slots, certificates, ...(keys.length > 0 && { keys }) })
        begun = true
      },
      ...(task.giveBack !== undefined && { giveBack: task.giveBack }),
    },
  )
  if (begun) journal.left(left)
  const over = begun && left.asFound && isOver(run, result.ok)
  if (over) journal.end(isComplete(run) ? 'complete' : (run.stopped ?? 'not begun'), run)
  tellLeft(output, left, switchedOff)
  const open = (begun && !over) || task.giveBack !== undefined
  const radioTaken = switchedOff || task.giveBack !== undefined
  const { resumeWith } = task
  const more = { ...(resumeWith !== undefined && { resumeWith }), ...(!result.ok && { notTaken: result.refusal }) }
  return { run, left, radioTaken, open: open && !over, ...more }
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

function enroller(
  board: Board,
  { authority }: Performance,
  known: KnownBoard,
  materials: Map<string, Material>,
): (pen: Pen, tag: number) => Promise<Outcome<Born>> {
  return async (pen, tag) => {
    if (authority === undefined) throw new Error('a key was to be born, and no authority is at hand')
    const enrolled = await enrol(board, pen, { tag, authority, known })
    if (!enrolled.ok) return enrolled
    const { material, variants } = issuedMaterial(tag, enrolled.value.chain)
    materials.set(slotKey(material.slot), material)
    return ok({ variants })
  }
}

function cableHand(
  board: Board,
  { wanted, materials }: Pick<Run, 'wanted'> & { materials: ReadonlyMap<string, Material> },
  pen: Pen,
  enrolIn: (pen: Pen, tag: number) => Promise<Outcome<Born>>,
): Hand {
  return {
    write(slot) {
      const material = materials.get(slotKey(slot))
      if (material === undefined) throw new Error(`no content for ${slotKey(slot)}`)
      return pen.write(slot, material.content.reveal())
    },
    erase: (slot) => pen.erase(slot),
    enrol: ({ tag }) => enrolIn(pen, tag),
    look: (slot) => heldBy(board, { wanted, materials }, slot),
  }
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

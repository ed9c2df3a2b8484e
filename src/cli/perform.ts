import { type Left, list, type ModemState, type Pen, withPen } from '../modem/index.ts'
import { carryOut, type Hand, isComplete, type Material, type Progress, type Run } from '../plan/index.ts'
import { type Refusal, slotKey, slotName } from '../terms/index.ts'
import type { Board } from './board.ts'
import type { Context } from './context.ts'
import { refusalWords } from './failure.ts'
import { ensureHome, homePath } from './home/home.ts'
import { Journal } from './home/journal.ts'
import type { Job } from './job.ts'
import type { Output } from './output.ts'
import { leftWords } from './words.ts'

/** A run, and what carrying it out on a cable needs. */
export interface Performance {
  readonly verb: string
  readonly run: Run
  readonly job: Job | undefined
  readonly materials: ReadonlyMap<string, Material>
  readonly home: string | undefined
  readonly port: string
  /** The state to give back, where an earlier run left the modem otherwise. */
  readonly giveBack?: ModemState
}

/** How far it came. */
export interface Performed {
  readonly run: Run
  readonly left: Left
  readonly tookRadio: boolean
  /** Why the pen could not be taken. */
  readonly notTaken?: Refusal
}

/** Carries a run out with the pen, the journal always one step ahead of the board. */
export async function perform(context: Context, output: Output, board: Board, task: Performance): Promise<Performed> {
  const home = ensureHome(homePath(task.home, context.env, context.cwd))
  const journal = new Journal(home, board.imei, context.clock.now)
  let run = task.run
  let tookRadio = false
  const { result, left } = await withPen(
    board.channel,
    async (pen) => {
      tookRadio = pen.tookRadio
      if (tookRadio) output.notice('radio-off', 'The radio is off now; the running application has lost its sockets.')
      const hand = cableHand(board, task.materials, pen)
      for await (const step of carryOut(run, hand, context.signal)) {
        run = step.run
        if (step.type === 'intent') journal.intent(step.intent)
        if (step.type === 'outcome') {
          journal.outcome(step.intent, step.run)
          tellOutcome(output, step)
        }
      }
    },
    {
      beforeTaking: async (found) => journal.begin({ verb: task.verb, port: task.port, run, found, job: task.job }),
      ...(task.giveBack !== undefined && { giveBack: task.giveBack }),
    },
  )
  journal.left(left)
  if (left.asFound && (isComplete(run) || run.stopped === 'refused' || !result.ok)) journal.end(endWords(run), run)
  output.event('left', { ...left, tookRadio }, leftWords(left, tookRadio))
  return { run, left, tookRadio, ...(!result.ok && { notTaken: result.refusal }) }
}

function endWords(run: Run): string {
  return isComplete(run) ? 'complete' : (run.stopped ?? 'not begun')
}

function cableHand(board: Board, materials: ReadonlyMap<string, Material>, pen: Pen): Hand {
  return {
    write(slot) {
      const material = materials.get(slotKey(slot))
      if (material === undefined) throw new Error(`no content for ${slotKey(slot)}`)
      return pen.write(slot, material.content.reveal())
    },
    erase: (slot) => pen.erase(slot),
    look: (slot) => list(board.channel, slot),
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

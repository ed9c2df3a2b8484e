import { functionalMode, modeName } from '../numbers/index.ts'
import { readSimLock, readState } from '../modem/index.ts'
import type { Slot } from '../terms/index.ts'
import type { Board } from './board.ts'
import type { Context } from './context.ts'
import type { OpenRun } from './home/journal.ts'
import { boardWords } from './options.ts'
import type { Ending, Output } from './output.ts'
import type { Typed } from './verb.ts'

/**
 * What stands in the way of changing a board, before anything is changed; undefined where nothing does. An open run that
 * gave the board back, has no slot in doubt, and whose undone slots the new one settles too is in nobody's way: the new
 * one plans afresh from what the board holds, and takes its place. A journal has one run open at a time; any other would
 * be forgotten with steps undone.
 */
export async function obstacle(
  board: Board,
  output: Output,
  typed: Typed,
  at: string,
  settles: (slot: Slot) => boolean,
): Promise<Ending | undefined> {
  const { openRun } = board
  if (openRun !== undefined && !canBeReplaced(openRun, settles)) return openRunEnding(at)
  return pinObstacle(board, output, typed)
}

function canBeReplaced({ givenBack, suspect, run }: OpenRun, settles: (slot: Slot) => boolean): boolean {
  const undone = run.steps.filter(({ status }) => status !== 'done')
  return givenBack && suspect === undefined && undone.every(({ slot }) => settles(slot))
}

/** Whether switching the radio off would cost the SIM its PIN, which only the application knows. */
export async function pinObstacle(board: Board, output: Output, typed: Typed): Promise<Ending | undefined> {
  const state = await readState(board.channel)
  if (!state.ok || functionalMode(state.value.functionalMode).writing !== 'active') return undefined
  const sim = await readSimLock(board.channel)
  if (sim === 'locked') {
    output.warn(
      'sim-locked',
      'The SIM is waiting for its PIN. sectag never sends one; the board cannot register until its application does.',
    )
  }
  if (sim !== 'locks' || typed.options['despitePin'] === true) return undefined
  return pinEnding(state.value.functionalMode, typed)
}

function openRunEnding(at: string): Ending {
  return {
    exit: 6,
    failure: {
      what: 'an earlier run on this board is open',
      state: 'nothing was changed now; see the notice above for what is in doubt',
      why: 'it was cut in the middle; a new run would take what it left for what was wanted, or have it forgotten',
      next: `sectag resume ${at}`,
    },
  }
}

function pinEnding(mode: number, typed: Typed): Ending {
  return {
    exit: 6,
    failure: {
      what: 'the SIM asks for its PIN each time the radio is switched on, and writing needs the radio off',
      state: `nothing was changed; CFUN is ${modeName(mode)}`,
      why: 'only the application knows the PIN; until it unlocks the SIM again, the board would stay off the network',
      next: `${typed.line} --despite-pin   # if the application unlocks the SIM by itself`,
    },
  }
}

/** Asks before something on a board is replaced or erased. `--yes` answers; where nobody sits, the answer is no. */
export async function confirmed(
  context: Context,
  output: Output,
  typed: Typed,
  board: Board,
  what: string,
): Promise<Ending | undefined> {
  if (typed.options['yes'] === true) return undefined
  const shown = `${board.imei.slice(0, -4)}····`
  if (context.ask === undefined) return declined(what, 'nobody is there to ask', `${typed.line} --yes`)
  output.warn('confirm', `This will ${what}, on the board with IMEI ${shown}.`)
  const answer = await context.ask('Type the last four digits of its IMEI to go on: ')
  if (answer?.trim() === board.imei.slice(-4)) return undefined
  if (answer === undefined) return declined(what, 'it was interrupted at the question', typed.line)
  return declined(
    what,
    'the four digits were not those of this board',
    `sectag info ${boardWords(typed.options)}   # shows the IMEI`,
  )
}

function declined(what: string, why: string, next: string): Ending {
  return {
    exit: 6,
    failure: { what: `it was not confirmed to ${what}`, state: 'nothing was changed on the board', why, next },
  }
}

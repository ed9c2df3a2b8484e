import { functionalMode, modeName } from '../numbers/index.ts'
import { readSimLock, readState } from '../modem/index.ts'
import type { Board } from './board.ts'
import type { Context } from './context.ts'
import type { Ending, Output } from './output.ts'
import type { Typed } from './verb.ts'

/** What stands in the way of changing a board, before anything is changed; undefined where nothing does. */
export async function obstacle(board: Board, output: Output, typed: Typed, port: string): Promise<Ending | undefined> {
  if (board.openRun !== undefined) return openRunEnding(port)
  return pinObstacle(board, output, typed)
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
  return pinEnding(state.value.functionalMode)
}

function openRunEnding(port: string): Ending {
  return {
    exit: 6,
    failure: {
      what: 'an earlier run on this board is open',
      state: 'nothing was changed now; see the notice above for what is in doubt',
      why: 'it was cut before it could give the board back; a new run would take that state for the one to give back',
      next: `sectag resume --port ${port}`,
    },
  }
}

function pinEnding(mode: number): Ending {
  return {
    exit: 6,
    failure: {
      what: 'the SIM asks for its PIN each time the radio is switched on, and writing needs the radio off',
      state: `nothing was changed; CFUN is ${modeName(mode)}`,
      why: 'only the application knows the PIN; until it unlocks the SIM again, the board would stay off the network',
      next: 'repeat with --despite-pin if the application unlocks the SIM by itself',
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
  if (context.ask === undefined) return declined(what, 'nobody is there to ask', 'repeat with --yes')
  output.notice('confirm', `This will ${what} on the board with IMEI ${shown}.`)
  const answer = await context.ask('Type the last four digits of its IMEI to go on: ')
  if (answer.trim() === board.imei.slice(-4)) return undefined
  return declined(what, 'the four digits were not those of this board', 'sectag info --port PORT   # shows the IMEI')
}

function declined(what: string, why: string, next: string): Ending {
  return {
    exit: 6,
    failure: { what: `it was not confirmed to ${what}`, state: 'nothing was changed on the board', why, next },
  }
}

import { giveBack, list } from '../../modem/index.ts'
import { beginRun, compare, type Run, type RunStep, type Settled, type Step } from '../../plan/index.ts'
import { type Outcome, ok, sameSlot } from '../../terms/index.ts'
import { type Board, type BoardOptions, withBoard } from '../board.ts'
import type { Context } from '../context.ts'
import { endOfRun, stoppedEnding } from '../ending.ts'
import { ensureHome, homePath } from '../home/home.ts'
import { Journal, type OpenRun } from '../home/journal.ts'
import { jobWords } from '../job.ts'
import { boardOptions, proofOption, readBoardOptions, readProof } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import { type Performed, perform } from '../perform.ts'
import { notListed } from '../planning.ts'
import { newRunId } from '../run-id.ts'
import type { Typed, Verb } from '../verb.ts'
import { settleJob, strikeSecrets } from '../wanted.ts'
import { leftWords } from '../words.ts'

/** `sectag resume` */
export const resume: Verb = {
  name: 'resume',
  summary: 'end a run that was cut: finish its steps and give the board back as it was found before',
  examples: [
    'sectag resume --port /dev/ttyACM0',
    'sectag resume --port /dev/ttyACM0 --give-back-only',
    'sectag resume --port /dev/ttyACM0 --proof presence --json',
  ],
  shape(command) {
    boardOptions(command)
    proofOption(command)
    command.option('--give-back-only', 'write nothing more; only give the board back')
  },
  async run(context, output, typed) {
    const options = readBoardOptions(typed)
    if ('exit' in options) return options
    return withBoard(context, output, options, async (board): Promise<Ending> => {
      if (board.openRun === undefined) {
        output.event('nothing-open', { imei: board.imei }, 'No run of ours is open on this board.')
        return { exit: 0, more: { imei: board.imei, resumed: false } }
      }
      if (typed.options['giveBackOnly'] === true) return giveBackOnly(context, output, options, board, board.openRun)
      return goOn(context, output, typed, options, board, board.openRun)
    })
  },
}

async function goOn(
  context: Context,
  output: Output,
  typed: Typed,
  options: BoardOptions,
  board: Board,
  open: OpenRun,
): Promise<Ending> {
  const settled = open.job === undefined ? nothingWanted : await settleJob(context, output, open.job)
  if ('exit' in settled) return filesGone(options, settled)
  const changed = open.run.wanted.filter((want) => !sameAsBefore(settled, want))
  if (changed.length > 0) return filesChanged(options, changed.length)
  strikeSecrets(board, settled)
  const steps = await stepsLeft(board, open)
  if (!steps.ok) return notListed(steps.refusal, options.port)
  const run = beginRun(newRunId(context), board.imei, open.run.wanted, steps.value)
  const { job } = open
  const task = { verb: 'resume', run, job, materials: settled.materials, home: options.home, port: options.port }
  // The new run's journal goes on in the same file: at no moment is the board without one.
  const done =
    run.steps.length === 0
      ? await onlyGivenBack(context, output, options, board, { ...open, run })
      : await perform(context, output, board, { ...task, giveBack: open.found })
  if (open.job === undefined)
    return stoppedEnding(done, options.port) ?? { exit: 0, left: done.left, more: { imei: board.imei, resumed: true } }
  return endOfRun(output, board, done, settled, readProof(typed), {
    port: options.port,
    words: `--port ${options.port} ${jobWords(open.job)}`,
  })
}

const nothingWanted: Settled = { wanted: [], materials: new Map(), exclusiveTags: new Set(), problems: [] }

function sameAsBefore(settled: Settled, want: Run['wanted'][number]): boolean {
  const now = settled.wanted.find((candidate) => sameSlot(candidate, want))
  return now?.variants?.[0]?.sha256 === want.variants?.[0]?.sha256
}

/** What is still to be done, by the journal and by what the board shows now. A slot in doubt is written again unless its digest tells. */
async function stepsLeft(board: Board, open: OpenRun): Promise<Outcome<Step[]>> {
  const held = await list(board.channel)
  if (!held.ok) return held
  const states = compare(open.run.wanted, held.value, [])
  const left = open.run.steps.filter((step) => {
    const state = states.find((candidate) => sameSlot(candidate, step.slot))
    if (step.do === 'erase') return held.value.some((item) => sameSlot(item, step.slot))
    if (state?.is === 'same') return false
    return !(state?.is === 'unknowable' && isSettled(step, open))
  })
  return ok(left.map((step): Step => ({ do: step.do, slot: step.slot, because: 'missing' })))
}

function isSettled(step: RunStep, open: OpenRun): boolean {
  return step.status === 'done' && !(open.suspect !== undefined && sameSlot(open.suspect, step.slot))
}

async function giveBackOnly(
  context: Context,
  output: Output,
  options: BoardOptions,
  board: Board,
  open: OpenRun,
): Promise<Ending> {
  const { left } = await onlyGivenBack(context, output, options, board, open)
  const undone = open.run.steps.filter((step) => step.status !== 'done').length
  const more = { imei: board.imei, resumed: false, undone }
  if (left.asFound) return { exit: undone === 0 ? 0 : 1, left, more }
  return { exit: 7, left, more, ...(left.refusal !== undefined && { refusal: left.refusal }) }
}

async function onlyGivenBack(
  context: Context,
  output: Output,
  options: BoardOptions,
  board: Board,
  open: OpenRun,
): Promise<Performed> {
  const left = await giveBack(board.channel, open.found)
  output.event('left', { ...left, tookRadio: false }, leftWords(left, false))
  const home = ensureHome(homePath(options.home, context.env, context.cwd))
  if (left.asFound) new Journal(home, board.imei, context.clock.now).end('given back', open.run)
  return { run: open.run, left, tookRadio: false }
}

function filesGone(options: BoardOptions, ending: Ending): Ending {
  const failure = {
    what: `the run cannot go on: ${ending.failure?.what ?? 'its files cannot be read'}`,
    state: 'nothing was changed now; the board stands as the notice above says',
    why: 'the files that the run was begun with are gone or wrong',
    next: `sectag resume --port ${options.port} --give-back-only`,
  }
  return { exit: 7, failure }
}

function filesChanged(options: BoardOptions, count: number): Ending {
  const failure = {
    what: `the run cannot go on: ${count} of its files have changed since`,
    state: 'nothing was changed now; the board stands as the notice above says',
    why: 'half of a set would be old and half new',
    next: `sectag resume --port ${options.port} --give-back-only   # then apply the new files`,
  }
  return { exit: 7, failure }
}

import { functionalMode } from '../../numbers/index.ts'
import { giveBack, type ModemState, readState } from '../../modem/index.ts'
import { beginRun, type Run, type Settled, type SlotState, type Step } from '../../plan/index.ts'
import { type Proof, sameSlot, slotName } from '../../terms/index.ts'
import { type Board, type BoardOptions, withBoard } from '../board.ts'
import type { HomeAuthority } from '../ca/open.ts'
import { passphraseOption, passphraseWords } from '../ca/passphrase.ts'
import { authorityFor } from '../enrolment.ts'
import type { Context } from '../context.ts'
import { endOfRun, notGivenBack, stoppedEnding } from '../ending.ts'
import { type Home, readyHome } from '../home/home.ts'
import { Journal, type OpenRun } from '../home/journal.ts'
import { jobWords } from '../job.ts'
import {
  boardOptions,
  changeOptions,
  proofOption,
  readAskedProof,
  readBoardOptions,
  transcriptOption,
} from '../options.ts'
import { interruptedBefore } from '../interrupted.ts'
import type { Ending, Output } from '../output.ts'
import { type Performed, perform, tellLeft } from '../perform.ts'
import { notListed, tellPlan } from '../planning.ts'
import { confirmed, pinObstacle } from '../policy.ts'
import { newRunId } from '../run-id.ts'
import type { Typed, Verb } from '../verb.ts'
import { knownOf } from '../look.ts'
import { warnOfCutRuns } from '../probe/earlier-runs.ts'
import { takenUpByProbe } from '../probe/taken-up-by.ts'
import { settleJob, strikeSecrets } from '../wanted.ts'
import { type Rest, whatIsLeft } from '../what-is-left.ts'
import { endCutWriting } from '../what-was-written.ts'

/** `sectag resume` */
export const resume: Verb = {
  name: 'resume',
  summary: 'end a run that was cut: finish its steps and give the board back as it was found before',
  examples: [
    'sectag resume --port /dev/ttyACM0',
    'sectag resume --port /dev/ttyACM0 --give-back-only',
    'sectag resume --port /dev/ttyACM0 --dry-run --json',
  ],
  shape(command) {
    boardOptions(command)
    transcriptOption(command)
    changeOptions(command)
    proofOption(command)
    passphraseOption(command)
    command.option('--give-back-only', 'write nothing more; only give the board back')
  },
  async run(context, output, typed) {
    const options = readBoardOptions(typed)
    if ('exit' in options) return takenUpByProbe(context, typed) ?? options
    const home = readyHome(options.home, context)
    if ('exit' in home) return home
    return withBoard(context, output, { ...options, ending: true }, async (board): Promise<Ending> => {
      const open = board.openRun
      if (open === undefined) {
        warnOfCutRuns(output, home)
        output.event('nothing-open', { imei: board.imei }, 'No run of ours is open on this board.')
        return { exit: 0, more: { imei: board.imei, resumed: false } }
      }
      const cut: Cut = { context, output, typed, options, home, board, open }
      return typed.options['giveBackOnly'] === true ? giveBackOnly(cut) : goOn(cut)
    })
  },
}

/** A board with a run that was cut, and all that it takes to end it. */
interface Cut {
  readonly context: Context
  readonly output: Output
  readonly typed: Typed
  readonly options: BoardOptions
  readonly home: Home
  readonly board: Board
  readonly open: OpenRun
}

async function goOn(cut: Cut): Promise<Ending> {
  const { context, output, typed, options, board, open } = cut
  const settled = open.job === undefined ? nothingWanted : await settleJob(context, output, typed, open.job)
  if ('exit' in settled) return filesGone(options, settled)
  const changed = open.run.wanted.filter((want) => want.profile === undefined && !sameAsBefore(settled, want))
  if (changed.length > 0)
    return filesChanged(
      options,
      changed.map((want) => slotName(want)),
    )
  strikeSecrets(board, settled)
  const left = await whatIsLeft(board, open, knownOf(board, settled))
  if (!left.ok) return notListed(left.refusal, options.at)
  const { states, steps } = left.value
  tellDoubt(output, open, states)
  tellPlan(output, states, steps)
  if (typed.options['dryRun'] === true)
    return { exit: 1, more: { imei: board.imei, steps: steps.length, dryRun: true } }
  const stop = await inTheWay(cut, states, steps)
  if (stop !== undefined) return stop
  const needed = await authorityFor(context, output, typed, steps)
  if ('exit' in needed) return needed
  const done = await finish(cut, { ...left.value, ...needed })
  if (open.job === undefined) {
    return stoppedEnding(done, options.at) ?? { exit: 0, left: done.left, more: { imei: board.imei, resumed: true } }
  }
  const again = { at: options.at, words: `${options.at} ${jobWords(open.job, context.cwd)}` }
  return endOfRun(output, board, done, settled, askedOf(cut) ?? 'digest', again)
}

const nothingWanted: Settled = { wanted: [], materials: new Map(), exclusiveTags: new Set(), problems: [] }

/** The grade that is typed now, else the one that the run was begun with. */
function askedOf({ typed, open }: Cut): Proof | undefined {
  return readAskedProof(typed) ?? open.asked
}

/** How the slot came out of which nobody knew. */
function tellDoubt(output: Output, { suspect }: OpenRun, states: readonly SlotState[]): void {
  if (suspect === undefined) return
  const is = states.find((state) => sameSlot(state, suspect))?.is ?? 'missing'
  output.notice('doubt', `${slotName(suspect)} was in doubt: it is ${is}.`, { slot: suspect, is })
}

/** The new run's journal goes on in the same file: at no moment is the board without one. */
async function finish(cut: Cut, rest: Rest & { authority: HomeAuthority | undefined }): Promise<Performed> {
  const { context, output, options, home, board, open } = cut
  const { settled, steps, authority } = rest
  const asked = askedOf(cut)
  const run = beginRun(newRunId(context), board.imei, settled.wanted, steps)
  if (run.steps.length === 0) return onlyGivenBack(cut, run)
  const back = await stateToGiveBack(cut)
  return perform(context, output, board, {
    verb: 'resume',
    run,
    job: open.job,
    materials: settled.materials,
    home,
    port: options.port,
    ...(asked !== undefined && { asked }),
    ...(authority !== undefined && { authority }),
    resumeWith: passphraseWords(cut.typed.options),
    ...(back !== undefined && { giveBack: back }),
  })
}

/**
 * The state from before the cut, if the modem still stands as the cut left it. If it was given back, or somebody has
 * changed its mode since (a restart, the application), the present state is theirs, and is what is kept.
 */
async function stateToGiveBack({ board, open }: Cut): Promise<ModemState | undefined> {
  const now = await readState(board.channel)
  if (!now.ok) return open.found
  const took = functionalMode(open.found.functionalMode).writing === 'active'
  const leftIn = took ? 4 : open.found.functionalMode
  return !open.givenBack && now.value.functionalMode === leftIn ? open.found : undefined
}

async function inTheWay(cut: Cut, states: readonly SlotState[], steps: readonly Step[]): Promise<Ending | undefined> {
  const { context, output, typed, options, board, open } = cut
  if (context.signal.aborted) return interruptedBefore(options.at, context.signal)
  const pin = steps.length === 0 ? undefined : await pinObstacle(board, output, typed)
  const foreign = states.filter((state) => isForeign(open, state))
  if (pin !== undefined || foreign.length === 0) return pin
  return confirmed(
    context,
    output,
    typed,
    board,
    `replace ${foreign.length} of its credentials, which somebody else has written since`,
  )
}

/** Whether what a slot holds came from somebody else: it was empty when the run was begun, and is not ours, or the run never came to it. */
function isForeign(open: OpenRun, state: SlotState): boolean {
  const steps = open.run.steps.filter((step) => sameSlot(step.slot, state))
  const toBeErased = steps.some((step) => step.do === 'erase' && step.status !== 'done')
  const mine = steps.find((step) => step.because === 'missing')
  if (mine === undefined || toBeErased) return false
  const inDoubt = open.suspect !== undefined && sameSlot(open.suspect, state)
  return state.is === 'differs' || (state.is === 'unknowable' && mine.status === 'todo' && !inDoubt)
}

function sameAsBefore(settled: Settled, want: Run['wanted'][number]): boolean {
  const now = settled.wanted.find((candidate) => sameSlot(candidate, want))
  return now?.variants?.[0]?.sha256 === want.variants?.[0]?.sha256
}

async function giveBackOnly(cut: Cut): Promise<Ending> {
  const { board, options, open } = cut
  const done = await onlyGivenBack(cut, open.run)
  if (!done.left.asFound) return { ...notGivenBack(done, options.at), left: done.left }
  const undone = open.run.steps.filter((step) => step.status !== 'done').length
  return { exit: undone === 0 ? 0 : 1, left: done.left, more: { imei: board.imei, resumed: false, undone } }
}

async function onlyGivenBack(cut: Cut, run: Run): Promise<Performed> {
  const { context, output, home, board, open } = cut
  const back = await stateToGiveBack(cut)
  const left = back === undefined ? { asFound: true } : await giveBack(board.channel, back)
  tellLeft(output, left, false)
  if (left.asFound) {
    endCutWriting(board.known(), open, context.clock.now())
    new Journal(home, board.imei, context.clock.now).end('given back', run)
  }
  return { run, left, radioTaken: back !== undefined, open: !left.asFound }
}

function filesGone(options: BoardOptions, ending: Ending): Ending {
  const failure = {
    what: `the run cannot go on: ${ending.failure?.what ?? 'its files cannot be read'}`,
    state: 'nothing was changed now; the board stands as the notice above says',
    why: 'the files that the run was begun with are gone or wrong',
    next: `sectag resume ${options.at} --give-back-only`,
  }
  return { exit: 7, failure }
}

function filesChanged(options: BoardOptions, slots: readonly string[]): Ending {
  const failure = {
    what: `the run cannot go on: the files for ${slots.join(', ')} have changed since`,
    state: 'nothing was changed now; the board stands as the notice above says',
    why: 'half of a set would be old and half new',
    next: `sectag resume ${options.at} --give-back-only   # then apply the new files`,
  }
  return { exit: 7, failure }
}

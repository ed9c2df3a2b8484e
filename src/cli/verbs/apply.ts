import { beginRun, enrolments, type Settled, stepsFor } from '../../plan/index.ts'
import { sameSlot, type Slot } from '../../terms/index.ts'
import { type Board, type BoardOptions, withBoard } from '../board.ts'
import type { Context } from '../context.ts'
import { endOfRun } from '../ending.ts'
import { authorityFor, enrolmentObstacle } from '../enrolment.ts'
import { readyHome } from '../home/home.ts'
import {
  boardOptions,
  changeOptions,
  jobOptions,
  proofOption,
  readBoardOptions,
  readJobOptions,
  readAskedProof,
  transcriptOption,
} from '../options.ts'
import { interruptedBefore } from '../interrupted.ts'
import type { Ending, Output } from '../output.ts'
import { perform } from '../perform.ts'
import { destroys, notListed, tellPlan } from '../planning.ts'
import { confirmed, obstacle } from '../policy.ts'
import { newRunId } from '../run-id.ts'
import type { Typed, Verb } from '../verb.ts'
import { judged } from '../judged.ts'
import { lookAt } from '../look.ts'
import { settleJob, strikeSecrets } from '../wanted.ts'
import { type Job, jobWords } from '../job.ts'
import { passphraseOption, passphraseWords } from '../ca/passphrase.ts'
import { applyByProbe } from '../probe/apply.ts'
import { isByProbe, probeOptions } from '../probe/options.ts'

/** `sectag apply` */
export const apply: Verb = {
  name: 'apply',
  summary: 'make the board hold what is wanted, and verify it',
  examples: [
    'sectag apply --port /dev/ttyACM0 --tag 16842753 --ca root.crt --cert BT36-chain.crt --key BT36.key',
    'sectag apply --port /dev/ttyACM0 --tag 16842753 --ca root.crt --enrol device --proof presence',
    'sectag apply --probe 960012345 --writer merged.hex --tag 16842753 --ca root.crt --cert BT36-chain.crt --key BT36.key --program-app nRF9160.hex',
  ],
  shape(command) {
    boardOptions(command)
    transcriptOption(command)
    jobOptions(command)
    changeOptions(command)
    proofOption(command)
    passphraseOption(command)
    probeOptions(command)
    command.option('--rewrite', 'also write slots of which nobody can tell what they hold; flash wears')
  },
  async run(context, output, typed) {
    if (isByProbe(typed)) return applyByProbe(context, output, typed)
    const options = readBoardOptions(typed)
    if ('exit' in options) return options
    const job = readJobOptions(context, typed, 'apply')
    if ('exit' in job) return job
    return withJob(context, output, typed, options, job)
  },
}

async function withJob(
  context: Context,
  output: Output,
  typed: Typed,
  options: BoardOptions,
  job: Job,
): Promise<Ending> {
  const settled = await settleJob(context, output, typed, job)
  if ('exit' in settled) return settled
  const home = typed.options['dryRun'] === true ? undefined : readyHome(options.home, context)
  if (home !== undefined && 'exit' in home) return home
  return withBoard(context, output, options, async (board): Promise<Ending> => {
    strikeSecrets(board, settled)
    const looked = await lookAt(board, settled)
    if (!looked.ok) return notListed(looked.refusal, options.at)
    const { states, settled: wanted } = looked.value
    const rewrite = typed.options['rewrite'] === true
    const enrol = enrolments(wanted.wanted)
    const steps = stepsFor(states, { exclusiveTags: settled.exclusiveTags, rewrite, enrol })
    tellPlan(output, states, steps)
    const named = readAskedProof(typed)
    const asked = named ?? 'digest'
    const again = { at: options.at, words: `${options.at} ${jobWords(job, context.cwd)}` }
    const blocked = await enrolmentObstacle(board, looked.value, steps, typed)
    if (blocked !== undefined) return blocked
    if (steps.length === 0) return judged(output, looked.value, asked, again.words)
    if (home === undefined) return { exit: 1, more: { steps: steps.length, dryRun: true } }
    const stop =
      (await obstacle(board, output, typed, options.at, (slot) => settlesSlot(wanted, slot))) ??
      (await askFirst(context, output, typed, board, destroys(states, steps)))
    if (stop !== undefined) return stop
    const needed = await authorityFor(context, output, typed, steps)
    if ('exit' in needed) return needed
    const { authority } = needed
    if (context.signal.aborted) return interruptedBefore(options.at, context.signal)
    const run = beginRun(newRunId(context), board.imei, wanted.wanted, steps)
    const done = await perform(context, output, board, {
      verb: 'apply',
      run,
      job,
      materials: wanted.materials,
      ...(named !== undefined && { asked: named }),
      ...(authority !== undefined && { authority }),
      resumeWith: passphraseWords(typed.options),
      home,
      port: options.port,
    })
    return endOfRun(output, board, done, settled, asked, again)
  })
}

function settlesSlot({ wanted, exclusiveTags }: Settled, slot: Slot): boolean {
  return exclusiveTags.has(slot.tag) || wanted.some((want) => sameSlot(want, slot))
}

async function askFirst(
  context: Context,
  output: Output,
  typed: Typed,
  board: Board,
  what: string | undefined,
): Promise<Ending | undefined> {
  return what === undefined ? undefined : confirmed(context, output, typed, board, what)
}

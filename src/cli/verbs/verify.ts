import type { Held } from '../../modem/index.ts'
import { sameSlot } from '../../terms/index.ts'
import { withBoard } from '../board.ts'
import {
  boardOptions,
  jobOptions,
  proofOption,
  readBoardOptions,
  readJobOptions,
  readProof,
  transcriptOption,
} from '../options.ts'
import { jobWords } from '../job.ts'
import { tellKeys } from '../key-words.ts'
import { notListed } from '../planning.ts'
import type { Verb } from '../verb.ts'
import { judged } from '../judged.ts'
import { type Looked, lookAt } from '../look.ts'
import { settleJob } from '../wanted.ts'
import { verifyByProbe } from '../probe/more-proof.ts'
import { keepBaseline } from '../session-proof.ts'
import { tellStates } from '../words.ts'

/** `sectag verify` */
export const verify: Verb = {
  name: 'verify',
  summary: 'prove that the board holds what is wanted; changes nothing',
  examples: [
    'sectag verify --port /dev/ttyACM0 manifest.yaml',
    'sectag verify --port /dev/ttyACM0 --tag 16842753 --ca root.crt --cert BT36-chain.crt --key BT36.key',
    'sectag verify --port /dev/ttyACM0 manifest.yaml --proof session --json',
  ],
  shape(command) {
    boardOptions(command)
    transcriptOption(command)
    jobOptions(command)
    proofOption(command)
    command.option('--probe <serial>', 'for boards without a UART: says what proves more than a probe can')
    command.option('--client-id <id>', 'for --proof session: only a session with this client id counts')
  },
  async run(context, output, typed) {
    const job = readJobOptions(context, typed, 'verify')
    if ('exit' in job) return job
    if (typed.options['probe'] !== undefined) return verifyByProbe(job, context.cwd)
    const options = readBoardOptions(typed)
    if ('exit' in options) return options
    const settled = await settleJob(context, output, typed, job)
    if ('exit' in settled) return settled
    return withBoard(context, output, { ...options, looking: true }, async (board) => {
      const looked = await lookAt(board, settled, typed.options['clientId'] as string | undefined)
      if (!looked.ok) return notListed(looked.refusal, options.at)
      tellStates(output, looked.value.states)
      tellKeys(output, board.known(), wantedOf(looked.value))
      const ending = judged(output, looked.value, readProof(typed), `${options.at} ${jobWords(job, context.cwd)}`)
      if (ending.verdict === 'PASS') keepBaseline(board, looked.value, context.clock.now())
      const { openRun } = board
      const resumed = openRun !== undefined &&
        ending.failure !== undefined && { failure: { ...ending.failure, next: `sectag resume ${options.at}` } }
      return { ...ending, ...resumed, more: { imei: board.imei } }
    })
  },
}

/** What the board holds of the slots that are wanted. */
function wantedOf({ held, settled }: Looked): Held[] {
  return held.filter((item) => settled.wanted.some((want) => sameSlot(want, item)))
}

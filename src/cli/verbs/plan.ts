import { enrolments, judge, stepsFor } from '../../plan/index.ts'
import { withBoard } from '../board.ts'
import { boardOptions, jobOptions, readBoardOptions, readJobOptions, transcriptOption } from '../options.ts'
import { notListed, tellPlan } from '../planning.ts'
import type { Verb } from '../verb.ts'
import { enrolmentObstacle } from '../enrolment.ts'
import { lookAt } from '../look.ts'
import { settleJob } from '../wanted.ts'

/** `sectag plan` */
export const plan: Verb = {
  name: 'plan',
  summary: 'compare what is wanted with what the board holds, and show what apply would do',
  examples: [
    'sectag plan --port /dev/ttyACM0 manifest.yaml',
    'sectag plan --port /dev/ttyACM0 --tag 16842753 --ca root.crt --cert BT36-chain.crt --key BT36.key',
    'sectag plan --port /dev/ttyACM0 manifest.yaml --rewrite --json',
  ],
  shape(command) {
    boardOptions(command)
    transcriptOption(command)
    jobOptions(command)
    command.option('--rewrite', 'also write slots of which nobody can tell what they hold')
  },
  async run(context, output, typed) {
    const options = readBoardOptions(typed)
    if ('exit' in options) return options
    const job = readJobOptions(context, typed, 'plan')
    if ('exit' in job) return job
    const settled = await settleJob(context, output, typed, job)
    if ('exit' in settled) return settled
    return withBoard(context, output, { ...options, looking: true }, async (board) => {
      const looked = await lookAt(board, settled)
      if (!looked.ok) return notListed(looked.refusal, options.at)
      const { states, settled: wanted } = looked.value
      const { exclusiveTags } = settled
      const steps = stepsFor(states, {
        exclusiveTags,
        rewrite: typed.options['rewrite'] === true,
        enrol: enrolments(wanted.wanted),
      })
      tellPlan(output, states, steps)
      const blocked = await enrolmentObstacle(board, looked.value, steps, typed)
      if (blocked !== undefined) return blocked
      const { proof } = judge(states, 'digest')
      return {
        exit: steps.length === 0 && proof === 'digest' ? 0 : 1,
        proof,
        more: { imei: board.imei, steps: steps.length },
      }
    })
  },
}

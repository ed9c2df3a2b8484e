import { InvalidArgumentError, Option } from 'commander'
import type { Context } from '../context.ts'
import { fewestBoards } from '../demo/misfortune.ts'
import { type Sabotage, type StoryOptions, sabotages, type Stage, StoryStopped } from '../demo/stage.ts'
import { playStory } from '../demo/story.ts'
import { wholeNumber } from '../options.ts'
import type { Ending, Output } from '../output.ts'
import { stoppedBy } from '../stopped-by.ts'
import type { Typed, Verb } from '../verb.ts'
import { untilAborted } from './modem.ts'

/** `sectag demo` */
export const demo: Verb = {
  name: 'demo',
  summary:
    'a fleet of virtual boards is provisioned, proven, loses credentials, is explained and healed; needs nothing',
  examples: ['sectag demo', 'sectag demo --boards 50 --seed 7', 'sectag demo --once --json'],
  shape(command) {
    command
      .addOption(
        new Option('--boards <n>', `how many, ${fewestBoards} or more; 50 is the founding fleet`)
          .argParser(boardCount)
          .default(fewestBoards),
      )
      .option('--seed <text>', 'same seed, same boards and same misfortune', '87138')
      .option('--once', 'end when the story is told; where no person sits at a terminal, it ends anyway')
      .option('--stay', 'keep the fleet up until Ctrl-C, also where no person sits at a terminal')
      .addOption(new Option('--sabotage <kind>', 'spoil the story on purpose; it must notice').choices(sabotages))
  },
  async run(context, output, typed) {
    const sabotage = typed.options['sabotage'] as Sabotage | undefined
    const options: StoryOptions = {
      boards: typed.options['boards'] as number,
      seed: String(typed.options['seed']),
      ...(sabotage !== undefined && { sabotage }),
    }
    try {
      const { stage, ending } = await playStory(context, output, typed, options)
      try {
        if (stays(context, typed, ending)) await stay(context, output, stage)
        return ending
      } finally {
        await stage.close()
      }
    } catch (error) {
      if (context.signal.aborted) return interrupted(context.signal)
      if (error instanceof StoryStopped) return stopped(error)
      throw error
    }
  },
}

function boardCount(text: string): number {
  const count = wholeNumber(text)
  if (count < fewestBoards || count > 500)
    throw new InvalidArgumentError(`From ${fewestBoards} boards, three of which lose their tag, to 500.`)
  return count
}

function stays(context: Context, { options }: Typed, { exit }: Ending): boolean {
  if (options['once'] === true || exit !== 0) return false
  return options['stay'] === true || context.ask !== undefined
}

async function stay(context: Context, output: Output, stage: Stage): Promise<void> {
  const [first] = stage.members
  output.event(
    'staying',
    { folder: stage.folder },
    `\nThe fleet stays up until Ctrl-C. In another terminal:\n  cd ${stage.folder}\n  sectag list --port ${first?.port ?? ''}\n  sectag verify --port ${first?.port ?? ''} ${first?.name ?? ''}.yaml --proof session --home home`,
  )
  await untilAborted(AbortSignal.any([context.signal, context.readerGone]))
}

function interrupted(signal: AbortSignal): Ending {
  return {
    exit: 7,
    failure: {
      what: 'interrupted in the middle of the story',
      state: 'the virtual boards are gone; no real board was touched',
      why: stoppedBy(signal),
      next: 'sectag demo',
    },
  }
}

function stopped(error: StoryStopped): Ending {
  return {
    exit: 5,
    failure: {
      what: error.message,
      state: 'the virtual boards are gone; no real board was touched',
      why: 'this is a defect of ours, or this machine gives no PTY or port; please report it',
      next: 'sectag demo --once --json',
    },
  }
}

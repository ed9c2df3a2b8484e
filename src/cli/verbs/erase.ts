import { type Held, list } from '../../modem/index.ts'
import { highestTag, typeRules } from '../../numbers/index.ts'
import { beginRun, type Step } from '../../plan/index.ts'
import type { Slot } from '../../terms/index.ts'
import { type BoardOptions, withBoard } from '../board.ts'
import type { Context } from '../context.ts'
import { stateOf, stoppedEnding } from '../ending.ts'
import { type Home, readyHome } from '../home/home.ts'
import { boardOptions, changeOptions, readBoardOptions, readSlot, slotOptions, transcriptOption } from '../options.ts'
import { interruptedBefore } from '../interrupted.ts'
import type { Ending, Output } from '../output.ts'
import { perform } from '../perform.ts'
import { notListed } from '../planning.ts'
import { confirmed, obstacle } from '../policy.ts'
import { newRunId } from '../run-id.ts'
import type { Verb } from '../verb.ts'
import { tellHeld } from '../words.ts'

/** `sectag erase` */
export const erase: Verb = {
  name: 'erase',
  summary: 'erase one tag, or one item of it',
  examples: [
    'sectag erase --port /dev/ttyACM0 --tag 16842753',
    'sectag erase --port /dev/ttyACM0 --tag 16842753 --type key',
    'sectag erase --port /dev/ttyACM0 --tag 16842753 --dry-run',
  ],
  shape(command) {
    boardOptions(command)
    transcriptOption(command)
    slotOptions(command)
    changeOptions(command)
  },
  async run(context, output, typed) {
    const options = readBoardOptions(typed)
    if ('exit' in options) return options
    const { tag, type } = readSlot(typed)
    if (tag === undefined) return noTag(options.at)
    if (tag > highestTag) return wrongTag(`tag ${tag} is not the user's: tags end at ${highestTag}`, options.at)
    const only = type === undefined ? { tag } : { tag, type }
    const home = typed.options['dryRun'] === true ? undefined : readyHome(options.home, context)
    if (home !== undefined && 'exit' in home) return home
    return withBoard(context, output, options, async (board): Promise<Ending> => {
      const held = await list(board.channel, only)
      if (!held.ok) return notListed(held.refusal, options.at)
      const mine = held.value.filter((item) => typeRules(item.type).deletable)
      tellHeld(output, mine)
      if (mine.length === 0) return { exit: 0, more: { imei: board.imei, erased: 0 } }
      if (home === undefined) output.say(`Would erase ${mine.length}.`)
      if (home === undefined) return { exit: 1, more: { erase: mine.length, dryRun: true } }
      const what = `erase ${mine.length} credentials in tag ${tag}`
      const settles = (slot: Slot): boolean => slot.tag === tag && (type === undefined || slot.type === type)
      const stop =
        (await obstacle(board, output, typed, options.at, settles)) ??
        (await confirmed(context, output, typed, board, what))
      if (stop !== undefined) return stop
      if (context.signal.aborted) return interruptedBefore(options.at, context.signal)
      return eraseAll(context, output, options, home, board, mine)
    })
  },
}

async function eraseAll(
  context: Context,
  output: Output,
  options: BoardOptions,
  home: Home,
  board: Parameters<Parameters<typeof withBoard>[3]>[0],
  mine: readonly Held[],
): Promise<Ending> {
  const steps = mine.map(({ tag, type }): Step => ({ do: 'erase', slot: { tag, type }, because: 'unwanted' }))
  const run = beginRun(newRunId(context), board.imei, [], steps)
  const task = { verb: 'erase', run, job: undefined, materials: new Map(), home, port: options.port }
  const done = await perform(context, output, board, task)
  const cut = stoppedEnding(done, options.at)
  if (cut !== undefined) return cut
  const after = await list(board.channel)
  if (!after.ok) return { ...notListed(after.refusal, options.at, stateOf(done)), left: done.left }
  const still = after.value.filter((item) => mine.some((gone) => gone.tag === item.tag && gone.type === item.type))
  if (still.length === 0)
    return { exit: 0, proof: 'presence', left: done.left, more: { imei: board.imei, erased: mine.length } }
  return { exit: 5, left: done.left, failure: stillThere(still.length, options.at) }
}

function stillThere(count: number, at: string): NonNullable<Ending['failure']> {
  return {
    what: `${count} items are still listed, although the modem said OK to erasing them`,
    state: 'the others are gone; the modem was given back as found',
    why: 'unknown: the credential memory may be damaged',
    next: `sectag list ${at}`,
  }
}

function noTag(at: string): Ending {
  return {
    exit: 2,
    failure: {
      what: 'no tag was named; erase never means everything',
      state: 'no board was touched',
      why: 'which tag is meant is not said: --tag is missing',
      next: `sectag list ${at}   # shows which tags there are`,
    },
  }
}

function wrongTag(what: string, at: string): Ending {
  const why = 'what leaves the factory in a modem cannot be erased, and what does not belong to a tag is not ours'
  return { exit: 2, failure: { what, state: 'no board was touched', why, next: `sectag list ${at}` } }
}

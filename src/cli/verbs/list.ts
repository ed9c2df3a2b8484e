import { list as listHeld } from '../../modem/index.ts'
import { withBoard } from '../board.ts'
import { likelyReason, refusalExit, refusalWords } from '../failure.ts'
import { boardOptions, readBoardOptions, readSlot, slotOptions, transcriptOption } from '../options.ts'
import { tellKeys } from '../key-words.ts'
import type { Verb } from '../verb.ts'
import { tellHeld } from '../words.ts'

/** `sectag list` */
export const list: Verb = {
  name: 'list',
  summary: 'what the board holds; changes nothing, not even the radio',
  examples: [
    'sectag list --port /dev/ttyACM0',
    'sectag list --port /dev/ttyACM0 --tag 16842753',
    'sectag list --port tcp://bench:5000 --tag 16842753 --type ca --json',
  ],
  shape(command) {
    boardOptions(command)
    transcriptOption(command)
    slotOptions(command)
  },
  async run(context, output, typed) {
    const options = readBoardOptions(typed)
    if ('exit' in options) return options
    const only = readSlot(typed)
    if (only.type !== undefined && only.tag === undefined) return typeWithoutTag('list', options.at)
    return withBoard(context, output, { ...options, looking: true }, async (board) => {
      const { channel, imei } = board
      const held = await listHeld(channel, only)
      if (!held.ok) {
        const what = `the board would not list: ${refusalWords(held.refusal)}`
        const next = `sectag info ${options.at}`
        const failure = { what, state: 'nothing was changed on the board', why: likelyReason(held.refusal), next }
        return { exit: refusalExit(held.refusal), refusal: held.refusal, failure }
      }
      tellHeld(output, held.value)
      tellKeys(output, board.known(), held.value)
      return { exit: 0, more: { imei, held: held.value.length, only } }
    })
  },
}

/** The modem lists and deletes a type only within a tag (CMNG-04). */
export function typeWithoutTag(verb: string, at: string): ReturnType<Verb['run']> {
  return Promise.resolve({
    exit: 2,
    failure: {
      what: '--type was given without --tag',
      state: 'no board was touched',
      why: 'a modem looks for a type only within one tag',
      next: `sectag ${verb} ${at} --tag 16842753 --type ca`,
    },
  })
}

import { type Entry as Line, formatTranscript } from '../../at/index.ts'
import { type Read, readEvidence, textEvidence } from '../../doctor/index.ts'
import { readIdentity, readState } from '../../modem/index.ts'
import { utf8 } from '../../terms/index.ts'
import { anything } from '../anything.ts'
import { type BoardOptions, withBoard } from '../board.ts'
import type { Context } from '../context.ts'
import type { Ending, Output } from '../output.ts'
import type { Entry } from './tar.ts'

/** What a vendor's support asks for first. None of them changes anything; what a firmware does not have, it refuses. */
const questions = [
  'AT+CGMR',
  'AT%HWVERSION',
  'AT%SHORTSWVER',
  'AT+CFUN?',
  'AT+CPIN?',
  'AT%XSIM?',
  'AT%XSYSTEMMODE?',
  'AT+CEREG?',
  'AT+CEER',
  'AT%XMONITOR',
  'AT+CESQ',
  'AT+CGDCONT?',
  'AT+CGPADDR',
  'AT%XVBAT',
  'AT%CMNG=1',
]

/** What was asked of a board, as files of an archive. */
export interface FromBoard {
  readonly entries: readonly Entry[]
  /** What the doctor reads in the dialogue. */
  readonly read: Read
}

/** Asks a board what support will ask; changes nothing on it. */
export async function askBoard(context: Context, output: Output, options: BoardOptions): Promise<FromBoard | Ending> {
  const lines: Line[] = []
  let told: Record<string, unknown> | undefined
  const tap = (line: Line): void => {
    lines.push(line)
  }
  const ending = await withBoard(context, output, { ...options, looking: true, tap }, async ({ channel, imei }) => {
    const identity = await readIdentity(channel)
    const state = await readState(channel)
    for (const question of questions) await channel.send(anything, question)
    told = { imei, ...(identity.ok && { identity: identity.value }), ...(state.ok && { state: state.value }) }
    return { exit: 0 }
  })
  if (told === undefined) return ending
  const dialogue = formatTranscript(lines)
  return {
    entries: [
      { name: 'board.json', body: utf8(`${JSON.stringify(told, null, 2)}\n`) },
      { name: 'dialogue.at', body: utf8(dialogue) },
    ],
    read: readEvidence(textEvidence('dialogue.at', dialogue)),
  }
}

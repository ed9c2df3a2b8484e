import { ledTable } from '../../board/index.ts'
import type { EventData, Output } from '../output.ts'
import type { Account } from './account.ts'
import { type Diagnosed, type Heard, questions } from './hear.ts'
import { builds, hurry, type Member } from './member.ts'
import type { Stage } from './stage.ts'

/** One event of the story. */
export function tell({ output }: Stage, type: string, data: EventData, words?: string): void {
  output.event(type, data, words)
}

/** The heading of an act, with a command as one would type it. */
export function tellAct(stage: Stage, act: string, words: string, line?: string): void {
  const { output } = stage
  const typed = line === undefined || line === '' ? '' : `\n${output.look('dim', `$ ${line}`)}`
  tell(
    stage,
    'act',
    { act, tell: words, ...(typed !== '' && { typed: line }) },
    `\n${output.look('strong', words)}${typed}`,
  )
}

/** Who is in the story. */
export function tellFleet(stage: Stage): void {
  const { members, folder, broker } = stage
  tellAct(
    stage,
    'fleet',
    `${members.length} virtual boards with real PTYs, and a real broker with mutual TLS. Time runs ${hurry} times faster for the boards.`,
  )
  tell(stage, 'stage', { folder, broker: `${broker.host}:${broker.port}` })
  for (const { name, kind, port, modem } of members) {
    const { imei } = modem.identity
    const { sdk } = builds[kind]
    const key = kind === 'born' ? 'key born inside' : 'key from a file'
    const { firmware } = modem.personality
    tell(
      stage,
      'member',
      { name, imei, firmware, sdk, key: kind, port },
      `${name}  ${port.padEnd(11)}  IMEI ${imei}  ${firmware}, NCS ${sdk}, ${key}`,
    )
  }
}

/**
 * What was heard of a board, what it means, and what is still not known.
 *
 * @param so what follows from it
 */
export function tellDiagnosis(stage: Stage, member: Member, heard: Heard, diagnosed: Diagnosed, so: string): void {
  const { output } = stage
  const { name, board } = member
  const { cause, probability, because, unknown } = diagnosed
  const { replies, lastWords } = heard
  tell(stage, 'heard', {
    name,
    led: board.led,
    replies: replies.map((reply) => reply ?? null),
    ...(lastWords !== undefined && { lastWords }),
  })
  tell(stage, 'diagnosed', { name, cause, probability, because, unknown })
  const answers = questions.map((question, index) => `${question} → ${replyWords(replies[index])}`)
  const rows = [
    `light     ${ledTable[board.led].light}`,
    `log       ${lastWords ?? 'nothing'}`,
    ...rowsOf('SMS', answers),
    `doctor    ${output.look('strong', cause)}, ${Math.min(99, Math.round(probability * 100))} %`,
    ...rowsOf('because', because.slice(0, 3)),
    ...rowsOf('unknown', unknown.slice(0, 2)),
    `so        ${so}`,
  ]
  output.say(`${output.look('strong', name)}\n${rows.map((row) => `  ${row}`).join('\n')}`)
}

/** A listing line has 86 characters; its digest begins where a person has seen enough. */
const longestShown = 32

function replyWords(reply: string | undefined): string {
  if (reply === undefined) return 'no reply at all'
  const [line = ''] = reply.split('\n')
  if (line === '') return 'a blank reply'
  return line.length > longestShown ? `${line.slice(0, longestShown)}…` : line
}

function rowsOf(head: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `${(index === 0 ? head : '').padEnd(10)}${line}`)
}

/** The last line of the story. */
export function accountWords(output: Output, account: Account): string {
  const { boards, proven, lost, explained, healed, decoys, wronglyWritten, wrong } = account
  const head = wrong.length === 0 ? output.look('good', 'PASS') : output.look('bad', 'FAIL')
  return `${head}  ${proven} of ${boards} boards proven by the broker; ${lost} lost their credentials, ${decoys} had another trouble, ${explained} explained rightly; ${healed} healed and proven again; ${wronglyWritten} written wrongly.`
}

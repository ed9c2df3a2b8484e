import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sighting } from '../../broker/index.ts'
import type { Instant } from '../../terms/index.ts'
import { builds, type Member, storyTag } from './member.ts'
import { textOf } from './sectag.ts'
import type { Stage } from './stage.ts'

/** What an operator asks by SMS: first what every board answers, so that a blank reply means something, then the tag, type by type: a text holds 160 characters. */
export const questions = ['AT+CFUN?', ...[0, 1, 2].map((type) => `AT%CMNG=1,${storyTag},${type}`)]

/** What was heard of a board that is silent. */
export interface Heard {
  /** The names of the evidence files, in the folder of the story. */
  readonly files: readonly string[]
  readonly replies: readonly (string | undefined)[]
  /** The last line of its log that tells of a failure. */
  readonly lastWords: string | undefined
}

/** Collects what anybody outside could hear of a board: its log, its answers by SMS, what its broker saw, and a listing where there is a cable. */
export async function hear(stage: Stage, member: Member, since: Instant, byCable: boolean): Promise<Heard> {
  const replies: (string | undefined)[] = []
  for (const question of questions) replies.push(await member.ask(question))
  const log = member.log()
  const files: Record<string, string> = {
    [`${member.name}.log`]: log.join('\n'),
    [`${member.name}.sms`]: dialogue(replies),
    [`${member.name}.broker.jsonl`]: jsonLines(seenBy(stage, member, since)),
  }
  const listed = byCable ? await stage.sectag(['list', '--port', member.port]) : undefined
  if (listed !== undefined) files[`${member.name}.list.jsonl`] = jsonLines(listed.events)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(stage.folder, name), `${text}\n`)
  return { files: Object.keys(files), replies, lastWords: log.findLast((line) => /-\d+$|failed|: 90/.test(line)) }
}

function jsonLines(values: readonly object[]): string {
  return values.map((value) => JSON.stringify(value)).join('\n')
}

/** As a transcript has it: a lone `<` is a blank reply; a question without one was never answered. */
function dialogue(replies: readonly (string | undefined)[]): string {
  return questions
    .flatMap((question, index) => {
      const reply = replies[index]
      return [`> ${question}`, ...(reply === undefined ? [] : [`< ${reply}`.trimEnd()])]
    })
    .join('\n')
}

/**
 * What the brokers' side has seen: of this board all there is, from the first day on, and from the broker that it is told
 * to use what came from somebody who did not say who he is, since the trouble began.
 */
function seenBy(stage: Stage, member: Member, since: Instant): readonly Sighting[] {
  const own = member.board.options.clientId
  const used = member.place.port === stage.elsewhere.port ? stage.elsewhere : stage.broker
  const nameless = used.sightings.filter(({ at, clientId }) => at >= since && clientId === undefined)
  const named = [stage.broker, stage.elsewhere].flatMap(({ sightings }) =>
    sightings.filter(({ clientId }) => clientId === own),
  )
  return [...named, ...nameless].sort((a, b) => a.at - b.at)
}

/** What the doctor says of a board. */
export interface Diagnosed {
  readonly cause: string
  readonly probability: number
  /** Its reasons, as words. */
  readonly because: readonly string[]
  readonly unknown: readonly string[]
}

/** Asks the doctor, with nothing but what was heard and what everybody knows of this kind of board. */
export async function diagnoseMember(stage: Stage, member: Member, heard: Heard): Promise<Diagnosed> {
  const { sdk, libc } = builds[member.kind]
  const known = ['--context', `sdk=${sdk},libc=${libc}`, '--tag', String(storyTag)]
  const { events } = await stage.sectag(['doctor', ...heard.files, ...known])
  const leader = events.find((event) => event['type'] === 'cause' && event['rank'] === 1)
  const because = (leader?.['for'] ?? []) as readonly { words: string }[]
  const unknown = events.find((event) => event['type'] === 'unknown')?.['items'] as readonly string[] | undefined
  return {
    cause: textOf(leader?.['cause']) ?? 'insufficient-evidence',
    probability: Number(leader?.['probability'] ?? 0),
    because: because.map(({ words }) => words),
    unknown: unknown ?? [],
  }
}

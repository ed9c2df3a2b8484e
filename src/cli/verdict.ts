import type { Question, RankedCause, Reason, Verdict } from '../doctor/index.ts'
import type { Ending, Output } from './output.ts'

/** A share below this is no use to a person; machines get all. */
const worthTelling = 0.02

/** Tells a verdict: the cause in words, because …, against …, what is not known, what is next. */
export function tellVerdict(output: Output, verdict: Verdict): void {
  if (verdict.works !== undefined) tellWorks(output, verdict.works)
  const shown = verdict.works === undefined || output.mode === 'json' ? verdict.causes : []
  shown.forEach((cause, index) => tellCause(output, cause, index))
  if (verdict.unknown.length > 0)
    output.event('unknown', { items: verdict.unknown }, rows('not known', verdict.unknown).join('\n'))
  for (const { code, words, reason } of verdict.notes)
    output.notice(code, words, reason === undefined ? {} : { at: place(reason) }, rows('note', [words]).join('\n'))
  if (verdict.next !== undefined) tellQuestion(output, verdict.next)
}

/**
 * How the verb ends: with a cause, or with what to ask for.
 *
 * @param line the command as it was typed: what was known beforehand is known the next time too
 */
export function endOfVerdict(verdict: Verdict, line: string): Ending {
  const [top] = verdict.causes
  const more = { cause: top?.cause, probability: top?.probability, lines: verdict.lines, struck: verdict.struck }
  if (verdict.works !== undefined) return { exit: 0, more: { ...more, works: true } }
  if (top !== undefined && top.cause !== 'insufficient-evidence') return { exit: 0, more }
  const answer = answerWords(verdict.next)
  return {
    exit: 1,
    more,
    failure: {
      what: 'no cause can be named yet',
      state: 'no board was touched; write nothing before a cause is known',
      why: `what was heard does not decide${answer === '' ? '' : `; ask again${answer}`}`,
      next: `${line} ANSWER.txt`,
    },
  }
}

/** What is to come with the next question. Commands of a computer are named without what only the asker can fill in. */
function answerWords(question: Question | undefined): string {
  const { cable = [], computer = [] } = question ?? {}
  const programs = new Set(computer.map((command) => command.split(' ').slice(0, 2).join(' ')))
  const parts = [
    ...(cable.length > 0 ? [`the answer to ${cable.join(', ')}`] : []),
    ...(programs.size > 0 ? [`what is printed by ${[...programs].join(' and ')}`] : []),
  ]
  return parts.length > 0 ? ` with ${parts.join(' and ')}` : ''
}

/** PASS is not said: that takes a witness at the broker. */
function tellWorks(output: Output, works: Reason): void {
  output.event('works', { ...works }, `it works, as far as was heard: ${reasonWords(works)}`)
}

/** `98 %`; never more than 99, as nobody is that sure. */
function percent(probability: number): string {
  return `${Math.min(99, Math.round(100 * probability))} %`
}

function place({ from }: Reason): string {
  return `${from.evidence}:${from.line}`
}

const headColumn = 10

/** A head that is longer than its column has a line of its own. */
function rows(head: string, lines: readonly string[]): string[] {
  const above = head.length >= headColumn && lines.length > 0 ? [`  ${head}`] : []
  const first = above.length > 0 ? '' : head
  return [...above, ...lines.map((line, index) => `  ${(index === 0 ? first : '').padEnd(headColumn)}${line}`)]
}

function tellCause(output: Output, cause: RankedCause, index: number): void {
  const { prior: _, ...told } = cause
  const words = index === 0 ? leaderWords(output, cause) : alsoWords(cause)
  output.event('cause', { rank: index + 1, ...told }, words)
}

function leaderWords(output: Output, cause: RankedCause): string {
  const look = cause.cause === 'insufficient-evidence' ? 'unknown' : 'strong'
  const { do: what, costs, risks } = cause.remedy
  return [
    `${output.look(look, cause.cause)}  ${percent(cause.probability)}  ${cause.meaning}`,
    ...rows('because', cause.for.map(reasonWords)),
    ...rows('against', cause.against.map(reasonWords)),
    ...rows('to do', [what, `costs: ${costs}`, `risks: ${risks}`]),
    ...rows('later', [cause.prevention]),
    ...rows('facts', [cause.facts.join(', ')]),
    ...rows('links', cause.links),
  ].join('\n')
}

function alsoWords(cause: RankedCause): string | undefined {
  if (cause.probability < worthTelling) return undefined
  return `${cause.cause}  ${percent(cause.probability)}  ${[...cause.for.slice(0, 1).map(reasonWords), cause.meaning][0] ?? ''}`
}

function reasonWords(reason: Reason): string {
  return `${reason.words} (${place(reason)})`
}

function tellQuestion(output: Output, question: Question): void {
  const { words, cable, computer, sms } = question
  const ways = [...rows('by cable', cable), ...rows('by SMS', sms), ...rows('on a computer', computer)]
  output.event('question', { ...question }, [...rows('next', [words]), ...ways].join('\n'))
}

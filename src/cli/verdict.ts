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
  const answer = verdict.next?.cable.length ? ` with the answer to ${verdict.next.cable.join(', ')}` : ''
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

function rows(head: string, lines: readonly string[]): string[] {
  return lines.map((line, index) => `  ${(index === 0 ? head : '').padEnd(10)}${line}`)
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
  const { words, cable, sms } = question
  const text = [...rows('next', [words]), ...rows('by cable', cable), ...rows('by SMS', sms)]
  output.event('question', { ...question }, text.join('\n'))
}

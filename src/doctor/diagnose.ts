import { withAlike } from './alike.ts'
import type { Cause, CauseEntry } from './cause.ts'
import { causeEntry } from './causes.ts'
import type { Evidence } from './evidence.ts'
import { type Facts, gather } from './gather.ts'
import { linksOf } from './links.ts'
import { type Note, notesOf } from './notes.ts'
import { type Question, questionOf, type Topic } from './questions.ts'
import { isClosed, isTold, withLeads } from './leads.ts'
import { rank } from './rank.ts'
import { type Read, readEvidence } from './read/reading.ts'
import { because, type Judgement, type Reason } from './rule.ts'
import { rules } from './rules.ts'
import { outElsewhere } from './rules/radio.ts'
import { withoutRuledOut } from './ruled-out.ts'
import { standingAnswer } from './setbacks.ts'
import { stages } from './stage.ts'
import { unknownOf } from './unknown.ts'

/** A cause with its share, what speaks for and against it, and what to do about it. */
export interface RankedCause extends CauseEntry {
  /** From 0 to 1; those of a verdict sum to 1. */
  readonly probability: number
  readonly for: readonly Reason[]
  readonly against: readonly Reason[]
  /** Where to read on. */
  readonly links: readonly string[]
}

/** What the doctor says of one board. */
export interface Verdict {
  /** The most probable first; `insufficient-evidence` is always among them. */
  readonly causes: readonly RankedCause[]
  /** A session that nothing contradicts, where no cause is named: as far as was heard, it works. */
  readonly works?: Reason
  /** What nobody has said yet, in words. */
  readonly unknown: readonly string[]
  /** What would decide between the leaders: the cheapest next test. */
  readonly next?: Question
  readonly notes: readonly Note[]
  /** How many lines were read, and how many secrets were struck out of them. */
  readonly lines: number
  readonly struck: number
}

/**
 * Names the causes of one board's failure, from evidence alone. The same evidence gives the same verdict.
 *
 * @example diagnose([textEvidence('log', 'mqtt_connect error -45'), textEvidence('context', 'sdk=1.0.0', { media: contextMedia })])
 */
export function diagnose(evidence: readonly Evidence[]): Verdict {
  return verdictOf(evidence.map(readEvidence))
}

/** The same for evidence that was read line by line. */
export function verdictOf(reads: readonly Read[]): Verdict {
  const facts = gather(reads)
  const judged = new Map<Cause, Judgement>()
  for (const rule of rules) {
    const found = rule.judge(facts)
    if (found !== undefined) judged.set(rule.id, found)
  }
  const excluded = stages(facts, judged)
  const isExcluded = (cause: Cause): boolean => excluded.some(({ excludes }) => excludes(cause))
  const likely = withoutRuledOut(withLeads(judged, facts), facts)
  const admissible = new Map([...likely].filter(([cause]) => !isExcluded(cause)))
  const { shares, judged: alike } = withAlike(
    rank(rules, admissible, isTold(facts)),
    facts,
    (cause) => isExcluded(cause) || isClosed(cause, facts),
  )
  for (const [cause, judgement] of alike) admissible.set(cause, judgement)
  const causes = shares.map(({ cause, probability }) => ranked(cause, probability, admissible))
  const works = causes[0]?.cause === 'insufficient-evidence' ? workingSession(facts) : undefined
  const next = works === undefined ? nextOf(causes, admissible, facts) : undefined
  return {
    causes,
    unknown: unknownOf(facts),
    ...(works !== undefined && { works }),
    ...(next !== undefined && { next }),
    notes: notesOf(facts, reads, excluded),
    lines: reads.reduce((sum, read) => sum + read.lines, 0),
    struck: reads.reduce((sum, read) => sum + read.struck, 0),
  }
}

/** A session that stands, and nothing that ends it behind it. */
function workingSession(facts: Facts): Reason | undefined {
  const answer = standingAnswer(facts)
  if (answer?.value.code !== 0 || facts.of('seen').some(({ value }) => ends.has(value.sign))) return undefined
  const ended = facts
    .of('failure')
    .some(({ from, last }) => from.evidence !== answer.from.evidence || last > answer.last)
  return ended ? undefined : because('a session was accepted, and nothing came after it', answer)
}

const ends: ReadonlySet<string> = new Set(['connects-and-drops', 'taken-over', 'silent-too-long'])

function ranked(cause: Cause, probability: number, judged: ReadonlyMap<Cause, Judgement>): RankedCause {
  const { for: pro = [], against = [] } = judged.get(cause) ?? {}
  const entry = causeEntry(cause)
  return { ...entry, probability, for: pro, against, links: linksOf(entry) }
}

/** A share above which a cause counts among the leaders. */
const leading = 0.1

/** What the leaders ask for, the first leader's questions first; where nobody asks, all that a diagnosis begins with. */
function nextOf(
  causes: readonly RankedCause[],
  judged: ReadonlyMap<Cause, Judgement>,
  facts: Facts,
): Question | undefined {
  const leaders = causes.filter(({ probability }) => probability >= leading)
  const asks = leaders.flatMap(({ cause }): readonly Topic[] => judged.get(cause)?.asks ?? [])
  const undecided = causes[0]?.cause === 'insufficient-evidence'
  // Where calls to connect fail and nothing decides, what the tag holds comes first: it costs one command.
  const first: Topic[] = undecided && facts.connects.length > 0 ? ['control', 'listing'] : []
  // Where files contradict each other on the network, what is so now comes before all else.
  const unclear: Topic[] = outElsewhere(facts) === undefined ? [] : ['registration']
  const fallback: Topic[] = undecided ? ['listing', 'log'] : []
  return questionOf([...unclear, ...first, ...asks, ...fallback], facts)
}

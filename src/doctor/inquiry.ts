import { type Verdict, verdictOf } from './diagnose.ts'
import { type EvidenceHead, textEvidence } from './evidence.ts'
import { type Facts, gather } from './gather.ts'
import { inquiries } from './inquiries.ts'
import type { Inquiry, InquiryAnswer } from './inquiries/inquiry.ts'
import { isKnown, type Topic } from './questions.ts'
import { type Read, readEvidence } from './read/reading.ts'
import { rules } from './rules.ts'
import { readTold } from './told-facts.ts'

/** What an answer says, read: lines like any others, facts as they are. It comes by the way that the inquiry names, if it names one. */
export function readAnswer(inquiry: Inquiry, { says, words }: InquiryAnswer): Read {
  const evidence = textEvidence(`answer-${inquiry.id}`, typeof says === 'string' ? `${says}\n` : '', inquiry.way)
  return typeof says === 'string' ? readEvidence(evidence) : readTold(evidence, words, says)
}

/** A leader with such a share is not asked about any more. */
const sure = 0.9
/** Below such a share a cause is not in question. */
const considered = 0.02

/**
 * The question whose answer changes the verdict most, of those that were not asked yet; undefined where no answer would name
 * another cause. Each possible answer is tried out: what changes nothing is not asked.
 */
export function nextInquiry(reads: readonly Read[], asked: ReadonlySet<string>): Inquiry | undefined {
  const now = verdictOf(reads)
  const [leader] = now.causes
  if (now.works !== undefined || (leader?.cause !== 'insufficient-evidence' && (leader?.probability ?? 0) >= sure))
    return undefined
  const facts = gather(reads)
  const topics = topicsOf(now, facts)
  const blank = blankWay(reads, facts)
  const unlogged = facts.of('failure').length === 0
  const worth = inquiries({ unlogged, ...(facts.tag && { tag: facts.tag.tag }), ...(blank && { blank }) })
    .filter(({ id, topic }) => !asked.has(id) && !(topic !== undefined && isAnswered(topic, facts)))
    .filter(({ special, topic }) => special === undefined || (topic !== undefined && topics.has(topic)))
    .map((inquiry) => ({ inquiry, change: changeBy(inquiry, reads, now) }))
    .filter(({ change }) => change > 0)
  return worth.toSorted((a, b) => b.change - a.change)[0]?.inquiry
}

/** Of these a person knows more than what was read: the C library beside the SDK, and whether the tag that is used was written. */
const knowsMore: ReadonlySet<Topic> = new Set(['build', 'tag-in-use'])

/** What was given already is not asked. */
function isAnswered(topic: Topic, facts: Facts): boolean {
  return !knowsMore.has(topic) && isKnown(topic, facts)
}

/** What the causes in question ask for. */
function topicsOf(now: Verdict, facts: Facts): ReadonlySet<Topic> {
  const open = new Set(now.causes.filter(({ probability }) => probability >= considered).map(({ cause }) => cause))
  return new Set(rules.filter(({ id }) => open.has(id)).flatMap((rule) => rule.judge(facts)?.asks ?? []))
}

/** By which way a listing came back blank that nothing on that way vouches for. */
function blankWay(reads: readonly Read[], facts: Facts): EvidenceHead | undefined {
  const from = facts.slots.unvouched[0]?.from.evidence
  return reads.find(({ head }) => head.id === from)?.head
}

/** How many of the answers would put another cause first, weighed by how sure it would be then, and by what the answer costs. */
function changeBy(inquiry: Inquiry, reads: readonly Read[], now: Verdict): number {
  const changes = inquiry.answers.map((answer) => {
    const [leader] = verdictOf([...reads, readAnswer(inquiry, answer)]).causes
    return leader === undefined || leader.cause === now.causes[0]?.cause ? 0 : leader.probability
  })
  return changes.reduce((sum, change) => sum + change, 0) / changes.length / inquiry.effort ** 2
}

import { verdictOf, type Verdict } from './diagnose.ts'
import { contextMedia, type Evidence, textEvidence } from './evidence.ts'
import { gather } from './gather.ts'
import { type Inquiry, inquiries } from './inquiries.ts'
import { type Read, readEvidence } from './read/reading.ts'

/** What an answer says, as evidence: its words are read like any other. */
export function answerEvidence(inquiry: Inquiry, says: string): Evidence {
  const known = says.includes('=') && !says.includes('AT')
  return textEvidence(`answer-${inquiry.id}`, `${says}\n`, known ? { media: contextMedia } : {})
}

/** A leader with such a share is not asked about any more. */
const sure = 0.9

/**
 * The question whose answer changes the verdict most, of those that were not asked yet; undefined where no answer would name
 * another cause. Each possible answer is tried out: what changes nothing is not asked.
 */
export function nextInquiry(reads: readonly Read[], asked: ReadonlySet<string>): Inquiry | undefined {
  const now = verdictOf(reads)
  const [leader] = now.causes
  if (now.works !== undefined || (leader?.cause !== 'insufficient-evidence' && (leader?.probability ?? 0) >= sure))
    return undefined
  const { tag } = gather(reads)
  const worth = inquiries(tag?.tag)
    .filter(({ id }) => !asked.has(id))
    .map((inquiry) => ({ inquiry, change: changeBy(inquiry, reads, now) }))
    .filter(({ change }) => change > 0)
  return worth.toSorted((a, b) => b.change - a.change)[0]?.inquiry
}

/** How many of the answers would put another cause first, weighed by how sure it would be then, and by what the answer costs. */
function changeBy(inquiry: Inquiry, reads: readonly Read[], now: Verdict): number {
  const changes = inquiry.answers.map(({ says }) => {
    const { causes } = verdictOf([...reads, readEvidence(answerEvidence(inquiry, says))])
    const [leader] = causes
    return leader === undefined || leader.cause === now.causes[0]?.cause ? 0 : leader.probability
  })
  return changes.reduce((sum, change) => sum + change, 0) / changes.length / inquiry.effort
}

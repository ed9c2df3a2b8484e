import type { EvidenceHead } from '../evidence.ts'
import type { Topic } from '../questions.ts'
import type { ToldFact } from '../told-facts.ts'

/** An answer in words, and what it says: lines of a dialogue or a log, facts, or nothing that helps. */
export interface InquiryAnswer {
  readonly words: string
  readonly says: string | readonly ToldFact[]
}

/** One question for the person in front, with the answers that it may have. */
export interface Inquiry {
  readonly id: string
  readonly words: string
  /** 1: a person knows it; 2: a look tells; 3: it takes a cable, the files, or somebody at the broker. */
  readonly effort: 1 | 2 | 3
  readonly answers: readonly InquiryAnswer[]
  /** What it settles, of what causes ask for. */
  readonly topic?: Topic
  /** Asked only where a cause that is in question asks for its topic: elsewhere the answer would mislead. */
  readonly special?: true
  /** By which way the answer comes, where that matters. */
  readonly way?: EvidenceHead
}

type InquiryShape = Pick<Inquiry, 'id' | 'words' | 'effort'> & { readonly topic?: Topic; readonly special?: true }

/** Answers in the order in which they are offered: their words, and what they say. */
export function inquiry(shape: InquiryShape, answers: Readonly<Record<string, InquiryAnswer['says']>>): Inquiry {
  return { ...shape, answers: Object.entries(answers).map(([words, says]) => ({ words, says })) }
}

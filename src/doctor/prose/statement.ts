import type { Concept } from './lexicon.ts'
import type { Sentence } from './sentence.ts'

/** A concept that is said; `!`: that is denied; `~`: that is named, said or denied. */
export type Term = Concept | `!${Concept}` | `~${Concept}`

/** What must stand together. `near`: this and the two sentences before it count as one. */
export interface Statement {
  readonly terms: readonly Term[]
  readonly near: boolean
}

/** All of it in one sentence. */
export function says(...terms: readonly Term[]): Statement {
  return { terms, near: false }
}

/** All of it within three sentences. */
export function near(...terms: readonly Term[]): Statement {
  return { terms, near: true }
}

/** It was changed, and then it was well. */
export function cured(...terms: readonly Term[]): Statement {
  return near(...terms, 'cure')
}

function holds(term: Term, { said, denied }: Pick<Sentence, 'said' | 'denied'>): boolean {
  if (term.startsWith('!')) return denied.has(term.slice(1) as Concept)
  if (!term.startsWith('~')) return said.has(term as Concept)
  const concept = term.slice(1) as Concept
  return said.has(concept) || denied.has(concept)
}

/** How far back a statement may reach. */
export const passage = 3

/** Whether the last of these sentences, with those before it where that is allowed, makes the statement. */
export function makes({ terms, near: reaches }: Statement, sentences: readonly Sentence[]): boolean {
  const last = sentences.at(-1)
  if (last === undefined) return false
  if (!reaches) return terms.every((term) => holds(term, last))
  // It is told once, where it is complete: something of it must be in the last sentence.
  return (
    terms.some((term) => holds(term, last)) &&
    terms.every((term) => sentences.some((sentence) => holds(term, sentence)))
  )
}

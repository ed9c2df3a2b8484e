import type { Concept } from './lexicon.ts'
import type { Clause, Sentence } from './sentence.ts'

/** A concept that is said; `!`: that is denied; `~`: that is named, said or denied; `-`: that is not named. */
export type Term = Concept | `!${Concept}` | `~${Concept}` | `-${Concept}`

/** What must stand together, and where: in one clause, in one sentence, in this and the one before it, or beside the words of a cure. */
export interface Statement {
  readonly terms: readonly Term[]
  readonly where: 'clause' | 'sentence' | 'near' | 'cured'
}

/** All of it in one clause, as a thing and what becomes of it. */
export function does(...terms: readonly Term[]): Statement {
  return { terms, where: 'clause' }
}

/** All of it in one sentence. */
export function says(...terms: readonly Term[]): Statement {
  return { terms, where: 'sentence' }
}

/** All of it in two sentences, one behind the other. */
export function near(...terms: readonly Term[]): Statement {
  return { terms, where: 'near' }
}

/** It was changed, and then it was well: in one sentence, or told by the next one. */
export function cured(...terms: readonly Term[]): Statement {
  return { terms, where: 'cured' }
}

function holds(term: Term, { said, denied }: Clause): boolean {
  const concept = term.replace(/^[!~-]/, '') as Concept
  if (term.startsWith('!')) return denied.has(concept)
  const named = said.has(concept)
  if (term.startsWith('~')) return named || denied.has(concept)
  return term.startsWith('-') ? !named && !denied.has(concept) : named
}

/** Whether a sentence speaks of a cure: by its word, or as what is well under a condition: `with the other root it connects`. */
function tellsCure({ said, denied, clauses }: Sentence): boolean {
  if (denied.has('cure')) return false
  const isWell = (clause: Clause): boolean => clause.said.has('well') && !clause.said.has('fails')
  return said.has('cure') || (said.has('condition') && clauses.some(isWell))
}

function areIn(terms: readonly Term[], parts: readonly Clause[]): boolean {
  return terms.every((term) => term.startsWith('-') || parts.some((part) => holds(term, part)))
}

/** So many sentences are kept: a statement reaches back by one, and what it must not stand beside by two. */
export const passage = 3

/** Whether the last of these sentences, with the one before it where that is allowed, makes the statement. */
export function makes({ terms, where }: Statement, heard: readonly Sentence[]): boolean {
  const last = heard.at(-1)
  if (last === undefined) return false
  const barred = where === 'near' ? heard : [last]
  if (!terms.every((term) => !term.startsWith('-') || barred.every((sentence) => holds(term, sentence)))) return false
  if (where === 'clause') return last.clauses.some((clause) => areIn(terms, [clause]))
  if (where === 'sentence') return areIn(terms, [last])
  const two = heard.slice(-2)
  if (where === 'near') return areIn(terms, two) && terms.some((term) => !term.startsWith('-') && holds(term, last))
  if (!tellsCure(last)) return false
  return areIn(terms, [last]) || (last.said.has('cure') && two.length > 1 && areIn(terms, two.slice(0, 1)))
}

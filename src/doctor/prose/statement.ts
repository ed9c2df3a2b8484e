import { type Concept, isThing } from './lexicon.ts'
import type { Clause, Sentence } from './sentence.ts'

/** A concept that is said; `!`: that is denied; `~`: that is named, said or denied; `-`: that is not named. */
export type Term = Concept | `!${Concept}` | `~${Concept}` | `-${Concept}`

/** What must stand together, and where: in one clause, in one sentence, in this and the one before it, or beside the words of a cure. */
export interface Statement {
  readonly terms: readonly Term[]
  readonly where: 'clause' | 'sentence' | 'near' | 'cured' | 'contrast'
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

/** With one of its kind it is well, and with another one it is not: `from one server it works, from the other it does not`. */
export function contrast(...terms: readonly Term[]): Statement {
  return { terms, where: 'contrast' }
}

function holds(term: Term, { said, denied }: Clause): boolean {
  const concept = term.replace(/^[!~-]/, '') as Concept
  if (term.startsWith('!')) return denied.has(concept)
  const named = said.has(concept) || denied.has(concept)
  if (term.startsWith('-')) return !named
  // Of a thing it counts that it is named: `not registered in the hub` speaks of the hub.
  return term.startsWith('~') || isThing(concept) ? named : said.has(concept)
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

/** What says that it is not well. */
const badly: readonly Concept[] = ['fails', 'no-answer', 'hangs']

/** Whether of two clauses that both name it one is well and the other is not, and the last sentence has one of them. */
function contrasts(terms: readonly Term[], last: readonly Clause[], clauses: readonly Clause[]): boolean {
  const naming = clauses.filter((clause) => areIn(terms, [clause]))
  const isBad = ({ said, denied, turned }: Clause): boolean =>
    turned ||
    badly.some((concept) => said.has(concept)) ||
    denied.has('well') ||
    denied.has('connect') ||
    denied.has('register')
  const bad = naming.filter(isBad)
  const good = naming.filter((clause) => (clause.said.has('well') || clause.said.has('respond')) && !isBad(clause))
  return bad.length > 0 && good.length > 0 && [...bad, ...good].some((clause) => last.includes(clause))
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
  if (where === 'contrast')
    return contrasts(
      terms,
      last.clauses,
      two.flatMap(({ clauses }) => clauses),
    )
  if (where === 'near') return areIn(terms, two) && terms.some((term) => !term.startsWith('-') && holds(term, last))
  if (!tellsCure(last)) return false
  if (areIn(terms, [last])) return true
  return last.said.has('cure') && two.length > 1 && areIn(terms, two.slice(0, 1))
}

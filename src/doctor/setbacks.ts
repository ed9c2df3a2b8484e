import type { Fact, FactOf } from './facts.ts'
import type { Facts } from './gather.ts'

/** What shows that a connection did not come about. */
function setbacks(facts: Facts): Fact[] {
  return [
    ...facts.connects.map(({ fact }) => fact),
    ...facts.of('distrust'),
    ...facts.of('key-mismatch'),
    ...facts.of('listing').filter((fact) => fact.value.held.length === 0),
    ...facts.of('sim').filter((fact) => fact.value.state !== 'ready'),
    ...facts.of('refused'),
  ]
}

/** Answers to CONNECT that were this board's: those in its own log, and those in a broker's evidence about it. */
function answers(facts: Facts): FactOf<'connack'>[] {
  return facts.of('connack').filter((fact) => fact.value.by === 'device' || facts.attributed(fact))
}

/** The last answer to CONNECT that no setback contradicts later, in its own evidence or in another one. */
export function standingAnswer(facts: Facts): FactOf<'connack'> | undefined {
  const later = setbacks(facts)
  return answers(facts).findLast((answer) => !later.some((setback) => mayBeLater(setback, answer)))
}

/** Sessions before a setback: it worked, and then it did not. */
export function earlierSessions(facts: Facts): FactOf<'connack'>[] {
  const later = setbacks(facts)
  return answers(facts).filter(
    (answer) =>
      answer.value.code === 0 &&
      later.some(({ from, last }) => from.evidence === answer.from.evidence && last > answer.turn),
  )
}

/** Of two evidences nobody knows which is newer: then the session may have been before. */
function mayBeLater(setback: Fact, answer: FactOf<'connack'>): boolean {
  if (setback.from.evidence !== answer.from.evidence) return true
  // A library tells the broker's no and then its own failure: the no is the later stage all the same.
  return setback.last > answer.last && (answer.value.code === 0 || setback.kind !== 'failure')
}

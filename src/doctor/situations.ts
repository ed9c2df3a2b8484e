import type { Fact } from './facts.ts'

/** A label of words in front of what was heard then, or a sentence around it: `upstairs: +CEREG: 5,…`, `desk, door open: …`. A stamp or a level is none. */
const label = /^\s*[A-Za-z][a-z][^:<>+%#"=[\]]{0,48}: ?\S|^[^[<\d].*\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b/

/** Registered, connected, or in a session. */
function isWell(fact: Fact): boolean {
  if (fact.kind === 'registration') return fact.value.stat === 1 || fact.value.stat === 5
  return (fact.kind === 'link' && fact.value.up) || (fact.kind === 'connack' && fact.value.code === 0)
}

/** Searching, denied, or without coverage. */
function isWithoutNetwork(fact: Fact): boolean {
  return fact.kind === 'registration' && [2, 3, 4].includes(fact.value.stat)
}

function isSetback(fact: Fact): boolean {
  if (fact.kind === 'failure') return fact.value.call === 'connect' || fact.value.call === 'session'
  return fact.kind === 'distrust' || (fact.kind === 'connack' && fact.value.code !== 0)
}

/**
 * People show what they saw elsewhere, or afterwards, under a label of its own. Where there was no network, and under another
 * label all is well with nothing that fails behind it, that tells of the cure, and the trouble is what was before.
 */
export function inTrouble(facts: readonly Fact[]): Fact[] {
  const cured = new Set(
    facts.filter(
      (fact) =>
        isWell(fact) &&
        label.test(fact.said) &&
        facts.some((other) => isWithoutNetwork(other) && other.from.evidence === fact.from.evidence) &&
        !facts.some((other) => isSetback(other) && other.from.evidence === fact.from.evidence),
    ),
  )
  return facts.filter((fact) => !cured.has(fact))
}

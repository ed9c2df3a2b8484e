// Learns what speaks for each cause from cases whose cause is known: `npm run learn:doctor -- CASES.jsonl …`. Of a case nothing is
// kept: what is learned is how much a trait says, in words of ours, and goes to src/doctor/learned.ts.
import { readFileSync, writeFileSync } from 'node:fs'
import { causes } from '../src/doctor/index.ts'
import { gather } from '../src/doctor/gather.ts'
import { readEvidence } from '../src/doctor/read/reading.ts'
import { traitsOf } from '../src/doctor/traits.ts'
import { type Case, evidenceOf } from './doctor-score.ts'
import { learn } from './logistic.ts'

/** What fewer cases have is those cases' own. */
const fewest = 3
/** Chosen on cases that were kept apart: the greater, the more traits have a weight. */
const cost = 1.4
/** A smaller weight says nothing. */
const least = 0.05

const known = new Set<string>(causes.map(({ cause }) => cause))
const cases = process.argv
  .slice(2)
  .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Case)
  .filter(({ confirmedCause }) => known.has(confirmedCause))
  // A case that stands in two files is one case.
  .filter((entry, index, all) => all.findIndex(({ evidence }) => evidence === entry.evidence) === index)
const traits = cases.map((entry) => [...traitsOf(gather(evidenceOf(entry).map(readEvidence))).keys()])
const tally = new Map<string, number>()
for (const trait of traits.flat()) tally.set(trait, (tally.get(trait) ?? 0) + 1)
const columns = [...tally].filter(([, count]) => count >= fewest).map(([trait]) => trait)
columns.sort()
const columnOf = new Map(columns.map((trait, column) => [trait, column]))
const rows = traits.map((row) =>
  row.map((trait) => columnOf.get(trait)).filter((column): column is number => column !== undefined),
)

const lines = causes.map(({ cause }) => {
  const { base, weights } = learn(
    { rows, columns: columns.length, cost },
    cases.map(({ confirmedCause }) => confirmedCause === cause),
  )
  const said = columns.flatMap((trait, column) => {
    const weight = weights[column] ?? 0
    return Math.abs(weight) < least ? [] : [`${trait}=${weight.toFixed(2)}`]
  })
  return `  '${cause}': '${[base.toFixed(2), ...said].join(' ')}',`
})
const text = `import type { Cause } from './cause.ts'

/**
 * Learned from ${cases.length} cases whose cause is known, public ones and our own tickets, by \`scripts/learn-traits.ts\`; do not edit.
 * For each cause the odds of a text without traits, and what each trait adds: \`trait=weight\`, natural logarithms of odds, by the
 * names that \`traits.ts\` gives.
 */
export const learned: Readonly<Record<Cause, string>> = {
${lines.join('\n')}
}
`
writeFileSync(new URL('../src/doctor/learned.ts', import.meta.url), text)
console.log(`learned from ${cases.length} cases`)

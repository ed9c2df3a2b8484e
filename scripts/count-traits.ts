// Counts what confirmed cases of each cause have in common: `npm run count:doctor -- CASES.jsonl …`. Of a case nothing is
// kept but that it has a trait, in words of ours; the counts go to src/doctor/counted.ts.
import { readFileSync, writeFileSync } from 'node:fs'
import { causes } from '../src/doctor/index.ts'
import { gather } from '../src/doctor/gather.ts'
import { readEvidence } from '../src/doctor/read/reading.ts'
import { traitsOf } from '../src/doctor/traits.ts'
import { type Case, evidenceOf } from './doctor-score.ts'

const cases = process.argv
  .slice(2)
  .flatMap((path) => readFileSync(path, 'utf8').split('\n'))
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Case)
  // A case that stands in two files is one case.
  .filter((entry, index, all) => all.findIndex(({ evidence }) => evidence === entry.evidence) === index)
const shown = cases.map((entry) => ({
  cause: entry.confirmedCause,
  traits: [...traitsOf(gather(evidenceOf(entry).map(readEvidence))).keys()],
}))
const tally = (of: typeof shown): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const trait of of.flatMap(({ traits }) => traits)) counts.set(trait, (counts.get(trait) ?? 0) + 1)
  return counts
}
const all = tally(shown)
const rows = causes.map(({ cause }) => {
  const own = shown.filter((one) => one.cause === cause)
  const traits = [...tally(own)]
    // What one case alone has is that case's own.
    .filter(([trait]) => (all.get(trait) ?? 0) > 1)
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([trait, count]) => `${trait}=${count}`)
  return `  '${cause}': '${[own.length, ...traits].join(' ')}',`
})
const text = `import type { Cause } from './cause.ts'

/**
 * Counted over ${cases.length} cases whose cause is known, public ones and our own tickets, by \`scripts/count-traits.ts\`; do not edit.
 * How many cases of the cause there are, and how many of them have a trait: \`trait=count\`, by the names that \`traits.ts\` gives.
 */
export const counted: Readonly<Record<Cause, string>> = {
${rows.join('\n')}
}
`
writeFileSync(new URL('../src/doctor/counted.ts', import.meta.url), text)
console.log(`${cases.length} cases counted`)

// Holds every dialogue of test/conformance with every firmware line that it applies to: `npm run conformance [-- --json]`.
// What is documented or was seen is conformance; what we have inferred or chosen ourselves is counted apart from it.
import { factRows } from '../test/conformance/facts.ts'
import { grades, holdAll, passedByGrade } from '../test/conformance/report.ts'

const json = process.argv.includes('--json')
const held = holdAll()
const failed = held.filter(({ failures }) => failures.length > 0)
const byGrade = passedByGrade(held)

for (const { test, runs, failures } of held) {
  const source = `${test.fact}: ${factRows.get(test.fact)?.source ?? 'unknown'}`
  const { title, grade } = test
  if (json) {
    console.log(JSON.stringify({ type: 'case', title, source, grade, lines: test.on, passed: failures.length === 0 }))
  } else {
    console.log(
      `${failures.length === 0 ? 'ok    ' : 'FAILED'}  ${grade.padEnd(10)}  ${String(runs).padStart(2)}  ${title}  (${source})`,
    )
  }
  for (const { line, said, expected, came } of failures)
    if (!json) console.log(`        mfw ${line}: ${said}\n          expected ${expected}\n          came     ${came}`)
}

const total = held.length
const passed = total - failed.length
if (json) {
  console.log(JSON.stringify({ type: 'result', total, passed, byGrade }))
} else {
  const runs = held.reduce((sum, entry) => sum + entry.runs, 0)
  console.log(`\n${passed} of ${total} cases passed, ${runs} dialogues`)
  for (const grade of grades) {
    const all = held.filter(({ test }) => test.grade === grade).length
    const what = grade === 'inferred' || grade === 'ours' ? 'not conformance' : 'conformance'
    console.log(`  ${grade.padEnd(10)}  ${byGrade[grade]} of ${all}  (${what})`)
  }
}
process.exitCode = failed.length === 0 ? 0 : 1

// Changes every field of every personality, one at a time, and names the case of test/conformance that fails:
// `npm run mutate:virtual [-- --json]`. A change that no case notices is a failure.
import { personalities } from '../src/virtual/index.ts'
import { mutantsOf, noticedBy } from '../test/conformance/mutants.ts'

const json = process.argv.includes('--json')
let [total, noticed] = [0, 0]
for (const mutant of personalities.flatMap(mutantsOf)) {
  const by = noticedBy(mutant)
  total++
  if (by !== undefined) noticed++
  const { line, change } = mutant
  if (json) console.log(JSON.stringify({ type: 'mutant', line, change, noticedBy: by ?? null }))
  else
    console.log(
      `${by === undefined ? 'UNNOTICED' : 'noticed  '}  mfw ${line}: ${change}  ${by === undefined ? '' : `← ${by}`}`,
    )
}
if (json) console.log(JSON.stringify({ type: 'result', total, noticed }))
else console.log(`\n${noticed} of ${total} changes of one field make a named case fail`)
process.exitCode = noticed === total ? 0 : 1

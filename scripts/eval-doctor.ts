// Scores the doctor on cases whose cause is known: `npm run eval:doctor -- CASES.jsonl [--show ID]`. The last line is JSON.
import { existsSync, readFileSync } from 'node:fs'
import { type Case, scoreOf, sumOf } from './doctor-score.ts'

const [path = '', flag, only] = process.argv.slice(2)
if (!existsSync(path)) {
  console.log(path === '' ? 'usage: npm run eval:doctor -- CASES.jsonl [--show ID]' : `there is no ${path}`)
  process.exit(2)
}
const cases = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Case)
const scores = cases.map(scoreOf)
for (const { entry, verdict, top1, top3, worst } of scores) {
  const leaders = verdict.causes.slice(0, 3).map(({ cause, probability }) => `${cause} ${probability.toFixed(2)}`)
  const mark = worst ? 'WORST' : `${top1.toFixed(1)} ${top3.toFixed(1)}`
  console.log(`${mark.padEnd(8)} ${entry.id.padEnd(20)} ${entry.confirmedCause}: ${leaders.join(', ')}`)
  if (flag === '--show' && only === entry.id) console.log(JSON.stringify(verdict, null, 2))
}
console.log(JSON.stringify({ type: 'result', ...sumOf(scores) }))

// Scores the doctor on confirmed cases: `node scripts/eval-doctor.ts CASES.jsonl [--show ID]`. The file is not part of the project.
import { existsSync, readFileSync } from 'node:fs'
import {
  causes,
  contextMedia,
  diagnose,
  type Evidence,
  isContext,
  textEvidence,
  type Verdict,
} from '../src/doctor/index.ts'

interface Case {
  readonly id: string
  readonly evidence: string
  readonly question?: string
  readonly context?: Readonly<Record<string, string | number>>
  readonly confirmedCause: string
  readonly acceptable?: readonly string[]
}

/** What a case tells beforehand, as `--context` would. */
function contextOf({ context = {} }: Case): string {
  const sdk = String(context['ncs'] ?? '').match(/\d+\.\d+(?:\.\d+)?/)?.[0]
  const items = [`sdk=${sdk ?? ''}`, `mfw=${String(context['mfw'] ?? '')}`, `tag=${String(context['sec_tag'] ?? '')}`]
  return items.filter((item) => isContext(item) && !item.includes('not stated')).join('\n')
}

function evidenceOf(entry: Case): Evidence[] {
  return [textEvidence(entry.id, entry.evidence), textEvidence('context', contextOf(entry), { media: contextMedia })]
}

const groupOf = new Map<string, string>(causes.map(({ cause, group }) => [cause, group]))

/** A credential verdict on a case of network, SIM or platform: it sends people to rewrite memory for nothing. */
function isWorst(entry: Case, verdict: Verdict): boolean {
  const [top] = verdict.causes
  const elsewhere = /^(?:net-|sim-|dns-|modem-|hardware-|version-|wrong-image|app-|library-|at-uart)/.test(
    entry.confirmedCause,
  )
  return elsewhere && groupOf.get(top?.cause ?? '') === 'store'
}

const [path = '', flag, only] = process.argv.slice(2)
if (!existsSync(path)) {
  console.log(path === '' ? 'usage: node scripts/eval-doctor.ts CASES.jsonl' : `skipped: there is no ${path}`)
  process.exit(0)
}
const cases = readFileSync(path, 'utf8')
  .split('\n')
  .filter((line) => line.trim() !== '')
  .map((line) => JSON.parse(line) as Case)
let [top1, top3, worst] = [0, 0, 0]
for (const entry of cases) {
  const verdict = diagnose(evidenceOf(entry))
  const right = new Set([entry.confirmedCause, ...(entry.acceptable ?? [])])
  const leaders = verdict.causes.slice(0, 3)
  const first = right.has(leaders[0]?.cause ?? '')
  const among = leaders.some(({ cause }) => right.has(cause))
  if (first) top1++
  if (among) top3++
  if (isWorst(entry, verdict)) worst++
  const told = leaders.map(({ cause, probability }) => `${cause} ${probability.toFixed(2)}`).join(', ')
  console.log(`${first ? 'top1' : among ? 'top3' : '  - '}  ${entry.id.padEnd(20)} ${entry.confirmedCause}: ${told}`)
  if (flag === '--show' && only === entry.id) console.log(JSON.stringify(verdict, null, 2))
}
console.log(`confirmedTop1 ${top1}/${cases.length}, confirmedTop3 ${top3}/${cases.length}, worst errors ${worst}`)

// `npm run prove -- faults --runs N --seed S [--json]`: provisioning runs with a fault in each, judged by an oracle.
import { parseArgs } from 'node:util'
import { figure } from '../test/support/figures.ts'
import { makePapers } from '../test/prove/papers.ts'
import { inParallel } from '../test/support/pool.ts'
import { replay } from '../test/prove/pty.ts'
import { type Account, prove } from '../test/prove/run.ts'
import { isOdd, type Tally, tally } from '../test/prove/tally.ts'
import { inProcesses } from './prove-jobs.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    pty: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '1' },
  },
})
if (
  positionals[0] !== 'faults' ||
  !/^\d+$/.test(values.runs) ||
  !/^\d+$/.test(values.from) ||
  !/^[1-9]\d?$/.test(values.jobs)
) {
  console.error('npm run prove -- faults [--runs N] [--seed S] [--from I] [--jobs N] [--pty] [--json]')
  process.exit(2)
}

const [runs, first] = [Number(values.runs), Number(values.from)]
const jobs = Number(values.jobs)
const started = performance.now()
const counts =
  jobs > 1 && !values.pty ? await inProcesses(jobs, { seed: values.seed, from: first, runs }) : await here()
const seconds = Math.round((performance.now() - started) / 1000)
if (process.env['SECTAG_FIGURES'] === '1')
  figure(values.pty ? 'prove-faults-pty' : 'prove-faults', { ...counts, seed: values.seed, seconds })
if (values.json) console.log(JSON.stringify({ type: 'result', ...counts, seed: values.seed, seconds }))
else for (const [name, value] of Object.entries({ ...counts, seconds })) console.log(`${name.padEnd(28)} ${value}`)
process.exit(counts.falsePass === 0 && counts.stateMisreported === 0 ? 0 : 1)

async function here(): Promise<Tally & { otherVerdictThanOverMemory?: number }> {
  const papers = await makePapers()
  const accounts: Account[] = []
  const seeds = Array.from({ length: runs }, (_, index) => `${values.seed}/${first + index}`)
  let differing = 0
  // Real time is waited for by many at once; the virtual clock has nothing to wait for.
  await inParallel(seeds, values.pty ? 16 : 1, async (seed) => {
    const { pty: own, memory }: { pty: Account; memory?: Account } = values.pty
      ? await replay(seed, papers)
      : { pty: await prove(seed, papers) }
    accounts.push(own)
    if (isOdd(own)) console.log(values.json ? JSON.stringify({ type: 'odd', ...own }) : own)
    if (memory !== undefined && memory.verdict !== own.verdict) {
      differing++
      console.log(JSON.stringify({ type: 'differs', memory, pty: own }))
    }
    if (!values.json && accounts.length % 500 === 0) console.log(`${accounts.length} of ${runs}`)
  })
  return { ...tally(accounts), ...(values.pty && { otherVerdictThanOverMemory: differing }) }
}

import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Tally } from '../test/prove/tally.ts'

/** What each process is to run. */
interface Share {
  readonly seed: string
  readonly from: number
  readonly runs: number
}

/** The same runs in several processes, each a share of its own; whatever is odd is printed as it comes. */
export async function inProcesses(jobs: number, { seed, from, runs }: Share): Promise<Tally> {
  const shares = Array.from({ length: jobs }, (_, job): Share => {
    const [begin, end] = [job, job + 1].map((edge) => Math.floor((edge * runs) / jobs))
    return { seed, from: from + (begin ?? 0), runs: (end ?? 0) - (begin ?? 0) }
  })
  const tallies = await Promise.all(shares.filter((share) => share.runs > 0).map(inProcess))
  const [first, ...rest] = tallies
  if (first === undefined) throw new Error('nothing was run')
  const sum = (name: keyof Tally): number => tallies.reduce((total, tally) => total + tally[name], 0)
  const names = Object.keys(first) as (keyof Tally)[]
  return rest.length === 0 ? first : (Object.fromEntries(names.map((name) => [name, sum(name)])) as unknown as Tally)
}

async function inProcess({ seed, from, runs }: Share): Promise<Tally> {
  const script = fileURLToPath(new URL('prove.ts', import.meta.url))
  const argv = ['faults', '--runs', String(runs), '--from', String(from), '--seed', seed, '--json']
  const child = spawn(process.execPath, [script, ...argv], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SECTAG_FIGURES: '0' },
  })
  let result: Tally | undefined
  for await (const line of createInterface({ input: child.stdout })) {
    const {
      type,
      seed: _,
      seconds: __,
      ...counts
    } = JSON.parse(line) as { type: string; seed: string; seconds: number }
    if (type === 'result') result = counts as unknown as Tally
    else console.log(line)
  }
  if (result === undefined) throw new Error(`the runs from ${from} on never ended`)
  return result
}

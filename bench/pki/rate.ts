import { readFileSync } from 'node:fs'
import type { Figure } from '../run.ts'

/** Both clocks: the one on the wall, and what this process and those that it started had of the processors, which they may not have alone. */
interface Spent {
  readonly wall: number
  readonly processor: number
}

/** How often a second something is done, one after the other; a tenth of it goes before the clocks start, while the machine warms up. */
export async function rate(what: string, count: number, work: (turn: number) => unknown): Promise<Figure[]> {
  for (let turn = 0; turn < Math.ceil(count / 10); turn++) await work(turn)
  const before = now()
  for (let turn = 0; turn < count; turn++) await work(turn)
  const { wall, processor } = since(before)
  return [
    { what, value: count / wall, unit: '/s' },
    { what: `${what}, of processor time`, value: count / processor, unit: '/s' },
  ]
}

/** How long something takes, on average of so many times. */
export async function duration(what: string, times: number, work: () => unknown): Promise<Figure[]> {
  const before = now()
  for (let turn = 0; turn < times; turn++) await work()
  const { wall, processor } = since(before)
  return [
    { what, value: (wall / times) * 1000, unit: 'ms' },
    { what: `${what}, of processor time`, value: (processor / times) * 1000, unit: 'ms' },
  ]
}

function now(): Spent {
  const { user, system } = process.cpuUsage()
  return { wall: performance.now() / 1000, processor: (user + system) / 1e6 + ofChildren() }
}

function since(before: Spent): Spent {
  const after = now()
  return { wall: after.wall - before.wall, processor: after.processor - before.processor }
}

/** Seconds that processes have had which were started here and have ended: proc(5), fields 16 and 17, in hundredths. Only Linux tells. */
function ofChildren(): number {
  try {
    const fields = readFileSync('/proc/self/stat', 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[13]) + Number(fields[14])) / 100
  } catch {
    return 0
  }
}

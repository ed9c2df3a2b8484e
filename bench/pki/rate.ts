import type { Figure } from '../run.ts'

/** How often a second something is done, one after the other; a tenth of it goes before the clock starts, while the machine warms up. */
export async function rate(what: string, count: number, work: (turn: number) => unknown): Promise<Figure> {
  for (let turn = 0; turn < Math.ceil(count / 10); turn++) await work(turn)
  const started = performance.now()
  for (let turn = 0; turn < count; turn++) await work(turn)
  return { what, value: count / ((performance.now() - started) / 1000), unit: '/s' }
}

/** How long something takes: the median of so many times. */
export async function duration(what: string, times: number, work: () => unknown): Promise<Figure> {
  const taken: number[] = []
  for (let turn = 0; turn < times; turn++) {
    const started = performance.now()
    await work()
    taken.push(performance.now() - started)
  }
  taken.sort((a, b) => a - b)
  return { what, value: taken[Math.floor(times / 2)] ?? 0, unit: 'ms' }
}

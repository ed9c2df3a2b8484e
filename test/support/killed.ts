import { expect } from 'vitest'
import { knowing } from './ca-desk.ts'
import { killAt } from './kill-at.ts'
import { type Running, start } from './process.ts'
import { sampled } from './scale.ts'

/** A moment that no command reaches: it comes to its end, and says how many there were. */
export const never = 1_000_000

/** Runs a real process that is killed before its n-th change of the disk. */
export async function killed(folder: string, argv: readonly string[], moment: number): Promise<Running> {
  const env = { ...knowing(folder), NODE_OPTIONS: `--import=${killAt}`, SECTAG_KILL_AT: String(moment) }
  const running = start(argv, { cwd: folder, env })
  await running.ended
  expect(running.child.signalCode, running.err()).toBe(moment === never ? null : 'SIGKILL')
  return running
}

/** Every moment of a command that comes to its end, or the sample of them that the scale asks for. */
export async function momentsOf(
  made: { folder: string; clear: () => void },
  argv: readonly string[],
): Promise<number[]> {
  const whole = await killed(made.folder, argv, never)
  made.clear()
  const count = Number(/moments: (\d+)/.exec(whole.err())?.[1])
  expect(count).toBeGreaterThan(3)
  return sampled(
    Array.from({ length: count }, (_, index) => index),
    12,
  )
}

import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import type { ToolSurroundings } from './tool.ts'

/** One call of a program. */
export interface Call {
  readonly path: string
  readonly args: readonly string[]
  /** Where it runs; files that it is told by name only lie there. */
  readonly cwd: string
  /** Whether it erases or programs: that takes longer, and somebody hears of it before it does anything. */
  readonly writes?: boolean
}

/** Those that run. Nothing of us would end them with us, and one that goes on alone programs a key that nobody knows of. */
const running = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of running) endTool(child, 'SIGKILL')
})

/**
 * Starts a program. Some reasons why it cannot be started are thrown at once, others come as an event. It has a process group of
 * its own: a Ctrl-C on the terminal is for us, who know whether a key lies in flash, and not for a tool in the middle of a page.
 *
 * @throws what `atWork` throws; then the program has done nothing
 */
export function startTool(call: Call, { env, atWork }: ToolSurroundings): ChildProcess | Error {
  const child = spawned(call, env)
  if (child instanceof Error) return child
  running.add(child)
  child.once('close', () => running.delete(child)).once('error', () => running.delete(child))
  if (child.stdin !== null) letGo(child, child.stdin, atWork)
  return child
}

/** Ends a program and whatever it has started. */
export function endTool(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-(child.pid ?? Number.NaN), signal)
  } catch {
    child.kill(signal)
  }
}

function spawned({ path, args, cwd, writes }: Call, env: ToolSurroundings['env']): ChildProcess | Error {
  const options = { cwd, env, detached: true }
  try {
    if (writes !== true) return spawn(path, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    accessSync(path, constants.X_OK)
    return spawn('/bin/sh', ['-c', gate, 'sectag', path, ...args], { ...options, stdio: 'pipe' })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** It waits for our word and then becomes the program, with the same number; where we die before, its input ends, and it too. */
const gate = 'read -r word && exec "$@" </dev/null'

/** Nobody can kill us between the start of what erases or programs and the moment when its number is written down. */
function letGo(
  child: ChildProcess,
  word: NonNullable<ChildProcess['stdin']>,
  atWork: ToolSurroundings['atWork'],
): void {
  // Who ended it has heard of that already.
  word.on('error', () => {})
  try {
    if (child.pid !== undefined) atWork?.(child.pid)
  } catch (error) {
    endTool(child, 'SIGKILL')
    throw error
  }
  word.end('go\n')
}

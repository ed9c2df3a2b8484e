import { randomUUID } from 'node:crypto'
import { begun, ended, hasMember, isOfThisStart } from './begun.ts'

/** A process as a lock or a journal names it. Its number alone says little: another process may have it since. */
export interface Holder {
  readonly process: number
  /** When it began, in the system's own words; records that are older than this field have none. */
  readonly since?: string
}

let own: Holder | undefined

/** This process. A system that does not tell when it began gets a word of our own, which at least tells us from ourselves. */
export function thisProcess(): Holder {
  own ??= { process: process.pid, since: begun(process.pid) ?? `own ${randomUUID()}` }
  return own
}

/**
 * Whether the process that is meant is there still: not another that has got its number since, after a restart of the computer or of
 * a container, where ours is often the same again. A container does not see the processes of another: they share no home at a time.
 */
export function isAlive({ process: holder, since }: Holder): boolean {
  if (holder === process.pid) return since === thisProcess().since
  if (!isThere(holder)) return false
  const now = begun(holder)
  return since === undefined || now === undefined ? now !== ended : now === since
}

/** A process that we have started, as long as it is there. */
export function holderOf(process: number): Holder {
  const since = begun(process)
  return { process, ...(since !== undefined && since !== ended && { since }) }
}

/**
 * Whether a process that leads a group is there still, or what it has started. As long as one of its group is there, no other process
 * gets its number: one that has it is either meant, or shows that nobody is left.
 */
export function isGroupAlive(leader: Holder): boolean {
  const { process: group, since } = leader
  if (isThere(group) && begun(group) !== ended) return isAlive(leader)
  return isThere(-group) && isOfThisStart(since) && hasMember(group)
}

/** As it stands in a file of its own. */
export function holderText({ process: holder, since }: Holder): string {
  return since === undefined ? String(holder) : `${holder} ${since}`
}

/** Reads it; undefined where nobody is named. */
export function readHolder(text: string): Holder | undefined {
  const [, number, since] = /^(\d{1,10})(?: (.+))?\s*$/.exec(text) ?? []
  if (number === undefined || Number(number) === 0) return undefined
  return { process: Number(number), ...(since !== undefined && { since }) }
}

function isThere(holder: number): boolean {
  try {
    process.kill(holder, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

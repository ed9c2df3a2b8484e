import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'

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

/** One that has ended, and whose parent has not asked how. */
const ended = 'ended'

/** When a process began: on Linux the start of the system and the ticks since then, elsewhere the time that `ps` tells. */
function begun(holder: number): string | undefined {
  if (process.platform === 'win32') return undefined
  try {
    const [state, ...fields] = (readFileSync(`/proc/${holder}/stat`, 'utf8').split(') ').at(-1) ?? '').split(' ')
    if (state === 'Z' || state === 'X') return ended
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[18]}`
  } catch {
    return process.platform === 'linux' ? undefined : begunByPs(holder)
  }
}

function begunByPs(holder: number): string | undefined {
  try {
    const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' }
    const told = execFileSync('ps', ['-o', 'lstart=', '-p', String(holder)], { encoding: 'utf8', env, stdio: 'pipe' })
    return told.trim() || undefined
  } catch {
    return undefined
  }
}

import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** One that has ended, and whose parent has not asked how. */
export const ended = 'ended'

/** When a process began: on Linux the start of the system and the ticks since then, elsewhere the time that `ps` tells. */
export function begun(holder: number): string | undefined {
  if (process.platform === 'win32') return undefined
  try {
    const { state, ticks } = statOf(holder)
    return isEnded(state) ? ended : `${startOfSystem()} ${ticks}`
  } catch {
    return process.platform === 'linux' ? undefined : begunByPs(holder)
  }
}

/** What Linux tells of a process. */
function statOf(holder: number | string): { state: string; group: number; ticks: string } {
  const text = readFileSync(`/proc/${holder}/stat`, 'utf8')
  const [state = '', , group, ...fields] = (text.split(') ').at(-1) ?? '').split(' ')
  return { state, group: Number(group), ticks: fields[16] ?? '' }
}

function isEnded(state: string): boolean {
  return state === 'Z' || state === 'X'
}

function startOfSystem(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
}

/** Whether what began then began since the last start of the system, as far as that can be told. */
export function isOfThisStart(since: string | undefined): boolean {
  return process.platform !== 'linux' || since === undefined || since.startsWith(`${startOfSystem()} `)
}

/** Whether one of a group has not ended. Elsewhere than on Linux the system does not list those of which nobody asks how they ended. */
export function hasMember(group: number): boolean {
  if (process.platform !== 'linux') return true
  return readdirSync('/proc').some((name) => {
    try {
      const one = statOf(name)
      return one.group === group && !isEnded(one.state)
    } catch {
      return false
    }
  })
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

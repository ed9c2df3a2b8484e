import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** A lock on a port for backends that have none of their own; shared by all processes of this user. */
export interface PortLock {
  release(): void
}

function lockPath(path: string): string {
  const folder = join(tmpdir(), `sectag-locks-${userInfo().uid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return join(folder, `${path.replaceAll(/[^\w.-]/g, '_')}.lock`)
}

/** Takes the lock; `undefined` with the holder's process number where a living process has it. A dead one's is taken over. */
export function lockPort(path: string): { lock: PortLock } | { holder: number } {
  const file = lockPath(path)
  for (;;) {
    try {
      const handle = openSync(file, 'wx', 0o600)
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return { lock: { release: () => tryUnlink(file) } }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = holderOf(file)
      if (holder !== undefined && isAlive(holder)) return { holder }
      tryUnlink(file)
    }
  }
}

function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8')) || undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function tryUnlink(file: string): void {
  try {
    unlinkSync(file)
  } catch {
    // Somebody else was faster.
  }
}

import { closeSync, mkdirSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { type Holder, holderText, isAlive, readHolder, thisProcess } from './alive.ts'

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
      writeSync(handle, holderText(thisProcess()))
      closeSync(handle)
      return { lock: { release: () => tryUnlink(file) } }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      const holder = holderOf(file)
      if (holder !== undefined && isAlive(holder)) return { holder: holder.process }
      tryUnlink(file)
    }
  }
}

function holderOf(file: string): Holder | undefined {
  try {
    return readHolder(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

function tryUnlink(file: string): void {
  try {
    unlinkSync(file)
  } catch {
    // Somebody else was faster.
  }
}

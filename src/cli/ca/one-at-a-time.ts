import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { type Clock, hex, type Outcome, ok, type Random, refused } from '../../terms/index.ts'
import { type Holder, holderText, isAlive, readHolder, thisProcess } from '../../port/index.ts'
import { putNewFiles } from '../home/on-disk.ts'
import type { RecordProblem } from './record-problem.ts'

/** Milliseconds between looks at a lock that somebody has, and how often one looks. */
const pause = 50
const looks = 200

/** Does some work while no other process of this computer does it. The lock of a process that died is taken over. */
export async function oneAtATime<T>(
  lock: string,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
  work: () => Promise<T>,
): Promise<Outcome<T, RecordProblem>> {
  const id = hex(random.bytes(4))
  for (let look = 0; look < looks; look++) {
    if (take(lock, id)) {
      try {
        return ok(await work())
      } finally {
        rmSync(lock, { force: true })
      }
    }
    await clock.sleep(pause)
  }
  return refused({ code: 'busy', text: `process ${holderOf(lock)?.process ?? 'unknown'} holds ${lock}` })
}

/** A lock appears with its holder in it, so that nobody ever sees one that is nobody's. */
function take(lock: string, id: string): boolean {
  try {
    putNewFiles([{ path: lock, text: holderText(thisProcess()), mode: 0o600 }], id)
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // ENOENT: somebody who wanted it at the same time took us for one who died over it.
    if (code !== 'EEXIST' && code !== 'ENOENT') throw error
    freeIfDead(lock, `${lock}.${id}.part`)
    return false
  }
}

/** Another may have taken it over since we looked: what was moved away is looked at again, and put back if it lives. */
function freeIfDead(lock: string, away: string): void {
  const holder = holderOf(lock)
  if (holder === undefined || isAlive(holder)) return
  try {
    renameSync(lock, away)
    const moved = holderOf(away)
    if (moved !== undefined && isAlive(moved)) linkSync(away, lock)
  } catch {
    // Somebody else was faster.
  } finally {
    rmSync(away, { force: true })
  }
}

function holderOf(lock: string): Holder | undefined {
  try {
    return readHolder(readFileSync(lock, 'utf8'))
  } catch {
    return undefined
  }
}

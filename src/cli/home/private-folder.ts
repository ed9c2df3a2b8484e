import {
  accessSync,
  closeSync,
  constants,
  type Dirent,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Home } from './home.ts'
import { writeWhole } from './on-disk.ts'

/**
 * Where the private folder of a run is to be: on storage that is memory, where there is one, so that a key that must be in a file
 * for a moment touches no disk; else in the home.
 */
export function privatePath(home: Home, env: Readonly<Record<string, string | undefined>>, id: string): string {
  const inMemory = [env['XDG_RUNTIME_DIR'], process.platform === 'linux' ? '/dev/shm' : undefined]
  return join(inMemory.find(isUsable) ?? home.path, `sectag-${id}`)
}

function isUsable(folder: string | undefined): folder is string {
  if (folder === undefined || !isAbsolute(folder)) return false
  try {
    accessSync(folder, constants.W_OK | constants.X_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}

/** Makes it, for its owner only; one that is there already is somebody else's. Its name is to be in a journal before. */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { mode: 0o700 })
}

/** Puts a file into it and gives its path. */
export function putPrivate(folder: string, name: string, text: string): string {
  const path = join(folder, name)
  writeWhole({ path, text, mode: 0o600 })
  return path
}

/** Overwrites a file and removes it; one that is not there is gone already. */
export function wipeFile(path: string): void {
  let handle: number
  try {
    handle = openSync(path, 'r+')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  try {
    const { size } = statSync(path)
    for (let at = 0; at < size; at += 65_536)
      writeSync(handle, Buffer.alloc(Math.min(65_536, size - at)), 0, undefined, at)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  rmSync(path, { force: true })
}

/** Wipes all files of a private folder and removes it; one that is not there is gone already. */
export function wipePrivate(folder: string): void {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) wipePrivate(path)
    else if (entry.isFile()) wipeFile(path)
    // A link leads to what is not ours to overwrite.
    else rmSync(path, { force: true })
  }
  rmdirSync(folder)
}

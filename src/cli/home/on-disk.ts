import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** A file that is to appear whole or not at all. `mode` as chmod has it. */
export interface NewFile {
  readonly path: string
  readonly text: string | Uint8Array
  readonly mode: number
}

/** Appends a line and returns when it is on the disk. A last line that was cut stays a line of its own; it must not swallow this one. */
export function appendLine(file: string, line: string): void {
  const isNew = !existsSync(file)
  const handle = openSync(file, 'a+', 0o600)
  try {
    writeThrough(handle, file, `${endsInLine(handle) ? '' : '\n'}${line}\n`)
  } finally {
    closeSync(handle)
  }
  if (isNew) syncFolder(dirname(file))
}

/** Returns when it is on the disk. Where it fails the system names no file, because it knows an open one by its number. */
function writeThrough(handle: number, file: string, text: string | Uint8Array): void {
  try {
    writeFileSync(handle, text)
    fsyncSync(handle)
  } catch (error) {
    if (error instanceof Error) error.message += ` '${file}'`
    throw error
  }
}

function endsInLine(handle: number): boolean {
  const { size } = fstatSync(handle)
  const last = Buffer.alloc(1)
  return size === 0 || (readSync(handle, last, 0, 1, size - 1) === 1 && last[0] === 0x0a)
}

/** A new file is safe only when its folder is. Not every system lets a folder be synced. */
export function syncFolder(folder: string): void {
  try {
    const handle = openSync(folder, 'r')
    fsyncSync(handle)
    closeSync(handle)
  } catch {
    // Windows.
  }
}

/** Writes a file that must not be there yet, and returns when its content is on the disk. */
export function writeWhole({ path, text, mode }: NewFile): void {
  const handle = openSync(path, 'wx', mode)
  try {
    writeThrough(handle, path, text)
  } finally {
    closeSync(handle)
  }
}

/**
 * Puts files under their names, in this order, each one whole or not at all and never over another; what a process that
 * died had begun for the same names is swept away. Throws what the system throws, and then has put none of them.
 *
 * @param id tells this process's parts from another's
 */
export function putNewFiles(files: readonly NewFile[], id: string): void {
  const parts = files.map((file) => ({ file, part: `${file.path}.${id}.part` }))
  const put: string[] = []
  try {
    for (const { file, part } of parts) {
      sweepParts(file.path)
      writeWhole({ ...file, path: part })
    }
    for (const { file, part } of parts) {
      giveName(part, file.path)
      put.push(file.path)
    }
  } catch (error) {
    for (const path of put) rmSync(path, { force: true })
    throw error
  } finally {
    for (const { part } of parts) rmSync(part, { force: true })
    for (const folder of new Set(files.map(({ path }) => dirname(path)))) syncFolder(folder)
  }
}

/**
 * Puts a file in the place of another, whole or not at all: whoever reads it sees the one or the other. Throws what the
 * system throws, and then the other is still there.
 *
 * @param id tells this process's part from another's
 */
export function replaceFile(file: NewFile, id: string): void {
  const part = `${file.path}.${id}.part`
  try {
    sweepParts(file.path)
    writeWhole({ ...file, path: part })
    // What somebody else must read, a umask must not keep from them.
    chmodSync(part, file.mode)
    renameSync(part, file.path)
    syncFolder(dirname(file.path))
  } finally {
    rmSync(part, { force: true })
  }
}

/** A second name is refused where there is one already; a rename would replace it. Some file systems know no second names. */
function giveName(part: string, path: string): void {
  try {
    linkSync(part, path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT' || code === 'ENOSPC' || existsSync(path)) throw error
    renameSync(part, path)
  }
}

function sweepParts(path: string): void {
  const mine = new RegExp(`^${RegExp.escape(basename(path))}\\.[0-9a-f]+\\.part$`)
  for (const name of readdirSync(dirname(path))) if (mine.test(name)) rmSync(join(dirname(path), name), { force: true })
}

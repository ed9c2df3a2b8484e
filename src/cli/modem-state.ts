import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Bytes } from '../terms/index.ts'
import { emptyMemory, isMemoryImage, type MemoryOptions } from '../virtual/index.ts'
import type { Ending } from './output.ts'

/** The memories of so many virtual boards in files: FILE, or FILE.0, FILE.1 and so on; an Ending where one cannot be. */
export function openStates(file: string, count: number): MemoryOptions[] | Ending {
  const paths = Array.from({ length: count }, (_, index) => (count === 1 ? file : `${file}.${index}`))
  try {
    const foreign = paths.find((path) => existsSync(path) && !isMemoryImage(Uint8Array.from(readFileSync(path))))
    if (foreign !== undefined) return foreignFile(foreign)
    return paths.map(openState)
  } catch (error) {
    return unusable(file, error)
  }
}

function openState(path: string): MemoryOptions {
  const keep = (image: Bytes): void => putWhole(path, image)
  // At once, so that a folder that may not be written to is told before anything is offered.
  if (!existsSync(path)) keep(emptyMemory())
  return { image: Uint8Array.from(readFileSync(path)), keep }
}

/** The file is the old memory or the new one, whatever happens to this process; it can be read by its owner only. */
function putWhole(path: string, image: Bytes): void {
  const part = `${path}.part`
  rmSync(part, { force: true })
  const handle = openSync(part, 'wx', 0o600)
  try {
    writeFileSync(handle, image)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(part, path)
}

function foreignFile(path: string): Ending {
  const failure = {
    what: `${path} is no memory of a virtual modem`,
    state: 'nothing was offered, and the file was left alone',
    why: 'it is another file, or it was damaged from outside',
    next: 'sectag modem --state another.nvm',
  }
  return { exit: 2, failure }
}

function unusable(path: string, error: unknown): Ending {
  const failure = {
    what: `${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
    state: 'nothing was offered',
    why: 'its folder does not exist, or may not be written to',
    next: 'sectag modem --state board.nvm   # in a folder that may be written to',
  }
  return { exit: 2, failure }
}

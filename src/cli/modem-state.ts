import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type { Bytes } from '../terms/index.ts'
import {
  emptyMemory,
  isMemoryImage,
  type MemoryOptions,
  type MemoryOwner,
  ownerOf,
  withOwner,
} from '../virtual/index.ts'
import type { Ending } from './output.ts'

/** The memory of one virtual board in a file, and who that board is. */
export interface BoardState {
  readonly memory: MemoryOptions
  readonly owner: MemoryOwner
}

/** Who the boards are that no file tells of: those of a seed that was typed, or others each time. */
export interface SeedOrder {
  readonly typed?: string
  readonly fresh: string
}

/** The virtual boards of so many files: FILE, or FILE.0, FILE.1 and so on; an Ending where one cannot be. */
export function openStates(file: string, count: number, seeds: SeedOrder): BoardState[] | Ending {
  const paths = Array.from({ length: count }, (_, index) => (count === 1 ? file : `${file}.${index}`))
  try {
    const foreign = paths.find((path) => existsSync(path) && !isMemoryImage(Uint8Array.from(readFileSync(path))))
    if (foreign !== undefined) return foreignFile(foreign)
    // A file from before owners were written down is the board that its name made it.
    return paths.map((path, index) =>
      openState(path, {
        created: { seed: seeds.typed ?? seeds.fresh, index },
        unnamed: { seed: seeds.typed ?? basename(file), index },
        ...(seeds.typed !== undefined && { typed: { seed: seeds.typed, index } }),
      }),
    )
  } catch (error) {
    return unusable(file, error)
  }
}

interface Owners {
  readonly created: MemoryOwner
  readonly unnamed: MemoryOwner
  readonly typed?: MemoryOwner
}

/** A seed that was typed says who the board is in this run; whose the file is stays as it was first written. */
function openState(path: string, { created, unnamed, typed }: Owners): BoardState {
  // At once, so that a folder that may not be written to is told before anything is offered.
  if (!existsSync(path)) putWhole(path, withOwner(emptyMemory(), created))
  const image = Uint8Array.from(readFileSync(path))
  const owner = ownerOf(image) ?? unnamed
  const keep = (bytes: Bytes): void => putWhole(path, withOwner(bytes, owner))
  return { memory: { image, keep }, owner: typed ?? owner }
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

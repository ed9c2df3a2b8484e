import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bytes } from '../terms/index.ts'

/** A folder for one call of a program that gives or takes files. */
export interface Scratch {
  readonly folder: string
  /** Puts a file there that only this user may read, so that whoever writes into it later keeps that. */
  put(name: string, content: string | Uint8Array): void
  /** Gives a file a plain name there, whatever its own path holds: spaces, quotes. It is not copied. */
  link(name: string, path: string): void
  read(name: string): Bytes
}

/**
 * Does some work with a private folder, and leaves nothing of it: what was read from flash may hold a key, so its files are
 * overwritten before they are removed.
 *
 * @param parent a folder of the caller's that only this user can enter
 */
export async function withScratch<T>(parent: string, work: (scratch: Scratch) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(parent, 'tool-'))
  try {
    return await work({
      folder,
      put: (name, content) => writeFileSync(join(folder, name), content, { mode: 0o600 }),
      link: (name, path) => symlinkSync(path, join(folder, name)),
      read: (name) => Uint8Array.from(readFileSync(join(folder, name))),
    })
  } finally {
    wipe(folder)
  }
}

function wipe(folder: string): void {
  // A link leads to a file of somebody else's.
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile()) {
      const path = join(folder, entry.name)
      writeFileSync(path, new Uint8Array(statSync(path).size))
    }
  rmSync(folder, { recursive: true, force: true })
}

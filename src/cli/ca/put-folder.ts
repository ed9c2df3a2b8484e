import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { AuthorityFiles } from '../../pki/index.ts'
import type { Home } from '../home/home.ts'
import { syncFolder, writeWhole } from '../home/on-disk.ts'
import type { Ending } from '../output.ts'
import { homeWords } from './endings.ts'
import { fileNames, folderInMaking, foldersBegun } from './folder.ts'

/** A file of an authority's folder: its name below the folder, at most one folder deep. */
export interface FolderFile {
  readonly name: string
  readonly text: string
}

/** How an authority is put: what tells this process from another, and what was typed behind `--home`. */
export interface PutOptions {
  readonly id: string
  readonly typed: string | undefined
  /** What the folder holds beside the authority itself. */
  readonly more?: readonly FolderFile[]
}

/** Puts a new authority into a home; an ending where that failed, and then nothing of it is left. */
export function putAuthority(home: Home, files: AuthorityFiles, options: PutOptions): Ending | undefined {
  const own = Object.entries(fileNames).flatMap(([part, name]) => {
    const text = files[part as keyof AuthorityFiles]
    // A root's key that is kept elsewhere has no file here, and an authority without an address of its CRL neither.
    return text === '' ? [] : [{ name, text: text.endsWith('\n') ? text : `${text}\n` }]
  })
  return putFolder(home, [...own, ...(options.more ?? [])], options)
}

/** The folder gets its name when all of it is on the disk, so that one with that name is always whole. */
export function putFolder(home: Home, files: readonly FolderFile[], { id, typed }: PutOptions): Ending | undefined {
  const making = folderInMaking(home.ca, id)
  try {
    foldersBegun(home.ca).forEach((folder, index) => sweep(folder, `${making}-${index}`))
    mkdirSync(making, { mode: 0o700 })
    for (const folder of new Set(files.map(({ name }) => dirname(name))))
      if (folder !== '.') mkdirSync(join(making, folder), { mode: 0o700 })
    for (const { name, text } of files) writeWhole({ path: join(making, name), text, mode: 0o600 })
    for (const folder of new Set(files.map(({ name }) => dirname(name)))) syncFolder(join(making, folder))
    syncFolder(making)
    renameSync(making, home.ca)
    syncFolder(dirname(home.ca))
    return undefined
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    const { code, message } = error as NodeJS.ErrnoException
    return code === 'ENOTEMPTY' || code === 'EEXIST' ? alreadyThere(home, typed) : notWritten(home, message)
  }
}

/** Another may still be at work in it: taking its name away first lets that one fail instead of losing some of its files. */
function sweep(folder: string, away: string): void {
  renameSync(folder, away)
  rmSync(away, { recursive: true, force: true })
}

/** How a verb ends that would make an authority where there is one. */
export function alreadyThere(home: Home, typed: string | undefined): Ending {
  return {
    exit: 6,
    failure: {
      what: `there is an authority in ${home.ca} already`,
      state: 'it was left as it is; nothing was made',
      why: 'it is never replaced: the boards that trust it would trust nobody any more',
      next: `sectag ca show${homeWords(typed)}   # or repeat with another --home`,
    },
  }
}

function notWritten(home: Home, text: string): Ending {
  return {
    exit: 1,
    failure: {
      what: `the authority could not be written: ${text}`,
      state: 'nothing of it was left behind',
      why: 'likely: the disk is full, or another init was at work in this home',
      next: `ls -l ${home.path}   # then repeat it`,
    },
  }
}

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { Context } from '../context.ts'
import type { Ending } from '../output.ts'

/** The version of the layout of a home. */
const version = '1'

/** Where sectag keeps what it must remember: journals and the authority now; registry and configuration later. */
export interface Home {
  readonly path: string
  readonly journal: string
  readonly runs: string
  /** What is known of each board, see known.ts. */
  readonly known: string
  /** Sessions that were seen at a broker, see sessions.ts. */
  readonly sessions: string
  /** The folder of the authority; there only after `ca init`. */
  readonly ca: string
}

/** `--home` before `$SECTAG_HOME` before the platform's data directory. Folders that are not absolute there count as unset. */
export function homePath(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string {
  const named = flag ?? env['SECTAG_HOME']
  if (named !== undefined && named !== '') return resolve(cwd, named)
  const user = isAbsolute(homedir()) ? homedir() : userInfo().homedir
  const absolute = (folder: string | undefined): string | undefined =>
    folder !== undefined && isAbsolute(folder) ? folder : undefined
  if (process.platform === 'win32')
    return join(absolute(env['LOCALAPPDATA']) ?? join(user, 'AppData', 'Local'), 'sectag')
  if (process.platform === 'darwin') return join(user, 'Library', 'Application Support', 'sectag')
  return join(absolute(env['XDG_DATA_HOME']) ?? join(user, '.local', 'share'), 'sectag')
}

/** The places in a home, whether they are there or not. */
export function homeAt(path: string): Home {
  return {
    path,
    journal: join(path, 'journal'),
    runs: join(path, 'runs'),
    known: join(path, 'known'),
    sessions: join(path, 'sessions.jsonl'),
    ca: join(path, 'ca'),
  }
}

/** The home, if there is one: for verbs that only read. */
export function existingHome(path: string): Home | undefined {
  return existsSync(join(path, 'version')) ? homeAt(path) : undefined
}

/** Makes a folder and those above it that are missing, for their owner only; one that is there keeps its mode. `mkdir -p` of Node spins for ever below /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  if (dirname(folder) !== folder) makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another sectag may have made it since.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

/** The home for a verb that writes, or why there can be none: known before a port is opened. */
export function readyHome(flag: string | undefined, context: Context): Home | Ending {
  const path = homePath(flag, context.env, context.cwd)
  try {
    return ensureHome(path)
  } catch (error) {
    return unusableHome(path, error)
  }
}

/** A home that nothing can be written to, as the end of a verb that has begun nothing. */
export function unusableHome(path: string, error: unknown): Ending {
  const text = error instanceof Error ? error.message : String(error)
  const failure = {
    what: `the home ${path} cannot be used: ${text}`,
    state: 'no board was touched',
    why: 'without a journal on disk, a run that is cut could not be explained',
    next: 'repeat with --home FOLDER, a folder that can be written to',
  }
  return { exit: 2, failure }
}

/** The home, made if need be; readable by its owner only. Throws what the system throws. */
export function ensureHome(path: string): Home {
  const home = homeAt(path)
  for (const folder of [home.path, home.journal, home.runs, home.known]) makeFolder(folder)
  const file = join(path, 'version')
  const found = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  // Empty where another sectag is just making it, or died over it.
  if (found === '') writeFileSync(file, `${version}\n`, { mode: 0o600 })
  else if (found !== version)
    throw new Error(`the home ${path} has layout ${found}; this sectag knows layout ${version}`)
  return home
}

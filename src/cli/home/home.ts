import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Context } from '../context.ts'
import type { Ending } from '../output.ts'

/** The version of the layout of a home. */
const version = '1'

/** Where sectag keeps what it must remember: journals now; authority, registry and configuration later. */
export interface Home {
  readonly path: string
  readonly journal: string
  readonly runs: string
}

/** `--home` before `$SECTAG_HOME` before the platform's data directory. */
export function homePath(
  flag: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string {
  const named = flag ?? env['SECTAG_HOME']
  if (named !== undefined && named !== '') return resolve(cwd, named)
  if (process.platform === 'win32') return join(env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'sectag')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'sectag')
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'sectag')
}

function homeAt(path: string): Home {
  return { path, journal: join(path, 'journal'), runs: join(path, 'runs') }
}

/** The home, if there is one: for verbs that only read. */
export function existingHome(path: string): Home | undefined {
  return existsSync(join(path, 'version')) ? homeAt(path) : undefined
}

/** The home for a verb that writes, or why there can be none: known before a port is opened. */
export function readyHome(flag: string | undefined, context: Context): Home | Ending {
  const path = homePath(flag, context.env, context.cwd)
  try {
    return ensureHome(path)
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    const failure = {
      what: `the home ${path} cannot be used: ${text}`,
      state: 'no board was touched',
      why: 'without a journal on disk, a run that is cut could not be explained',
      next: 'repeat with --home FOLDER, a folder that can be written to',
    }
    return { exit: 2, failure }
  }
}

/** The home, made if need be; readable by its owner only. Throws what the system throws. */
export function ensureHome(path: string): Home {
  const home = homeAt(path)
  for (const folder of [home.path, home.journal, home.runs]) mkdirSync(folder, { recursive: true, mode: 0o700 })
  chmodSync(home.path, 0o700)
  const file = join(path, 'version')
  if (!existsSync(file)) writeFileSync(file, `${version}\n`, { mode: 0o600 })
  const found = readFileSync(file, 'utf8').trim()
  if (found !== version) throw new Error(`the home ${path} has layout ${found}; this sectag knows layout ${version}`)
  return home
}

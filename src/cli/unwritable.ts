import { dirname } from 'node:path'
import type { Ending } from './output.ts'
import { shellWord } from './shell-word.ts'

/** Why the system took no file, and what helps. What is wrong in the command line ends with 2, a disk that would not with 1. */
interface Reason {
  readonly why: string
  readonly next: (path: string) => string
  readonly exit: 1 | 2
}

const folderOf = (path: string): string => shellWord(dirname(path))
const another = '# then name another file, and repeat the command'

const reasons: Readonly<Record<string, Reason>> = {
  ENOENT: { exit: 2, why: 'its folder does not exist', next: (path) => `mkdir -p ${folderOf(path)}` },
  ENOTDIR: { exit: 2, why: 'what its path names as a folder is a file', next: (path) => `ls -ld ${folderOf(path)}` },
  EISDIR: { exit: 2, why: 'it is a folder', next: (path) => `ls -ld ${shellWord(path)}   ${another}` },
  EEXIST: { exit: 2, why: 'something has that name', next: (path) => `ls -ld ${shellWord(path)}   ${another}` },
  ELOOP: {
    exit: 2,
    why: 'links on its path lead in a circle',
    next: (path) => `ls -ld ${shellWord(path)}   ${another}`,
  },
  ENAMETOOLONG: { exit: 2, why: 'the name is too long', next: (path) => `ls ${folderOf(path)}   ${another}` },
  EFBIG: {
    exit: 1,
    why: 'no file may grow so large here: by `ulimit -f`, or by the file system',
    next: () => 'ulimit -f   # raise it, or name another folder; then repeat the command',
  },
}

const notAllowed: Reason = {
  exit: 2,
  why: 'it, or its folder, may not be written to',
  next: (path) => `ls -ld ${folderOf(path)}`,
}
const byDisk: Reason = {
  exit: 1,
  why: 'likely: the disk is full, or it fails',
  next: (path) => `df -h ${folderOf(path)}   # make room, or name another folder; then repeat the command`,
}

/** A file that was to be written and cannot be. `state` is that of the board, and of what was made so far. */
export function unwritable(path: string, error: unknown, state = 'no board was touched'): Ending {
  if (path === '') return nameless(state)
  const text = error instanceof Error ? error.message : String(error)
  const code = String((error as NodeJS.ErrnoException).code)
  const { exit, why, next } = /^(?:EACCES|EPERM|EROFS)$/.test(code) ? notAllowed : (reasons[code] ?? byDisk)
  return { exit, failure: { what: `${path} cannot be written: ${text}`, state, why, next: next(path) } }
}

/** What a script gives whose variable is not set. */
function nameless(state: string): Ending {
  const why = 'the name is empty: likely a variable of the shell that is not set'
  return { exit: 2, failure: { what: 'a file without a name cannot be written', state, why, next: 'sectag help' } }
}

import { diskTrouble } from './home/disk-trouble.ts'
import type { Ending } from './output.ts'

/** How a verb ends that threw: by a disk that would not, which is told as such, or by a defect of ours. */
export function broken(error: unknown): Ending {
  return byDisk(error) ?? ourFault(error)
}

/** Only what the file system says of a file or a folder; a socket's refusal that nobody caught is a defect. */
function byDisk(error: unknown): Ending | undefined {
  const { syscall, code } = error as NodeJS.ErrnoException
  if (code === undefined || !fileCalls.has(syscall ?? '')) return undefined
  return {
    exit: 1,
    failure: {
      what: `a file could not be read or written: ${diskTrouble(error)}`,
      state: 'unknown: it was in the middle of its work. A run that was under way is in its journal',
      why: 'likely: the disk is full, or the folder is gone or may not be written to',
      next: 'df -h   # make room, or name another folder; then repeat the command',
    },
  }
}

const fileCalls: ReadonlySet<string> = new Set(
  'open read write fsync close mkdir rename link unlink rm chmod stat lstat fstat ftruncate scandir copyfile'.split(
    ' ',
  ),
)

function ourFault(error: unknown): Ending {
  const told = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const where = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : ''
  return {
    exit: 70,
    failure: {
      what: `sectag itself failed: ${told} ${where}`.trim(),
      state: 'unknown: look before you write again',
      why: 'this is a defect of ours; please report it with the command and this text',
      next: 'sectag list --port PORT',
    },
  }
}

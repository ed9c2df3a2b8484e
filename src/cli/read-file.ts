import { readFileSync, statSync } from 'node:fs'
import type { Problem } from '../plan/index.ts'
import type { Bytes } from '../terms/index.ts'
import type { Ending } from './output.ts'

const largestFile = 1_048_576

/** A file that the user named, or what is wrong with it. */
export function readFile(path: string, where: string): Bytes | Problem {
  try {
    if (statSync(path).size > largestFile) return unreadable(where, `${path} is larger than 1 MiB; it is no credential`)
    return Uint8Array.from(readFileSync(path))
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return unreadable(where, `there is no file ${path}`)
    if (code === 'EISDIR') return unreadable(where, `${path} is a folder`)
    return unreadable(where, `${path} cannot be read (${code ?? String(error)})`)
  }
}

function unreadable(where: string, text: string): Problem {
  return { severity: 'error', code: 'no-file', where, text, next: 'name the file as it is, or change into its folder' }
}

/** The text of a file that the user named with a flag, or the end of the verb. */
export function readText(path: string, where: string): string | Ending {
  const read = readFile(path, where)
  if (read instanceof Uint8Array) return new TextDecoder().decode(read)
  const { text, next = 'name the file as it is' } = read
  return {
    exit: 2,
    failure: { what: `${where}: ${text}`, state: 'nothing was begun', why: 'the file is needed', next },
  }
}

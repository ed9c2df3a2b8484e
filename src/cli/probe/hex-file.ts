import { readFileSync, statSync } from 'node:fs'
import { type FlashImage, readHex } from '../../probe/index.ts'
import type { Ending } from '../output.ts'

/** A megabyte of flash takes 2.8 as Intel HEX; what is more than twice that is something else. */
const largestHex = 8 * 2 ** 20

/** Reads an Intel HEX file that was named with a flag, or says why it cannot be used. */
export function readHexFile(path: string, flag: string): FlashImage | Ending {
  const text = readTextFile(path)
  if (typeof text !== 'string') return wrongFile(`${flag}: ${text.why}`, 'name the file as it is')
  const read = readHex(text)
  if (read.ok) return read.value
  const next = `arm-none-eabi-objcopy -O ihex zephyr.elf ${path}   # or build it again`
  return wrongFile(`${flag}: ${path} is no Intel HEX file: ${read.refusal.text}`, next)
}

function readTextFile(path: string): string | { why: string } {
  try {
    const found = statSync(path)
    if (!found.isFile()) return { why: `${path} is no file` }
    if (found.size > largestHex) return { why: `${path} is larger than 8 MiB; no flash is` }
    return readFileSync(path, 'latin1')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { why: code === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read (${code ?? String(error)})` }
  }
}

/** A file that was named cannot be used: nothing was begun. */
export function wrongFile(what: string, next: string, why = 'the file is not what the flag needs'): Ending {
  return { exit: 2, failure: { what, state: 'no board was touched', why, next } }
}

import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type FlashImage, readHex } from '../../probe/index.ts'
import type { Ending } from '../output.ts'

/** A megabyte of flash takes 2.8 as Intel HEX; what is more than twice that is something else. */
const largestHex = 8 * 2 ** 20

/** Reads an Intel HEX file that was named with a flag, or says why it cannot be used. */
export function readHexFile(path: string, flag: string, cwd: string): FlashImage | Ending {
  const text = readTextFile(path)
  if (typeof text !== 'string') return wrongFile(`${flag}: ${text.why}`, 'name the file as it is')
  const read = readHex(text)
  if (read.ok && read.value.spans.length > 0) return read.value
  const next = `${converted(cwd)}, or build it again`
  if (read.ok) return wrongFile(`${flag}: ${path} holds no bytes: nothing but an end record is in it`, next)
  return wrongFile(`${flag}: ${path} is no Intel HEX file: ${read.refusal.text}`, next)
}

/** How to get one. The file that was named may be anything, a key too: what it is turned into has a name that nothing has. */
function converted(cwd: string): string {
  const names = ['new.hex', ...Array.from({ length: 99 }, (_, index) => `new-${index + 2}.hex`)]
  const free = names.find((name) => !existsSync(join(cwd, name))) ?? '/tmp/new.hex'
  return `arm-none-eabi-objcopy -O ihex zephyr.elf ${free}   # and name that file`
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

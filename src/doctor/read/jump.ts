import type { Tell } from '../ledger.ts'
import type { Line, Reader } from './line.ts'

const jump = /\bprepare to jump to Non-Secure image\b|\bJumping to the first image slot\b/i
/** What only a program prints that runs. */
const program =
  /\bBooting\b|<(?:inf|err|wrn|dbg)>|^\s*\[\d|\b(?:ASSERT\w*|ERROR|FATAL|PANIC|FAULT)\b|\b[Ii]rrecoverable|Kernel Panic/

/** The boot loader hands over, and no program is heard behind it. */
export function jumpReader(tell: Tell): Reader {
  let last: Line | undefined
  return {
    line(line) {
      if (jump.test(line.text)) last = line
      else if (program.test(line.raw.slice(0, 200))) last = undefined
    },
    end() {
      if (last !== undefined) tell(last, 'seen', { sign: 'stops-at-the-jump' })
    },
  }
}

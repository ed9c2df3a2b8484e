import { verifyFlags } from '../../numbers/index.ts'
import type { Tell } from '../ledger.ts'
import type { Line } from './line.ts'

/** Where the result of a verification stands; what has a sign in front of it is another number of mbedTLS. */
const result =
  /(?<![a-z])verif\w*\b.{0,60}?\b(?:flags?|result|status|returned)\b(?: (?:with|are|is|was))?[^\w-]{0,4}0x([0-9a-f]{1,4})\b/i

const known = verifyFlags.reduce((all, { number }) => all | number, 0)

/** Tells what a client's mbedTLS found wrong with the server's certificate, bit by bit (ERR-118). */
export function tellFlags(line: Line, tell: Tell): void {
  const flags = Number.parseInt(result.exec(line.text)?.[1] ?? '0', 16)
  if (flags === 0 || (flags & ~known) !== 0) return
  if ((flags & 0x01) !== 0) tell(line, 'seen', { sign: 'server-changed' })
  if ((flags & 0x04) !== 0) tell(line, 'seen', { sign: 'name-not-in-certificate' })
  if ((flags & 0x08) !== 0) tell(line, 'distrust', { by: 'device', why: 'untrusted' })
  if ((flags & 0x200) !== 0) tell(line, 'seen', { sign: 'not-yet-valid' })
}

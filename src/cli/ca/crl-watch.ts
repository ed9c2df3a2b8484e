import { type Instant, isoTime, relativeTime } from '../../terms/index.ts'
import type { Ending, Output } from '../output.ts'
import { homeWords } from './endings.ts'
import { latestCrlFile, readLatestCrl } from './own-crl.ts'
import { readRevocations, revocationsFile } from './revocations.ts'
import { tellCrl } from './tell-crl.ts'

/** Milliseconds before its end that a CRL wants to be replaced: a weekend, and days to put right what fails. */
const crlNear = 7 * 86_400_000

/** How `ca show` ends, by the CRL: 5 when it has run out or somebody may be missing, 1 when the next is due, 0 else. */
export function watchCrl(output: Output, folder: string, home: string | undefined, now: Instant): Ending {
  const crl = readLatestCrl(folder)
  const { entries, damaged } = readRevocations(folder)
  if (crl !== undefined) tellCrl(output, crl, { file: latestCrlFile(folder), now })
  const next = `sectag ca crl${homeWords(home)}`
  if (damaged)
    return late(
      5,
      `lines of ${revocationsFile(folder)} cannot be read`,
      'no CRL can be made of it',
      'put it back from your copy',
    )
  const end = crl?.nextUpdate ?? now
  if (crl !== undefined && end <= now)
    return late(5, `the CRL ran out ${relativeTime(end, now)}`, 'a broker that has it refuses every board', next)
  const waiting = entries.filter(({ serial }) => crl?.entries.has(serial) !== true)
  if (waiting.length > 0) {
    const what = waiting.length === 1 ? '1 revocation is' : `${waiting.length} revocations are`
    return late(1, `${what} in no CRL yet`, 'a broker knows of none that its CRL does not name', next)
  }
  if (crl === undefined || end - now > crlNear) return { exit: 0 }
  const until = `${isoTime(end)}, ${relativeTime(end, now)}`
  return late(1, `the CRL is good only until ${until}`, 'from then on a broker that has it refuses every board', next)
}

function late(exit: 1 | 5, what: string, why: string, next: string): Ending {
  return { exit, failure: { what, state: 'nothing was changed', why, next } }
}

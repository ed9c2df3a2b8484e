import type { RevocationReason } from '../../pki/index.ts'
import type { Instant } from '../../terms/index.ts'
import type { Output } from '../output.ts'
import { homeWords } from './endings.ts'
import { readLatestCrl } from './own-crl.ts'
import type { RevokedEntry } from './revocations.ts'

/** Who was revoked before keeps the reason of then: that another was given now is not lost without a word. */
export function tellReasonStays(
  output: Output,
  wanted: RevocationReason | undefined,
  { serial, reason }: RevokedEntry,
): void {
  if (wanted === undefined || wanted === reason) return
  output.warn('reason-stays', `Serial ${serial} was revoked before, and the reason of then stays: ${reason ?? 'none'}.`)
}

/** Whether brokers could know of it already: from the last list that was made here, if it names them all and is still good. */
export function tellWhoKnows(
  output: Output,
  { folder, now, home }: { readonly folder: string; readonly now: Instant; readonly home: string | undefined },
  serials: readonly string[],
): void {
  const crl = readLatestCrl(folder)
  const named = crl !== undefined && serials.every((serial) => crl.entries.has(serial))
  if (named && (crl.nextUpdate ?? 0) > now) {
    output.notice('in-last-crl', 'The last CRL names it already: a broker that has that one knows of it.')
    return
  }
  output.notice(
    'brokers-do-not-know',
    `No broker knows of it before it has the next CRL: sectag ca crl${homeWords(home)}`,
  )
}

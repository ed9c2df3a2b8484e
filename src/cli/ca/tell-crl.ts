import type { Crl } from '../../pki/index.ts'
import { type Instant, isoTime, relativeTime } from '../../terms/index.ts'
import type { Output } from '../output.ts'
import { table } from '../table.ts'

/** Where a CRL stands, and what time it is. */
interface CrlPlace {
  readonly file: string
  readonly out?: string | undefined
  readonly now: Instant
}

/** Tells of a CRL: its number, how many are revoked, and when the next must be there. */
export function tellCrl(output: Output, crl: Crl, { file, out, now }: CrlPlace): void {
  const { entries, scope } = crl
  const number = Number(crl.number)
  const next = crl.nextUpdate ?? now
  const [thisUpdate, nextUpdate] = [isoTime(crl.thisUpdate), isoTime(next)]
  const url = scope?.url
  const rows = [
    ['  revoked', String(entries.size)],
    ['  good until', `${nextUpdate}, ${relativeTime(next, now)}`],
    ['  file', file],
    ...(out === undefined ? [] : [['  copy', out]]),
    ...(url === undefined ? [] : [['  certificates name', url]]),
    ['  brokers', 'know of it when it is their crlfile and they have reloaded; which they have is not known here'],
  ]
  output.event(
    'crl',
    { number, thisUpdate, nextUpdate, entries: entries.size, file, ...(out && { out }), ...(url && { url }) },
    table(['CRL', String(number)], rows),
  )
}

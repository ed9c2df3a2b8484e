import type { EvidenceHead } from './evidence.ts'
import type { Read } from './read/reading.ts'
import { readTold, shows, tells, type ToldFact } from './told-facts.ts'

/** How often the red light of a board blinks in a row, and what its application found. */
export interface Blinks {
  readonly times: number
  readonly says: string
  /** What that is as evidence. */
  readonly told: readonly ToldFact[]
}

/**
 * A convention of ours for boards without a cable (LOSS-57): the stage at which the application stopped, in the order in which
 * stages come. A light needs no TLS.
 */
export const blinkTable: readonly Blinks[] = [
  { times: 1, says: 'the modem does not start', told: shows('library-does-not-start') },
  {
    times: 2,
    says: 'no SIM: the card is not found',
    told: tells('sim', { state: 'failed', what: 'the application found no SIM' }),
  },
  { times: 3, says: 'the device never registers in a network', told: shows('never-registers') },
  { times: 4, says: 'the name of the broker is not resolved', told: shows('name-not-resolved') },
  {
    times: 5,
    says: 'credentials are missing in the tag that the application uses',
    told: shows('credentials-gone'),
  },
  {
    times: 6,
    says: 'TLS failed although the tag is full',
    told: [...tells('matter', { matter: 'tls', is: 'failing' }), ...shows('tag-full')],
  },
  {
    times: 7,
    says: 'connection refused: not authorised',
    told: tells('connack', { code: 5, by: 'device' }),
  },
]

/** What so many blinks say, as evidence; undefined for a number that has no meaning. */
export function readBlinks(times: number, head: EvidenceHead): Read | undefined {
  const found = blinkTable.find((entry) => entry.times === times)
  return found && readTold(head, `the light blinks ${times} times: ${found.says}`, found.told)
}

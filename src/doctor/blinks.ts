/** How often the red light of a board blinks in a row, and what its application found. */
export interface Blinks {
  readonly times: number
  /** Told as evidence, in words that the readers know. */
  readonly says: string
}

/**
 * A convention of ours for boards without a cable (LOSS-57): the stage at which the application stopped, in the order in which
 * stages come. A light needs no TLS.
 */
export const blinkTable: readonly Blinks[] = [
  { times: 1, says: 'the modem does not start' },
  { times: 2, says: 'no SIM: the card is not found' },
  { times: 3, says: 'the device never registers in a network' },
  { times: 4, says: 'the name of the broker is not resolved' },
  { times: 5, says: 'credentials are missing in the tag that the application uses' },
  { times: 6, says: 'TLS failed although the tag is full' },
  { times: 7, says: 'connection refused: not authorised' },
]

/** What so many blinks say, as a line of evidence; undefined for a number that has no meaning. */
export function blinkLine(times: number): string | undefined {
  const found = blinkTable.find((entry) => entry.times === times)
  return found === undefined ? undefined : `the light blinks ${times} times: ${found.says}`
}

import type { Instant } from '../terms/index.ts'
import type { Refused } from './refusal/reason.ts'
import type { Sighting } from './sighting.ts'

/** A session that was seen to begin. */
export type Seen = Sighting & { readonly clientId: string; readonly session: Instant }

/**
 * The sessions that were seen, by client id, so that what a broker says of a client id later is said of a certificate. It is
 * bounded: the oldest are forgotten.
 */
export class LiveSessions {
  readonly #byClient = new Map<string, Seen>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** The session that has this client id now. */
  of(clientId: string): Seen | undefined {
    return this.#byClient.get(clientId)
  }

  began(seen: Seen): void {
    this.forget(seen.clientId)
    this.#byClient.set(seen.clientId, seen)
    const [oldest] = this.#byClient.keys()
    if (this.#byClient.size > this.#most && oldest !== undefined) this.#byClient.delete(oldest)
  }

  /** Nobody knows whose session has this client id now. */
  forget(clientId: string): void {
    this.#byClient.delete(clientId)
  }
}

/** The older of two connections with one client id, as it was ended for the newer one. */
export function displaced(older: Seen, newer: Sighting | undefined): Sighting {
  const rival = newer?.certificate
  const detail = `client id ${older.clientId}`
  const refused: Refused = { by: 'broker', reason: 'client-id-clash', detail, ...(rival !== undefined && { rival }) }
  return { ...older, refused }
}

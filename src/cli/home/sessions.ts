import type { Sighting } from '../../broker/index.ts'
import type { Instant } from '../../terms/index.ts'
import type { Home } from './home.ts'
import { appendValue, readValues } from './json-lines.ts'

/** A session that a witness saw at a broker: what grade `session` is granted on. */
export interface SeenSession {
  /** When the handshake began. */
  readonly at: Instant
  /** When the broker accepted the session. */
  readonly session: Instant
  /** SHA-256 of the client certificate's DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly subject: string
  readonly clientId?: string
  /** Who saw it: a broker of ours, or an observer in front of another one. */
  readonly witness: 'embedded' | 'observer'
}

/** Keeps a session; what was only refused or resumed is no session and is not kept. */
export function keepSession(home: Home, sighting: Sighting, witness: SeenSession['witness']): void {
  const { at, session, certificate, clientId, handshake, refused } = sighting
  if (session === undefined || certificate === undefined || refused !== undefined || handshake !== 'full') return
  const { fingerprint, subject } = certificate
  const seen: SeenSession = { at, session, fingerprint, subject, ...(clientId !== undefined && { clientId }), witness }
  appendValue(home.sessions, seen)
}

/** The sessions that were kept, oldest first. */
export function seenSessions(home: Home): SeenSession[] {
  return readValues<SeenSession>(home.sessions)
}

/** A kept session as a sighting, to be judged by the same rule as a fresh one. */
export function asSighting({ at, session, fingerprint, subject, clientId }: SeenSession): Sighting {
  const certificate = { fingerprint, subject, serial: '' }
  return { at, session, peer: '', handshake: 'full', certificate, ...(clientId !== undefined && { clientId }) }
}

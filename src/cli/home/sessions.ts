import { closeSync, openSync } from 'node:fs'
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
  /** What the board sent behind it, as {@link Sighting} has it. */
  readonly issuers?: readonly string[] | 'needed'
  readonly clientId?: string
  /** Who saw it: a broker of ours, or an observer in front of another one. */
  readonly witness: 'embedded' | 'observer'
}

/** Keeps a session; what was only refused or resumed is no session and is not kept. */
export function keepSession(home: Home, sighting: Sighting, witness: SeenSession['witness']): void {
  const { at, session, certificate, clientId, handshake, refused } = sighting
  if (session === undefined || certificate === undefined || refused !== undefined || handshake !== 'full') return
  const { fingerprint, subject, issuers } = certificate
  const more = { ...(issuers !== undefined && { issuers }), ...(clientId !== undefined && { clientId }) }
  const seen: SeenSession = { at, session, fingerprint, subject, ...more, witness }
  appendValue(home.sessions, seen)
}

/** Throws what the system throws where no session could be kept. */
export function canKeepSessions(home: Home): void {
  closeSync(openSync(home.sessions, 'a', 0o600))
}

/** A line between the sessions: this board is about to be changed, or was just changed. */
interface Mark {
  readonly changed: string
  readonly at: Instant
}

/**
 * Marks that a board is being changed: what was kept before proves nothing of it any more. The place in the file says so,
 * whatever clocks did meanwhile.
 */
export function markChanged(home: Home, board: string, at: Instant): void {
  const mark: Mark = { changed: board, at }
  appendValue(home.sessions, mark)
}

/** The sessions that were kept since a board was last changed by us, oldest first. */
export function sessionsSince(home: Home, board: string): SeenSession[] {
  const all = readValues<SeenSession | Mark>(home.sessions)
  const last = all.findLastIndex((line) => 'changed' in line && line.changed === board)
  return all.slice(last + 1).filter((line): line is SeenSession => !('changed' in line) && isSession(line))
}

/** Whether sessions with a certificate were kept at all, before or after. */
export function wasSeen(home: Home, fingerprint: string): boolean {
  return readValues<Partial<SeenSession>>(home.sessions).some((line) => line.fingerprint === fingerprint)
}

function isSession({ at, session, fingerprint }: SeenSession): boolean {
  return Number.isFinite(at) && Number.isFinite(session) && typeof fingerprint === 'string'
}

/** A kept session as a sighting, to be judged by the same rule as a fresh one. */
export function asSighting({ at, session, fingerprint, subject, clientId }: SeenSession): Sighting {
  const certificate = { fingerprint, subject, serial: '' }
  return { at, session, peer: '', handshake: 'full', certificate, ...(clientId !== undefined && { clientId }) }
}

import { type Instant, rehearsalPrefix } from '../terms/index.ts'
import type { Refused } from './refusal/reason.ts'
import type { SeenCertificate } from './seen-certificate.ts'

/** What the broker's side saw of one connection. */
export interface Sighting {
  /** When the connection, and with it the handshake, began. */
  readonly at: Instant
  /** Address and port of the other side. */
  readonly peer: string
  /** `resumed` proves nothing: no key was used in it. `unreadable`: TLS 1.3, or it was passed on unseen. */
  readonly handshake: 'full' | 'resumed' | 'none' | 'unreadable'
  readonly certificate?: SeenCertificate
  readonly clientId?: string
  /** When the MQTT session was accepted. */
  readonly session?: Instant
  /** Who ended it, and why. */
  readonly refused?: Refused
}

/** What a session must be to prove a board. */
export interface Expected {
  /** SHA-256 of the board's certificate. */
  readonly fingerprint: string
  /** The board's own client id, where it is known: somebody else's never counts. */
  readonly clientId?: string
  /** The last write to the board: a handshake that began before it says nothing of what it holds now. */
  readonly after: Instant
}

/**
 * Whether a sighting is grade `session`, the whole of it: a full handshake with this board's certificate, begun after the
 * last write, and an accepted MQTT session on it.
 */
export function proves(sighting: Sighting, expected: Expected): boolean {
  return (
    sighting.session !== undefined &&
    sighting.refused === undefined &&
    sighting.handshake === 'full' &&
    sighting.certificate?.fingerprint === expected.fingerprint &&
    sighting.at > expected.after &&
    sighting.clientId?.startsWith(rehearsalPrefix) !== true &&
    (expected.clientId === undefined || sighting.clientId === expected.clientId)
  )
}

/** Whether a connection was the board's own, as far as it said who it was: its certificate, no rehearsal, no other client id. */
export function isOwn({ certificate, clientId }: Sighting, expected: Expected): boolean {
  if (certificate?.fingerprint !== expected.fingerprint || clientId?.startsWith(rehearsalPrefix) === true) return false
  return clientId === undefined || expected.clientId === undefined || clientId === expected.clientId
}

/** Why a sighting does not prove a board, in words; undefined where it does. */
export function shortOf(sighting: Sighting, expected: Expected): string | undefined {
  if (proves(sighting, expected)) return undefined
  const { refused, certificate, handshake, session, at, clientId } = sighting
  if (refused !== undefined) return `refused by the ${refused.by}: ${refused.reason}`
  if (handshake === 'unreadable') return 'the handshake could not be read: TLS 1.3 hides it, or it was passed on unseen'
  if (certificate === undefined) return 'no client certificate was shown'
  if (certificate.fingerprint !== expected.fingerprint) return `another certificate was shown (${certificate.subject})`
  if (handshake !== 'full') return 'the handshake was resumed, so no key was used in it'
  if (at <= expected.after) return 'the handshake began before the last write'
  if (session === undefined) return 'no MQTT session was accepted'
  if (clientId?.startsWith(rehearsalPrefix) === true) return 'it was a rehearsal of the host, with the same files'
  return `the client id was ${clientId ?? 'not given'}, not ${expected.clientId ?? ''}`
}

import { type Instant, rehearsalPrefix } from '../terms/index.ts'

/** Why a connection did not become a session. */
export type RefusalReason =
  | 'no-client-certificate'
  | 'client-expired'
  | 'client-not-yet-valid'
  | 'client-unknown-ca'
  | 'client-revoked'
  | 'client-wrong-use'
  | 'client-key-mismatch'
  | 'client-gave-up'
  | 'crl-unusable'
  | 'server-unknown-ca'
  | 'server-expired'
  | 'server-bad-certificate'
  | 'no-common-suite'
  | 'protocol-version'
  | 'not-tls'
  | 'not-authorised'
  | 'not-mqtt'
  | 'left'
  | 'other'

/** A client certificate as the broker's side saw it. */
export interface SeenCertificate {
  /** SHA-256 of its DER, upper-case hexadecimal. */
  readonly fingerprint: string
  readonly subject: string
  readonly serial: string
  /**
   * SHA-256 of the certificates that the device sent behind it; `needed` where the witness does not see them and knows that
   * without them the device would not have been let in.
   */
  readonly issuers?: readonly string[] | 'needed'
}

/** What the broker's side saw of one connection. */
export interface Sighting {
  /** When the connection, and with it the handshake, began. */
  readonly at: Instant
  /** Address and port of the other side. */
  readonly peer: string
  /** `resumed` proves nothing: no key was used in it. */
  readonly handshake: 'full' | 'resumed' | 'none'
  readonly certificate?: SeenCertificate
  readonly clientId?: string
  /** When the MQTT session was accepted. */
  readonly session?: Instant
  /** Who ended it, and why. */
  readonly refused?: { readonly by: 'device' | 'broker'; readonly reason: RefusalReason; readonly alert?: number }
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
  if (certificate === undefined) return 'no client certificate was shown'
  if (certificate.fingerprint !== expected.fingerprint) return `another certificate was shown (${certificate.subject})`
  if (handshake !== 'full') return 'the handshake was resumed, so no key was used in it'
  if (at <= expected.after) return 'the handshake began before the last write'
  if (session === undefined) return 'no MQTT session was accepted'
  if (clientId?.startsWith(rehearsalPrefix) === true) return 'it was a rehearsal of the host, with the same files'
  return `the client id was ${clientId ?? 'not given'}, not ${expected.clientId ?? ''}`
}

/** What a TLS alert means when the device sent it, and when the broker did (RFC 5246, 7.2). */
export function reasonOfAlert(alert: number, by: 'device' | 'broker'): RefusalReason {
  const device: Record<number, RefusalReason> = {
    // Whoever hears a ServerHello has a suite in common: what it lacks comes later (TLS-27, TLS-29).
    40: 'client-gave-up',
    42: 'server-bad-certificate',
    45: 'server-expired',
    46: 'server-bad-certificate',
    48: 'server-unknown-ca',
    70: 'protocol-version',
  }
  const broker: Record<number, RefusalReason> = {
    40: 'no-common-suite',
    42: 'client-wrong-use',
    43: 'client-wrong-use',
    44: 'client-revoked',
    45: 'client-expired',
    46: 'client-unknown-ca',
    48: 'client-unknown-ca',
    51: 'client-key-mismatch',
    70: 'protocol-version',
    116: 'no-client-certificate',
  }
  return (by === 'device' ? device[alert] : broker[alert]) ?? 'other'
}

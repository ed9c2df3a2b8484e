import type { SeenCertificate } from '../seen-certificate.ts'

/** Why a connection did not become a session, or was ended by the broker after it was one. */
export type RefusalReason =
  | 'no-client-certificate'
  | 'client-expired'
  | 'client-not-yet-valid'
  | 'client-unknown-ca'
  | 'client-revoked'
  | 'client-wrong-use'
  | 'client-weak-key'
  | 'client-unreadable'
  | 'client-chain-too-long'
  | 'client-key-mismatch'
  | 'client-gave-up'
  | 'ca-expired'
  | 'crl-stale'
  | 'crl-unusable'
  | 'broker-differs'
  | 'server-unknown-ca'
  | 'server-expired'
  | 'server-not-yet-valid'
  | 'server-bad-certificate'
  | 'server-chain-too-long'
  | 'server-name-mismatch'
  | 'device-clock'
  | 'device-ca-expired'
  | 'name-not-served'
  | 'no-common-suite'
  | 'protocol-version'
  | 'not-tls'
  | 'not-authorised'
  | 'not-mqtt'
  | 'client-id-clash'
  | 'acl-denied'
  | 'left'
  | 'stalled'
  | 'overload'
  | 'undecided'
  | 'other'

/** Who ended a connection, and why. */
export interface Refused {
  /** `witness`: it was cut by the one who watches, because it could not be watched. */
  readonly by: 'device' | 'broker' | 'witness'
  /** `undecided` where what is known does not tell the candidates apart: UNKNOWN, and never a guess. */
  readonly reason: RefusalReason
  /** The TLS alert that said so (RFC 5246, 7.2). */
  readonly alert?: number
  /** Of `undecided`: what it can have been, and nothing else. */
  readonly candidates?: readonly RefusalReason[]
  /** What was measured, in words: how many bytes too many, which topic. */
  readonly detail?: string
  /** Of `client-id-clash`: the certificate of the connection that took its place. */
  readonly rival?: SeenCertificate
}

import type { Alert } from './alert.ts'

/**
 * How far a connection came. `local`: it failed inside the modem, before the network was used at all. `hello`: up to the
 * server's certificate. `client-certificate`: after we were asked for ours, which nobody can tell from a failure to finish.
 */
export type TlsStage = 'local' | 'tcp' | 'hello' | 'server-certificate' | 'client-certificate' | 'finished'

/** Why it went no further. */
export type TlsReason =
  /** In the store: no readable root CA; text that is no certificate or key; one without the other; two that do not fit. */
  | 'no-root'
  | 'unreadable-certificate'
  | 'unreadable-key'
  | 'key-missing'
  | 'key-mismatch'
  /** On the way. */
  | 'name-not-found'
  | 'refused'
  | 'unreachable'
  | 'timeout'
  | 'closed'
  | 'reset'
  | 'aborted'
  /** What came was no TLS, broke its rules, or was more than a modem takes. */
  | 'not-tls'
  | 'malformed'
  | 'unexpected-message'
  | 'record-too-large'
  | 'chain-too-large'
  | 'bad-record-mac'
  | 'protocol-version'
  | 'suite-not-offered'
  /** The server did not convince us. */
  | 'unknown-ca'
  | 'expired'
  | 'not-yet-valid'
  | 'bad-certificate'
  | 'host-mismatch'
  | 'bad-signature'
  | 'bad-finished'
  /** The server sent an alert: we did not convince it, or it has nothing in common with us. */
  | 'alert'

/** A connection that did not come about, with the alerts that went over the wire. */
export interface TlsFailure {
  readonly stage: TlsStage
  readonly reason: TlsReason
  readonly sentAlert?: Alert
  readonly receivedAlert?: number
}

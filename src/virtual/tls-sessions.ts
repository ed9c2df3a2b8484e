import type { Bytes } from '../terms/index.ts'

/** A TLS 1.2 session that both sides may go on with (RFC 5246 §7.3): no certificate is shown then and no key is used. */
export interface ResumableSession {
  readonly id: Bytes
  /** The number of its cipher suite. */
  readonly suite: number
  readonly master: Bytes
  /** Whether its master secret is bound to its handshake (RFC 7627). */
  readonly extended: boolean
}

/** What a modem's TLS remembers of its last session with each server, by `host:port`; gone with a restart. OPEN-13, TLS-30 */
export type TlsSessions = Map<string, ResumableSession>

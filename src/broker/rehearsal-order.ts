import type { Instant, Random, Secret } from '../terms/index.ts'

/** With what the host tries the broker: the files that are meant for a board. */
export interface RehearsalOrder {
  readonly host: string
  readonly port: number
  /** The name to ask for and to find in the server's certificate; the host's, unless said. */
  readonly name?: string
  /** PEM of the root CAs. */
  readonly roots: string
  /** PEM of the client certificate and its key. */
  readonly chain?: string
  readonly key?: Secret
  /** Where a test message goes; nowhere, unless named. */
  readonly topic?: string
  readonly timeoutMs: number
  readonly random: Random
  readonly now: Instant
}

/** What stood in the way, by the stage that it stood at. */
export type Obstacle =
  | 'no-such-host'
  | 'no-listener'
  | 'no-answer'
  | 'plain-port'
  | 'not-tls'
  | 'no-common-suite'
  | 'protocol-version'
  | 'unknown-server-ca'
  | 'server-expired'
  | 'name-mismatch'
  | 'key-does-not-fit'
  | 'client-certificate-missing'
  | 'client-certificate-expired'
  | 'client-certificate-refused'
  | 'not-authorised'
  | 'mqtt-refused'
  | 'other'

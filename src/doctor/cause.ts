/** What a verdict may name; one word for one cause, stable for ever. */
export type Cause =
  | 'cred-slot-empty'
  | 'cred-lost-after-power-event'
  | 'cred-set-incomplete'
  | 'cred-wrong-sec-tag'
  | 'cred-wrong-ca'
  | 'server-ca-rotated'
  | 'key-cert-mismatch'
  | 'pem-format'
  | 'supply-voltage-low'
  | 'hostname-mismatch'
  | 'plain-on-tls-port'
  | 'tls-version-mismatch'
  | 'clock-not-set'
  | 'client-cert-missing'
  | 'client-cert-inactive'
  | 'broker-does-not-trust-client-chain'
  | 'broker-policy-denies'
  | 'broker-config'
  | 'mqtt-bad-credentials'
  | 'mqtt-duplicate-client-id'
  | 'mqtt-keepalive-timeout'
  | 'sim-failure'
  | 'net-not-registered'
  | 'net-plmn-reject'
  | 'dns-failure'
  | 'modem-init-failed'
  | 'modem-crash'
  | 'app-config'
  | 'insufficient-evidence'

/** Where a cause lives. `none`: no cause is named. */
export type CauseGroup = 'store' | 'tls' | 'broker' | 'network' | 'platform' | 'none'

/** What is to be done about a cause. */
export interface Remedy {
  readonly do: string
  /** Work, time, wear: `minutes, by cable`. */
  readonly costs: string
  readonly risks: string
}

/** All that is known of a cause before any evidence. */
export interface CauseEntry {
  readonly cause: Cause
  readonly group: CauseGroup
  readonly meaning: string
  /** How common it is where a device does not get its session, before anything is known; about 1 for all together. */
  readonly prior: number
  readonly remedy: Remedy
  /** What keeps it from happening again. */
  readonly prevention: string
  readonly facts: readonly string[]
}

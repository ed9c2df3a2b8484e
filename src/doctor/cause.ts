/** What a verdict may name; one word for one cause, stable for ever. */
export type Cause =
  | 'cred-slot-empty'
  | 'cred-lost-after-power-event'
  | 'cred-store-corrupt'
  | 'cred-content-malformed'
  | 'cred-set-incomplete'
  | 'cred-wrong-type-or-tag'
  | 'cred-wrong-sec-tag'
  | 'cred-in-other-store'
  | 'cred-wrong-ca'
  | 'leaf-pinned-instead-of-root'
  | 'server-ca-rotated'
  | 'key-cert-mismatch'
  | 'key-format-unsupported'
  | 'pem-format'
  | 'pem-line-endings'
  | 'psk-format'
  | 'erase-does-not-touch-modem-store'
  | 'supply-voltage-low'
  | 'cert-chain-too-large'
  | 'hostname-mismatch'
  | 'plain-on-tls-port'
  | 'tls-version-mismatch'
  | 'handshake-timeout'
  | 'clock-not-set'
  | 'tls-handshake-unspecified'
  | 'client-cert-missing'
  | 'client-cert-not-registered'
  | 'client-cert-inactive'
  | 'broker-does-not-trust-client-chain'
  | 'broker-policy-denies'
  | 'broker-config'
  | 'mqtt-bad-credentials'
  | 'mqtt-duplicate-client-id'
  | 'mqtt-keepalive-timeout'
  | 'sim-failure'
  | 'sim-not-active'
  | 'net-rat-not-available'
  | 'net-not-registered'
  | 'net-plmn-reject'
  | 'net-sticky-reject'
  | 'net-apn'
  | 'dns-failure'
  | 'net-blocked'
  | 'modem-init-failed'
  | 'modem-crash'
  | 'modem-unclean-shutdown'
  | 'hardware-fault'
  | 'version-incompatible'
  | 'wrong-image-or-target'
  | 'app-memory-or-buffer'
  | 'app-config'
  | 'library-bug'
  | 'at-uart-problem'
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

import type { Survey } from './survey.ts'

/** What can be wrong with a broker for modems, or is worth knowing: one file each in `rules`. */
export type BrokerFault =
  | 'no-such-host'
  | 'no-listener'
  | 'no-answer'
  | 'plain-port'
  | 'not-tls'
  | 'protocol-version'
  | 'no-common-suite'
  | 'no-common-curve'
  | 'gcm-only'
  | 'key-type'
  | 'unreadable-certificate'
  | 'chain-too-large'
  | 'chain-order'
  | 'chain-extras'
  | 'self-signed-server'
  | 'missing-intermediate'
  | 'unknown-server-ca'
  | 'server-expired'
  | 'server-not-yet-valid'
  | 'expires-soon'
  | 'wrong-clock'
  | 'name-mismatch'
  | 'common-name-only'
  | 'needs-name'
  | 'weak-signature'
  | 'wrong-purpose'
  | 'client-certificate-not-demanded'
  | 'client-key-not-taken'
  | 'client-certificate-refused'
  | 'mqtt-refused'
  | 'resumption'
  | 'long-messages'
  | 'other'

/**
 * What it means for a modem. `unreached`: nothing is known of it. `refuses`: it would not enter. `open`: no source says
 * whether it would. `note`: it enters, and this is worth knowing.
 */
export type Weight = 'unreached' | 'refuses' | 'open' | 'note'

/** One finding: what it is, by which facts, and what mends it. */
export interface Finding {
  readonly class: BrokerFault
  readonly weight: Weight
  /** Whether it was seen, or is only the likeliest reading of what was seen. */
  readonly sure: boolean
  readonly what: string
  readonly why: string
  /** Ids in docs/facts. */
  readonly facts: readonly string[]
  readonly fix: string
  /** Counts, in the units that their names say. */
  readonly figures?: Readonly<Record<string, number>>
}

/** What a rule says of a survey; its class is that of its file. */
export type Judged = Omit<Finding, 'class' | 'sure' | 'facts'> & {
  readonly sure?: boolean
  readonly facts?: readonly string[]
}

/** One class: looks at a survey and at nothing else. */
export interface BrokerRule {
  readonly class: BrokerFault
  judge(survey: Survey): Judged | undefined
}

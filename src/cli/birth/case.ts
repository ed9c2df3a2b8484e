import type { BirthEvidence } from '../../identity/index.ts'
import type { Instant } from '../../terms/index.ts'

/** Why an identity key is taken for that of the device. */
export type Ground =
  /** It was pinned in the home when the board was met first, over a cable. */
  | { readonly by: 'pinned'; readonly board: string; readonly at: Instant }
  /** The user says so. */
  | { readonly by: 'given' }

/** A key whose birth is to be checked. */
export interface BirthCase {
  readonly name: string
  readonly evidence: BirthEvidence
  readonly ground?: Ground
  readonly note?: string
}

/** A key of which there is nothing to check, and why. */
export interface NoCase {
  readonly name: string
  readonly without: 'no-proof' | 'from-file'
  readonly why: string
}

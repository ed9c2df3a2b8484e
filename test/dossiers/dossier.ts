import type { Libc } from '../../src/board/index.ts'

/** What a board is made of: a firmware line, and an SDK that goes with it (COMPAT, verified pairs). */
export interface Setting {
  readonly mfw: string
  readonly sdk: string
  readonly libc: Libc
}

/** One thing that was heard, as somebody would attach it to a ticket. */
export interface Piece {
  readonly name: string
  readonly kind: 'log' | 'cable' | 'sms' | 'broker' | 'tool' | 'note'
  readonly text: string
}

/** Everything that was heard of one trouble, with the truth about it. */
export interface Dossier {
  readonly template: string
  readonly setting: Setting
  /** The slug of the cause that was acted. */
  readonly truth: string
  /** Other slugs that say the same of this evidence. */
  readonly acceptable: readonly string[]
  readonly heldOut: boolean
  readonly pieces: readonly Piece[]
}

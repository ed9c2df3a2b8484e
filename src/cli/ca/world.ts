import type { Context } from '../context.ts'
import type { Output } from '../output.ts'

/** What a verb has around it: the world, and where it speaks. */
export interface World {
  readonly context: Context
  readonly output: Output
}

/** What the user typed about the authority: `--home` and `--passphrase-file`. */
export interface AuthorityOptions {
  readonly home?: string
  readonly passphraseFile?: string
}

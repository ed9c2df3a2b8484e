import type { Command } from 'commander'
import type { Context } from './context.ts'
import type { Ending, Output } from './output.ts'

/** What was typed behind a verb. */
export interface Typed {
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
  /** The whole command line, as it would be typed again. */
  readonly line: string
}

/** One verb: its help, its options, and what it does. One file each in `verbs`. */
export interface Verb {
  readonly name: string
  /** One line, for the list of verbs. */
  readonly summary: string
  /** Exactly three lines that can be typed as they stand. */
  readonly examples: readonly [string, string, string]
  /** Adds arguments and options. */
  shape(command: Command): void
  run(context: Context, output: Output, typed: Typed): Promise<Ending>
}

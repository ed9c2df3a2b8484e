import type { Command } from 'commander'
import type { Context } from './context.ts'
import type { Ending, Output } from './output.ts'

/** What was typed behind a verb. */
export interface Typed {
  readonly args: readonly string[]
  readonly options: Readonly<Record<string, unknown>>
  /** The whole command line, as it would be typed again. */
  readonly line: string
  /** Every verb, for the ones that speak of others. */
  readonly verbs: readonly Verb[]
  /** Runs another command line, as the demo does. */
  readonly run: (argv: readonly string[], context: Context) => Promise<number>
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

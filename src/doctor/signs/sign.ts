/** What a line may show that is no number: words of ours for it, and how others put it. */
export interface SignEntry {
  /** Said as a reason; the line itself stands beside it. */
  readonly words: string
  /** Any of them; each bounded, as a line may be long or made to be slow. */
  readonly patterns: readonly RegExp[]
  /** A program prints it, so that no word in front of it turns it round. */
  readonly printed?: true
}

/** Signs of one area, and one cheap search that a line must pass before any of them is looked for. */
export interface SignTable<Name extends string = string> {
  readonly gate: RegExp
  readonly signs: Readonly<Record<Name, SignEntry>>
}

/** Keeps the names of a table for the type of all signs. */
export function signTable<Name extends string>(
  gate: RegExp,
  signs: Readonly<Record<Name, SignEntry>>,
): SignTable<Name> {
  return { gate, signs }
}

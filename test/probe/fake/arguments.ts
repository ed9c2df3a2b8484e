/** A command line taken apart. */
export interface Arguments {
  readonly words: readonly string[]
  has(option: string): boolean
  value(option: string): string | undefined
}

/** An argument that the documentation of a program does not know. */
export class UnknownArgument extends Error {
  readonly argument: string
  constructor(argument: string) {
    super(argument)
    this.argument = argument
  }
}

/**
 * Takes a command line apart by the options that a program documents: `flags` stand alone, `values` have one behind them. Any
 * other option is refused: a simulated program knows nothing that the real one's documentation does not.
 */
export function takeApart(
  args: readonly string[],
  { flags = [], values = [] }: { flags?: readonly string[]; values?: readonly string[] },
): Arguments {
  const words: string[] = []
  const found = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const [name = '', given] = (args[at] ?? '').split(/=(.*)/s)
    if (!name.startsWith('-') || name === '-') words.push(args[at] ?? '')
    else if (flags.includes(name) && given === undefined) found.set(name, '')
    else if (values.includes(name)) found.set(name, given ?? args[++at] ?? '')
    else throw new UnknownArgument(args[at] ?? '')
  }
  return { words, has: (option) => found.has(option), value: (option) => found.get(option) }
}

/** A number as these programs take it: decimal, or hexadecimal with `0x`. */
export function number(text: string | undefined): number {
  const value = Number(text)
  if (text === undefined || text === '' || !Number.isSafeInteger(value) || value < 0)
    throw new UnknownArgument(text ?? '')
  return value
}

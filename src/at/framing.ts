/** A framer between two chunks: the logical line so far, and whether a quote is open in it. */
export interface Framing {
  readonly line: string
  readonly quoted: boolean
}

/** Nothing received yet. */
export const emptyFraming: Framing = { line: '', quoted: false }

/** A logical line longer than this is given up as it stands, so that noise cannot fill the memory. */
export const longestLine = 65_536

/**
 * Only AT lines have quotes with a meaning: commands (`AT…`, echoed or on their way to the modem) and information lines
 * (`%CMNG: …`). A lone quote in a boot log opens nothing.
 */
function quotesCount(line: string): boolean {
  return /^\s*(?:[+%#]|at)/i.test(line)
}

/**
 * Cuts received text into logical lines. It knows quotes and never words: a PEM between quotes is one line with its own
 * line ends, and an `OK` inside base64 ends nothing (AT-14, AT-20). Empty lines are dropped. The result is the same for any
 * chunking.
 */
export function frame(framing: Framing, text: string): { framing: Framing; lines: string[] } {
  const lines: string[] = []
  let { line, quoted } = framing
  for (const character of text) {
    const end = !quoted && (character === '\r' || character === '\n')
    if (!end) line += character
    if (character === '"' && quotesCount(line)) quoted = !quoted
    if ((end && line !== '') || line.length >= longestLine) {
      lines.push(line)
      line = ''
      quoted = false
    }
  }
  return { framing: { line, quoted }, lines }
}

/** The logical lines of a complete text. */
export function splitLines(text: string): string[] {
  const { framing, lines } = frame(emptyFraming, text)
  return framing.line === '' ? lines : [...lines, framing.line]
}

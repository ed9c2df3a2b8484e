/** Narrower than this no column is made: words would stand one below the other. */
const narrowest = 24

/**
 * Breaks a text between words, so that no line is wider than the terminal, which would break it within a word. Without a width,
 * where nobody reads but a pipe or a file, every line stays whole, as `grep` wants it.
 *
 * @param from the column at which the text begins; its further lines begin there too
 */
export function wrapped(text: string, width: number | undefined, from = 0): string {
  if (width === undefined) return text
  const room = Math.max(narrowest, width - from)
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= room) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines.join(`\n${' '.repeat(from)}`)
}

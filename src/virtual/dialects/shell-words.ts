/** A command line as a shell reads it, or the quote that nobody closed. */
export type ShellReading = { readonly words: readonly string[] } | { readonly open: string }

/** `\` inside quotes, and how many characters it takes: the quote itself, an octal or a hexadecimal byte; else it is itself. */
const escapes: readonly [RegExp, (match: RegExpExecArray) => string][] = [
  [/^\\(['"])/, (match) => match[1] ?? ''],
  [/^\\0([0-7]{1,3})/, (match) => String.fromCharCode(Number.parseInt(match[1] ?? '', 8) & 0xff)],
  [/^\\x([0-9A-Fa-f]{1,2})/, (match) => String.fromCharCode(Number.parseInt(match[1] ?? '', 16))],
]

function escaped(rest: string, quote: string): { text: string; length: number } | undefined {
  for (const [pattern, value] of escapes) {
    const match = pattern.exec(rest)
    if (match === null || (match[1] !== quote && /['"]/.test(match[1] ?? ''))) continue
    return { text: value(match), length: match[0].length }
  }
  return undefined
}

/**
 * Splits a line into words by the rules of Zephyr's shell (SHELL-14): blanks separate, either quote keeps them together, a
 * backslash outside quotes goes and takes the next character as it is.
 */
export function shellWords(line: string): ShellReading {
  const words: string[] = []
  let word: string | undefined
  let quote = ''
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? ''
    const escape = quote === '' ? undefined : escaped(line.slice(at, at + 5), quote)
    if (escape !== undefined) {
      word = (word ?? '') + escape.text
      at += escape.length - 1
    } else if (quote === '' && character === '\\') word = (word ?? '') + (line[++at] ?? '')
    else if (quote === '' && /\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else if (character === quote) quote = ''
    else if (quote === '' && (character === "'" || character === '"')) {
      quote = character
      word ??= ''
    } else word = (word ?? '') + character
  }
  if (quote !== '') return { open: quote }
  return { words: word === undefined ? words : [...words, word] }
}

import type { Instant } from '../terms/index.ts'

/** One logical line of a dialogue: `>` the host said it, `<` the modem said it, `#` a remark. */
export interface Entry {
  direction: '>' | '<' | '#'
  text: string
  /** When its last byte was seen; left out in transcripts written by hand. */
  at?: Instant
}

/** Hears every line of a channel, after secrets were struck out. */
export type Tap = (entry: Entry) => void

const escapes: Record<string, string> = { '\\': '\\\\', '\r': '\\r', '\n': '\\n' }

/** Line ends inside a logical line become `\r`, `\n`; other unprintable bytes `\xNN`; so a transcript is byte for byte. */
export function escapeLine(text: string): string {
  return text.replace(/[^\x20-\x5b\x5d-\x7e]/g, (character) => {
    return escapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
  })
}

/** The inverse of {@link escapeLine}. */
export function unescapeLine(text: string): string {
  return text.replace(/\\(\\|r|n|x[0-9a-f]{2})/g, (_, code: string) => {
    if (code === '\\') return '\\'
    if (code === 'r') return '\r'
    return code === 'n' ? '\n' : String.fromCharCode(Number.parseInt(code.slice(1), 16))
  })
}

/** One line of a `.at` file. */
export function formatEntry(entry: Entry): string {
  return `${entry.direction} ${escapeLine(entry.text)}`.trimEnd()
}

/** A whole `.at` file. */
export function formatTranscript(entries: readonly Entry[]): string {
  return entries.map((entry) => `${formatEntry(entry)}\n`).join('')
}

/** Reads a `.at` file: lines that start with `>`, `<` or `#`; empty lines are skipped, any other is an error by its number. */
export function parseTranscript(text: string): Entry[] {
  return text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return []
    const match = /^([><#]) ?(.*)$/.exec(line)
    if (match === null) throw new SyntaxError(`line ${index + 1}: expected >, < or # at the start`)
    return [{ direction: match[1] as Entry['direction'], text: unescapeLine(match[2] ?? '') }]
  })
}

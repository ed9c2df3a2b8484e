/** A line that readers see whole, and the number of its first physical line. */
export interface Whole {
  readonly text: string
  readonly number: number
}

/** The longest command that is put together; longer than any that a modem takes (PEM-34). */
const longest = 16_384

/** A credential on its way in, or one that is read back. */
const opensText = /\bAT%CMNG\s*=\s*0\s*,|^\s*(?:<\s*)?%CMNG:\s*\d+\s*,\s*\d+\s*,\s*"[^"]*"\s*,\s*"/i
/** What a transcript puts in front of each line of an answer. */
const mark = /^\s*< ?/
/** Its answer in the same line: a note of somebody who left the text out. */
const isAnswered = /\s(?:OK|ERROR|\+CM[ES] ERROR: ?\d+)\b/
const breaksOff = /^\s*(?:[<>]\s*)?(?:OK|ERROR|\+CM[ES] ERROR: ?\d+|AT[+%#].*)\s*$/i

function quotesIn(text: string): number {
  return text.split('"').length - 1
}

/** Puts a credential that goes over several lines of a terminal's record together, as the modem saw it: one command. */
export class OpenQuote {
  #open: { lines: string[]; number: number; length: number } | undefined

  line(text: string, number: number): Whole[] {
    const open = this.#open
    if (open === undefined) {
      if (!opensText.test(text.slice(0, 200)) || quotesIn(text) % 2 === 0 || isAnswered.test(text))
        return [{ text, number }]
      this.#open = { lines: [text], number, length: text.length }
      return []
    }
    // A record that breaks off inside the quotes must not swallow what comes next.
    if (breaksOff.test(text)) return [...this.end(), { text, number }]
    open.lines.push(mark.test(open.lines[0] ?? '') ? text.replace(mark, '') : text)
    open.length += text.length + 1
    return quotesIn(text) % 2 === 1 || open.length > longest ? this.end() : []
  }

  end(): Whole[] {
    const open = this.#open
    this.#open = undefined
    return open === undefined ? [] : [{ text: open.lines.join('\n'), number: open.number }]
  }
}

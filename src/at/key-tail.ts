import { struckMark } from './struck-mark.ts'

/** A line without its secrets, and where it stands. */
export interface KeptLine {
  readonly text: string
  readonly number: number
}

/** No key has more lines: RSA with 16,384 bits in lines of 48 characters. */
const mostLines = 300
const mostCharacters = 16_384
/** A line of a body has 76 characters at most; a stamp, or the quotes of C, may stand around it. */
const longestLine = 400

/** A line's run of base64 at its end, as a body's line has it: bare, behind a stamp, or as a string of C. */
const bodyRun = /(?:^|[\s"'>:])([A-Za-z0-9+/]{16,76}={0,2})(?:\\{1,8}[rn]){0,2}["',;\\\s]{0,4}$/
/** The last line of a body may be short. */
const lastRun = /(?:^|[\s"'>:])([A-Za-z0-9+/]{1,76}={0,2})(?:\\{1,8}[rn]){0,2}["',;\\\s]{0,4}$/
const keyEnds = /^(?!.*-----BEGIN).{0,200}?-----END [A-Z0-9 ]*PRIVATE KEY-----/

/**
 * Strikes out the end of a private key whose BEGIN was never seen, as `tail` leaves it. Only the END says what stood above it,
 * so lines that may be of a body are held back until another line comes; no more of them than a key has.
 */
export class KeyTail {
  #held: KeptLine[] = []
  #characters = 0
  #struck = 0

  /** So many lines were struck out. */
  get struck(): number {
    return this.#struck
  }

  /** One line in; what is settled comes out, in the same order. */
  line(line: KeptLine): readonly KeptLine[] {
    if (mayBeOfBody(line.text) || this.#mayBeLast(line.text)) return this.#hold(line)
    if (this.#held.length === 0) return [line]
    return [...(keyEnds.test(line.text) ? this.#strike() : this.end()), line]
  }

  /** What is held still. */
  end(): readonly KeptLine[] {
    this.#characters = 0
    return this.#held.splice(0)
  }

  /** Behind a whole line of a body any word may be the short one that ends it, whatever the stamp in front is like. */
  #mayBeLast(text: string): boolean {
    return text.length <= longestLine && bodyRun.test(this.#held.at(-1)?.text ?? '') && lastRun.test(text)
  }

  #hold(line: KeptLine): readonly KeptLine[] {
    this.#held.push(line)
    this.#characters += line.text.length
    const out: KeptLine[] = []
    while (this.#held.length > mostLines || this.#characters > mostCharacters) {
      const first = this.#held.shift()
      if (first === undefined) break
      this.#characters -= first.text.length
      out.push(first)
    }
    return out
  }

  /** From the END upwards: a last line of any length, and whole lines above it. */
  #strike(): readonly KeptLine[] {
    const held = [...this.end()]
    const isShort = !bodyRun.test(held.at(-1)?.text ?? '')
    let from = held.length - (isShort ? 1 : 0)
    while (from > 0 && bodyRun.test(held[from - 1]?.text ?? '')) from--
    // A short line alone is more likely an OK, and says nothing of a key.
    if (isShort && from === held.length - 1) return held
    return held.map((line, index) => (index < from ? line : this.#without(line)))
  }

  #without({ text, number }: KeptLine): KeptLine {
    const run = lastRun.exec(text)
    if (run?.[1] === undefined) return { text, number }
    this.#struck++
    const from = run.index + run[0].indexOf(run[1])
    return { text: text.slice(0, from) + struckMark + text.slice(from + run[1].length), number }
  }
}

/** What stands alone in its line, or behind a stamp, and is base64 of any length. */
const short = /^(?:.{0,120}[>:]\s{1,4}|\s*)["']?[A-Za-z0-9+/]{1,76}={0,2}(?:\\{1,8}[rn]){0,2}["',;\\\s]{0,4}$/

/**
 * Only what ends like base64 is looked at. A sentence ends in a word that is too short, with no stamp's end in front of it: that
 * is told without a search, as nearly every line of a log is one.
 */
function mayBeOfBody(text: string): boolean {
  if (text.length > longestLine) return false
  const gap = text.lastIndexOf(' ', text.length - 2)
  const before = text[gap - 1]
  const isSentence = gap > 0 && text.length - gap < 16 && before !== ':' && before !== '>' && before !== ' '
  return !isSentence && (bodyRun.test(text) || short.test(text))
}

const lineEnds = /^[^]*?-----END [A-Z0-9 ]*PRIVATE KEY-----/
const runs = /[A-Za-z0-9+/]+={0,2}/g

/** Marks the end of a key that stands in one line with its END, and has no BEGIN there. */
export function markTailOfLine(text: string, marked: Uint8Array): void {
  if (!text.includes(' PRIVATE KEY-----')) return
  const [before] = lineEnds.exec(text) ?? []
  if (before === undefined || before.includes('-----BEGIN')) return
  const body = before.slice(0, before.lastIndexOf('-----END'))
  for (const { index, 0: run } of body.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)) marked.fill(1, index, index + run.length)
  const last = [...body.matchAll(runs)].at(-1)
  if (last !== undefined && marked.includes(1)) marked.fill(1, last.index, last.index + last[0].length)
}

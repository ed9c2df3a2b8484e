import { type HexLine, hexLine, mayBeDump, type Run } from './hex-line.ts'
import { headerDigits, keyHeadersIn, textEnd } from './key-header.ts'

/** What `openssl … -text` calls the secret parts of a key. */
const secretPart = /^\s*(?:priv|privateExponent|prime[12]|exponent[12]|coefficient):\s*$/
const partLine = /^\s*(?:[0-9a-f]{2}:?)+\s*$/i

/** So many lines of something else may stand in a dump, as several speak on one cable. */
const patience = 8

/**
 * Strikes out private keys that were printed as hexadecimal: without a break, in groups, as an array of C, or as a dump with
 * addresses and characters, over as many lines as it takes. A key is known by how its DER or its PEM begins, and ends where
 * that says.
 */
export class KeyDump {
  /** Digits of a key that are still to come. */
  #left = 0
  #isText = false
  #frame = ''
  #strange = 0
  /** The last digits that came before, in which a header, or the end of a text, may have begun. */
  #before = ''
  #insidePart = false

  /** Marks what is of a key. */
  mark(text: string, marked: Uint8Array): void {
    if (this.#markPart(text, marked)) return
    if (this.#left === 0 && !mayBeDump(text)) {
      this.#before = ''
      return
    }
    const line = hexLine(text)
    if (this.#left > 0) this.#goOn(line, text, marked)
    else for (const run of line.runs) this.#search(run, 0, line, text, marked)
  }

  /** Looks for keys that begin in this run, or that began in the line before it. */
  #search(run: Run, from: number, line: HexLine, text: string, marked: Uint8Array): void {
    const known = from === 0 ? this.#before : ''
    const all = known + run.digits.slice(from)
    const header = keyHeadersIn(all).find(({ at, digits }) => at + digits > known.length)
    this.#before = header === undefined ? all.slice(-headerDigits) : ''
    if (header === undefined) return
    const first = Math.max(0, header.at - known.length)
    this.#left = header.digits - Math.max(0, known.length - header.at)
    this.#isText = header.isText
    this.#frame = line.frame
    this.#strange = 0
    this.#take(run, from + first, line, text, marked)
  }

  #goOn(line: HexLine, text: string, marked: Uint8Array): void {
    const run = longestOf(line.runs)
    if (run !== undefined && (line.frame === '' || line.frame === this.#frame)) {
      this.#strange = 0
      this.#take(run, 0, line, text, marked)
    } else if (++this.#strange > patience) this.#left = 0
  }

  /** Marks the key's part of a run; of a dump the characters behind it too, as they are the same bytes. */
  #take(run: Run, from: number, line: HexLine, text: string, marked: Uint8Array): void {
    const all = run.digits.slice(from)
    const end = this.#isText ? textEnd(this.#before, all) : undefined
    const count = Math.min(this.#left, end ?? all.length, all.length)
    const last = run.at[from + count - 1]
    if (last !== undefined) marked.fill(1, run.at[from], line.dump ? text.length : last + 1)
    this.#left = end === undefined ? this.#left - count : 0
    this.#before = all.slice(0, count).slice(-headerDigits)
    if (this.#left === 0 && from + count < run.digits.length) this.#search(run, from + count, line, text, marked)
  }

  /** A part of a key that `openssl` shows: its lines are digits and colons, and whatever else comes ends it. */
  #markPart(text: string, marked: Uint8Array): boolean {
    if (this.#insidePart && partLine.test(text)) {
      marked.fill(1)
      return true
    }
    this.#insidePart = secretPart.test(text)
    return false
  }
}

function longestOf(runs: readonly Run[]): Run | undefined {
  return runs.reduce<Run | undefined>(
    (a, b) => (a !== undefined && a.digits.length >= b.digits.length ? a : b),
    undefined,
  )
}

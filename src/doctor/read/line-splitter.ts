import { type Bytes, concatBytes, fromUtf8 } from '../../terms/index.ts'
import { DerFile } from './der-file.ts'
import { RawKeys } from './raw-keys.ts'

/** A longer line says no more; its rest is passed over. */
export const longestKept = 16_384

/** What an editor puts in front of a file: the marks of UTF-8 and UTF-16. */
const marks: readonly (readonly number[])[] = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
]

/**
 * Cuts the bytes of one evidence into lines, DER and keys in DER as if they were PEM. Of a line that never ends only its beginning
 * is kept. Zero bytes are no text: without them a log in UTF-16, as PowerShell writes it, is one like any other, and a key in
 * it is struck out like any other.
 */
export class LineSplitter {
  readonly #each: (line: string) => void
  #front: DerFile | undefined = new DerFile()
  readonly #raw = new RawKeys()
  #kept: Uint8Array[] = []
  #length = 0
  #lines = 0

  constructor(each: (line: string) => void) {
    this.#each = each
  }

  bytes(bytes: Bytes): void {
    const passed = this.#front === undefined ? bytes : this.#front.bytes(bytes)
    if (passed === undefined) return
    this.#front = undefined
    this.#cut(this.#raw.bytes(passed))
  }

  #cut(bytes: Bytes): void {
    let from = 0
    for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, from)) {
      // Nearly every line lies within what came at once, and need not be kept.
      if (this.#length === 0) this.#tell(bytes.subarray(from, Math.min(at, from + longestKept)))
      else {
        this.#keep(bytes.subarray(from, at))
        this.#flush()
      }
      from = at + 1
    }
    this.#keep(bytes.subarray(from))
  }

  /** What stands behind the last line end is a line too, where there is something. */
  end(): void {
    if (this.#front !== undefined) this.#cut(this.#raw.bytes(this.#front.end()))
    this.#front = undefined
    this.#cut(this.#raw.end())
    if (this.#length > 0) this.#flush(true)
  }

  #keep(part: Uint8Array): void {
    const room = Math.max(0, longestKept - this.#length)
    if (room > 0 && part.length > 0) this.#kept.push(part.slice(0, room))
    this.#length += part.length
  }

  #flush(last = false): void {
    const whole = concatBytes(this.#kept)
    this.#kept = []
    this.#length = 0
    // The second half of a line feed in UTF-16 is no line.
    if (last && whole.every((byte) => byte === 0)) return
    this.#tell(whole, last && this.#lines === 0)
  }

  /** `only`: it is all there is, without a single line feed. */
  #tell(line: Bytes, only = false): void {
    const marked = this.#lines === 0 ? withoutMark(line) : line
    this.#lines++
    const text = fromUtf8(marked.includes(0) ? marked.filter((byte) => byte !== 0) : marked).replace(/\r+$/, '')
    for (const one of only ? linesOf(text) : [text]) this.#each(one)
  }
}

/** Carriage returns alone, as some terminals log; a credential keeps its own, as they tell what is wrong with it. */
function linesOf(text: string): string[] {
  return text.includes('-----BEGIN') ? [text] : text.split(/\r+/)
}

function withoutMark(line: Bytes): Bytes {
  const mark = marks.find((bytes) => bytes.every((byte, index) => line[index] === byte))
  return mark === undefined ? line : line.subarray(mark.length)
}

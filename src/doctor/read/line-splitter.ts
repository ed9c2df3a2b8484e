import { type Bytes, concatBytes, fromUtf8 } from '../../terms/index.ts'
import { DerFile } from './der-file.ts'
import { RawKeys } from './raw-keys.ts'

/** A longer line says no more; its rest is passed over. */
export const longestKept = 16_384

/** Cuts the bytes of one evidence into lines, DER and keys in DER as if they were PEM. Of a line that never ends only its beginning is kept. */
export class LineSplitter {
  readonly #each: (line: string) => void
  #front: DerFile | undefined = new DerFile()
  readonly #raw = new RawKeys()
  #kept: Uint8Array[] = []
  #length = 0

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
    if (this.#length > 0) this.#flush()
  }

  #keep(part: Uint8Array): void {
    const room = Math.max(0, longestKept - this.#length)
    if (room > 0 && part.length > 0) this.#kept.push(part.slice(0, room))
    this.#length += part.length
  }

  #flush(): void {
    const whole = concatBytes(this.#kept)
    this.#kept = []
    this.#length = 0
    this.#tell(whole)
  }

  #tell(line: Bytes): void {
    this.#each(fromUtf8(line).replace(/\r+$/, ''))
  }
}

import { closeSync, openSync, readSync, writeFileSync, writeSync } from 'node:fs'

/** What is erased at once, in bytes (PROBE-12). */
export const pageBytes = 0x1000

/**
 * NOR flash in a file: programming clears bits and never sets one, erasing sets all bits of a page. Each page is one write, so
 * that a process that is killed leaves whole pages behind it and not half of them.
 */
export class NorFlash {
  readonly #path: string
  readonly from: number
  readonly to: number
  /** A place that keeps a bit however often it is erased. */
  readonly #worn: number | undefined
  #tear: { left: number; gone: () => void } | undefined

  constructor(path: string, from: number, to: number, worn?: number) {
    this.#path = path
    this.from = from
    this.to = to
    this.#worn = worn
  }

  /** As it comes from the factory: erased. */
  create(): void {
    writeFileSync(this.#path, Buffer.alloc(this.to - this.from, 0xff))
  }

  has(at: number): boolean {
    return at >= this.from && at < this.to
  }

  read(from: number, to: number): Uint8Array {
    const bytes = new Uint8Array(to - from)
    this.#with('r', (file) => readSync(file, bytes, 0, bytes.length, from - this.from))
    return bytes
  }

  /** Programs one page or a part of it. */
  program(at: number, bytes: Uint8Array): void {
    const there = this.read(at, at + bytes.length)
    this.#put(
      at,
      there.map((byte, index) => byte & (bytes[index] ?? 0xff)),
    )
  }

  /** Erases the page that begins there. */
  erasePage(at: number): void {
    const erased = new Uint8Array(pageBytes).fill(0xff)
    const worn = (this.#worn ?? -1) - at
    if (worn >= 0 && worn < pageBytes) erased[worn] = 0xfe
    this.#put(at, erased)
  }

  /** In the middle of the n-th page from now on, erased or programmed, `gone` is called: half of that page is done. */
  tear(left: number, gone: () => void): void {
    this.#tear = { left, gone }
  }

  /** Damage of a test's own: puts bytes there as no chip would. */
  force(at: number, bytes: Uint8Array): void {
    this.#put(at, bytes)
  }

  #put(at: number, bytes: Uint8Array): void {
    const torn = this.#tear !== undefined && --this.#tear.left === 0
    const length = torn ? bytes.length >> 1 : bytes.length
    this.#with('r+', (file) => writeSync(file, bytes, 0, length, at - this.from))
    if (torn) this.#tear?.gone()
  }

  #with(flags: string, work: (file: number) => void): void {
    const file = openSync(this.#path, flags)
    try {
      work(file)
    } finally {
      closeSync(file)
    }
  }
}

/** Runs cut at page boundaries, in the order of their addresses, parts of one page together. */
export function byPage(runs: readonly { at: number; bytes: Uint8Array }[]): Map<number, Uint8Array> {
  const pages = new Map<number, Uint8Array>()
  for (const { at, bytes } of runs)
    for (let offset = 0; offset < bytes.length; ) {
      const address = at + offset
      const start = address - (address % pageBytes)
      const length = Math.min(bytes.length - offset, start + pageBytes - address)
      const page = pages.get(start) ?? new Uint8Array(pageBytes).fill(0xff)
      page.set(bytes.subarray(offset, offset + length), address - start)
      pages.set(start, page)
      offset += length
    }
  return new Map([...pages].sort(([a], [b]) => a - b))
}

/** A bounded queue that is read as an async iterable. When full, the oldest item goes and is counted. */
export class Mailbox<T> implements AsyncIterable<T> {
  readonly #items: T[] = []
  readonly #limit: number
  #waiting: (() => void)[] = []
  #ended = false
  /** How many items nobody came to read in time. */
  dropped = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  put(item: T): void {
    if (this.#items.length >= this.#limit) {
      this.#items.shift()
      this.dropped++
    }
    this.#items.push(item)
    this.#wake()
  }

  /** No more items will come; readers finish what is there. */
  end(): void {
    this.#ended = true
    this.#wake()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, void> {
    for (;;) {
      const item = this.#items.shift()
      if (item !== undefined) yield item
      else if (this.#ended) return
      else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}

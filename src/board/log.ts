/** Lines that are kept; of a board that runs for days the oldest go. */
const mostLines = 5000

/** What a board prints on its serial port, to look at now or to follow. */
export class BoardLog {
  readonly #lines: string[] = []
  #dropped = 0
  #waiting: (() => void)[] = []

  /** The lines so far, the latest few thousand of them. */
  get lines(): readonly string[] {
    return this.#lines
  }

  write(line: string): void {
    this.#lines.push(line)
    if (this.#lines.length > mostLines) {
      this.#lines.shift()
      this.#dropped++
    }
    this.wake()
  }

  /** Lets those who follow look up, for instance because they have been told to stop. */
  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  /** Every line that is kept, and then each new one, until the signal. */
  async *follow(signal?: AbortSignal): AsyncGenerator<string, void, void> {
    const stop = (): void => this.wake()
    signal?.addEventListener('abort', stop)
    try {
      for (let at = this.#dropped; ; ) {
        if (signal?.aborted === true) return
        at = Math.max(at, this.#dropped)
        const line = this.#lines[at - this.#dropped]
        if (line === undefined) await new Promise<void>((resolve) => this.#waiting.push(resolve))
        else {
          at++
          yield line
        }
      }
    } finally {
      signal?.removeEventListener('abort', stop)
    }
  }
}

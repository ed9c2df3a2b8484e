import type { Bytes } from './bytes.ts'

const hidden = '[secret]'

/** Bytes that will not print: not in a message, a log, JSON, nor an inspected object. Say `reveal()` and mean it. */
export class Secret {
  readonly #bytes: Bytes

  constructor(bytes: Bytes) {
    this.#bytes = bytes
  }

  /** The bytes themselves, for the one place that needs them. */
  reveal(): Bytes {
    return this.#bytes
  }

  toString(): string {
    return hidden
  }

  toJSON(): string {
    return hidden
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return hidden
  }
}

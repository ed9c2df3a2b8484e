/**
 * The connections that Mosquitto's log has announced by their port and not yet named. It refuses a CONNECT in a line without
 * port or client id: where one connection is unnamed it was that one, where there are more nobody knows.
 */
export class UnnamedConnections {
  /** By port; whether it was there while somebody unknown was refused. */
  readonly #ports = new Map<number, { suspect: boolean }>()
  readonly #most: number

  constructor(most: number) {
    this.#most = most
  }

  /** A connection has come. Returns what to call when nothing more is expected of it. */
  announced(port: number): () => void {
    const entry = { suspect: false }
    this.#ports.delete(port)
    this.#ports.set(port, entry)
    const [oldest] = this.#ports.keys()
    if (this.#ports.size > this.#most && oldest !== undefined) this.#ports.delete(oldest)
    return () => {
      if (this.#ports.get(port) === entry) this.#ports.delete(port)
    }
  }

  /** It is known what became of this one. */
  resolved(port: number): void {
    this.#ports.delete(port)
  }

  /** Somebody was refused: the port, if only one can have been. */
  refused(): number | undefined {
    const [only, ...others] = this.#ports.keys()
    if (only !== undefined && others.length === 0) {
      this.#ports.delete(only)
      return only
    }
    for (const entry of this.#ports.values()) entry.suspect = true
    return undefined
  }

  /** Whether this one was there when somebody unknown was refused. */
  suspects(port: number): boolean {
    return this.#ports.get(port)?.suspect === true
  }
}

import { Mailbox } from '../at/index.ts'
import type { Clock } from '../terms/index.ts'
import { readMosquittoLine } from './mosquitto-log.ts'
import type { Observed, Observer } from './observer.ts'
import type { Sighting } from './sighting.ts'

/** Milliseconds that a handshake and its line in the log may lie apart. */
const patience = 10_000
const mostWaiting = 4096

/**
 * Joins what the observer saw of the handshakes with what Mosquitto's log says of sessions, by the port under which the
 * broker knows the connection. A handshake without a session in the log becomes a sighting without one.
 */
export class MosquittoWitness {
  readonly sightings = new Mailbox<Sighting>(mostWaiting)
  readonly #clock: Clock
  readonly #handshakes = new Map<number, Observed>()
  readonly #sessions = new Map<number, { clientId: string; at: number }>()

  constructor(observer: Observer, log: AsyncIterable<string>, clock: Clock) {
    this.#clock = clock
    void this.#watch(observer)
    void this.#read(log)
  }

  async #watch(observer: Observer): Promise<void> {
    for await (const observed of observer.sightings) this.#seen(observed)
    this.sightings.end()
  }

  async #read(log: AsyncIterable<string>): Promise<void> {
    for await (const line of log) {
      const said = readMosquittoLine(line)
      if (said?.kind === 'session') this.#accepted(said.port, said.clientId)
    }
  }

  #seen(observed: Observed): void {
    const port = observed.brokerSeesPort
    const session = this.#sessions.get(port)
    if (observed.refused !== undefined || observed.handshake === 'none') return this.sightings.put(observed)
    if (session !== undefined) return this.#join(port, observed, session)
    this.#handshakes.set(port, observed)
    void this.#clock.sleep(patience).then(() => {
      if (this.#handshakes.delete(port)) this.sightings.put(observed)
    })
  }

  #accepted(port: number, clientId: string): void {
    const session = { clientId, at: this.#clock.now() }
    const observed = this.#handshakes.get(port)
    if (observed !== undefined) return this.#join(port, observed, session)
    this.#sessions.set(port, session)
    // A port number is used again by another connection: what was said of the one before must not wait for it.
    void this.#clock.sleep(patience).then(() => this.#sessions.delete(port))
  }

  #join(port: number, observed: Observed, session: { clientId: string; at: number }): void {
    this.#handshakes.delete(port)
    this.#sessions.delete(port)
    this.sightings.put({ ...observed, clientId: session.clientId, session: session.at })
  }
}

import { Mailbox } from '../at/index.ts'
import type { Clock, Instant } from '../terms/index.ts'
import { displaced, LiveSessions, type Seen } from './live-sessions.ts'
import { type MosquittoLine, readMosquittoLine } from './mosquitto-log.ts'
import type { Sighting } from './sighting.ts'
import { UnnamedConnections } from './unnamed-connections.ts'
import type { Observed } from './watch.ts'

/** Milliseconds that a handshake and its line in the log may lie apart. */
const patience = 10_000
const mostWaiting = 4096

/** What an observer tells. */
interface Sees {
  readonly sightings: AsyncIterable<Observed>
}

/**
 * Joins what the observer saw of the handshakes with what Mosquitto's log says of sessions, by the port under which the
 * broker knows the connection. A handshake without a session in the log becomes a sighting without one. What the log says
 * later of a client id (it came twice, it may not publish there) becomes a sighting of that session, with its certificate.
 */
export class MosquittoWitness {
  readonly sightings = new Mailbox<Sighting>(mostWaiting)
  readonly #clock: Clock
  readonly #handshakes = new Map<number, Observed>()
  readonly #sessions = new Map<number, { clientId: string; at: Instant }>()
  readonly #unnamed = new UnnamedConnections(mostWaiting)
  readonly #live = new LiveSessions(mostWaiting)
  readonly #displaced = new Map<string, Seen>()
  readonly #denials = new WeakSet<Seen>()

  constructor(observer: Sees, log: AsyncIterable<string>, clock: Clock) {
    this.#clock = clock
    void this.#watch(observer)
    void this.#read(log)
  }

  async #watch({ sightings }: Sees): Promise<void> {
    for await (const observed of sightings) this.#seen(observed)
    this.sightings.end()
  }

  async #read(log: AsyncIterable<string>): Promise<void> {
    for await (const line of log) {
      const said = readMosquittoLine(line)
      if (said !== undefined) this.#heard(said)
    }
  }

  #heard(said: MosquittoLine): void {
    switch (said.kind) {
      case 'connection':
        return this.#later(this.#unnamed.announced(said.port), 2 * patience)
      case 'session':
        return this.#accepted(said.port, said.clientId)
      case 'not-authorised':
        return this.#notAuthorised()
      case 'clash':
        return this.#clash(said.clientId)
      case 'denied':
        return this.#denied(said.clientId, said.detail)
      case 'tls-error':
        // Neither whose it was nor why stands in it: the handshake itself tells.
        return undefined
    }
  }

  #seen(observed: Observed): void {
    const port = observed.brokerSeesPort
    const session = this.#sessions.get(port)
    // It proves nothing, whatever becomes of it.
    if (observed.handshake === 'unreadable') return this.sightings.put(observed)
    if (observed.refused !== undefined || observed.handshake === 'none') {
      this.#unnamed.resolved(port)
      return this.sightings.put(observed)
    }
    if (session !== undefined) return this.#join(port, observed, session)
    this.#handshakes.set(port, observed)
    this.#later(() => this.#silent(port, observed))
  }

  /** No line came of it. If a CONNECT was refused meanwhile and nobody knows whose, it may have been this one's. */
  #silent(port: number, observed: Observed): void {
    if (this.#handshakes.get(port) !== observed) return
    this.#handshakes.delete(port)
    const perhaps = this.#unnamed.suspects(port)
    this.sightings.put(
      perhaps
        ? { ...observed, refused: { by: 'broker', reason: 'undecided', candidates: ['not-authorised', 'left'] } }
        : observed,
    )
  }

  #accepted(port: number, clientId: string): void {
    const session = { clientId, at: this.#clock.now() }
    this.#unnamed.resolved(port)
    const observed = this.#handshakes.get(port)
    if (observed !== undefined) return this.#join(port, observed, session)
    this.#live.forget(clientId)
    this.#sessions.set(port, session)
    // A port number is used again by another connection: what was said of the one before must not wait for it.
    this.#later(() => {
      if (this.#sessions.get(port) !== session) return
      this.#sessions.delete(port)
      this.#tellDisplaced(clientId, undefined)
    })
  }

  #join(port: number, observed: Observed, { clientId, at }: { clientId: string; at: Instant }): void {
    this.#handshakes.delete(port)
    this.#sessions.delete(port)
    const seen: Seen = { ...observed, clientId, session: at }
    this.sightings.put(seen)
    this.#live.began(seen)
    this.#tellDisplaced(clientId, seen)
  }

  /** `newer` is undefined where it did not come through the observer. */
  #tellDisplaced(clientId: string, newer: Seen | undefined): void {
    const older = this.#displaced.get(clientId)
    this.#displaced.delete(clientId)
    if (older !== undefined) this.sightings.put(displaced(older, newer))
  }

  /** Mosquitto says it before it says who came. */
  #clash(clientId: string): void {
    const older = this.#live.of(clientId)
    if (older !== undefined && this.#displaced.size < mostWaiting) this.#displaced.set(clientId, older)
  }

  /** Once for each session: an application tries again and again. */
  #denied(clientId: string, detail: string): void {
    const session = this.#live.of(clientId)
    if (session === undefined || this.#denials.has(session)) return
    this.#denials.add(session)
    this.sightings.put({ ...session, refused: { by: 'broker', reason: 'acl-denied', detail } })
  }

  #notAuthorised(): void {
    const port = this.#unnamed.refused()
    const observed = port === undefined ? undefined : this.#handshakes.get(port)
    if (port === undefined || observed === undefined) return
    this.#handshakes.delete(port)
    this.sightings.put({ ...observed, refused: { by: 'broker', reason: 'not-authorised' } })
  }

  #later(then: () => void, ms = patience): void {
    void this.#clock.sleep(ms).then(then)
  }
}

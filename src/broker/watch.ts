import type { Instant } from '../terms/index.ts'
import { type BrokerFiles, unknownFiles } from './refusal/broker-files.ts'
import type { Refused } from './refusal/reason.ts'
import { whyRefused } from './refusal/why.ts'
import { type SeenCertificate, seenCertificate } from './seen-certificate.ts'
import type { Sighting } from './sighting.ts'
import { type Direction, type HandshakeObserver, type HandshakeView, newObserver, observe } from './tls/handshake.ts'

/** What was seen of one connection, and the port by which the broker knows it. */
export interface Observed extends Sighting {
  /** The local port of the connection to the broker: what the broker's log calls the client's port. */
  readonly brokerSeesPort: number
}

/** What one connection is watched with. */
export interface WatchOptions {
  readonly begun: Instant
  readonly peer: string
  readonly now: () => Instant
  /** The files that the broker uses, read when a refusal is to be explained. */
  readonly files: (() => BrokerFiles) | undefined
  readonly tell: (observed: Observed) => void
}

const tls13 = 0x0304

/** One connection being watched; it tells once, and keeps no more than that. */
export class Watch {
  readonly #options: WatchOptions
  #observer: HandshakeObserver | undefined = newObserver
  #told: Observed | undefined
  #brokerSeesPort = 0

  constructor(options: WatchOptions) {
    this.#options = options
  }

  /** Whether it has told all that it will tell. */
  get isOver(): boolean {
    return this.#observer === undefined
  }

  /** What it has told, once it has. */
  get told(): Observed | undefined {
    return this.#told
  }

  /** The certificate that was shown; undefined before that, and where none was seen. */
  get certificate(): SeenCertificate | undefined {
    return this.#told === undefined ? seenCertificate(this.#observer?.view.clientChain ?? []) : this.#told.certificate
  }

  knownAs(port: number): void {
    this.#brokerSeesPort = port
  }

  /** Takes bytes that are about to pass; false where they are none of a TLS handshake. */
  see(from: Direction, chunk: Uint8Array): boolean {
    if (this.#observer === undefined) return true
    this.#observer = observe(this.#observer, from, chunk)
    return this.#observer.view.tls
  }

  /** Tells, if the handshake is over now. After the bytes have passed: reading certificates takes longer than passing them. */
  settle(): void {
    const view = this.#observer?.view
    if (view?.serverHello?.version === tls13) this.unseen()
    else if (view?.finished === true) this.#say(view, handshakeOf(view))
  }

  /** It is over before the handshake was: somebody refused, by an alert in clear or by leaving. */
  ended(by: Direction): void {
    const view = this.#observer?.view
    if (view === undefined) return
    const { now, files } = this.#options
    this.#say(view, 'none', whyRefused(view, by, { now: now(), files: files?.() ?? unknownFiles }))
  }

  /** It was cut here, and not by one of the two. */
  cut(reason: Refused['reason']): void {
    if (this.#observer !== undefined) this.#say(this.#observer.view, 'none', { by: 'witness', reason })
  }

  /** It passes on, and nothing more is read of it. */
  unseen(): void {
    if (this.#observer !== undefined) this.#say(newObserver.view, 'unreadable')
  }

  #say(view: HandshakeView, handshake: Sighting['handshake'], refused?: Refused): void {
    this.#observer = undefined
    const certificate = seenCertificate(view.clientChain ?? [])
    this.#told = {
      at: this.#options.begun,
      peer: this.#options.peer,
      brokerSeesPort: this.#brokerSeesPort,
      handshake,
      ...(certificate !== undefined && { certificate }),
      ...(refused !== undefined && { refused }),
    }
    this.#options.tell(this.#told)
  }
}

/** RFC 5246, 7.3: an abbreviated handshake has neither certificate of the server nor a use of the client's key. */
function handshakeOf({ serverChain }: HandshakeView): Sighting['handshake'] {
  return serverChain.length > 0 ? 'full' : 'resumed'
}

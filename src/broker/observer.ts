import { connect, createServer, type Server, type Socket } from 'node:net'
import { Mailbox } from '../at/index.ts'
import type { Clock, Instant } from '../terms/index.ts'
import { seenCertificate } from './seen-certificate.ts'
import { reasonOfAlert, type Sighting } from './sighting.ts'
import { type Direction, type HandshakeObserver, newObserver, observe } from './tls/handshake.ts'

/** Where an observer listens, and the broker that it stands in front of. */
export interface ObserverOptions {
  readonly clock: Clock
  readonly listen: { readonly host: string; readonly port: number }
  readonly broker: { readonly host: string; readonly port: number }
}

/** What was seen of one connection, and the port by which the broker knows it. */
export interface Observed extends Sighting {
  /** The local port of the connection to the broker: what the broker's log calls the client's port. */
  readonly brokerSeesPort: number
}

const mostSightings = 4096

/**
 * A pass-through listener in front of a broker. It reads the TLS 1.2 handshake, which is in clear, decrypts nothing and
 * changes nothing. Whether an MQTT session followed is not to be seen here: the broker's log says it (mosquitto-log.ts).
 */
export class Observer {
  /** One for each connection, when its handshake is over or it ended. */
  readonly sightings = new Mailbox<Observed>(mostSightings)
  readonly #server: Server
  readonly #options: ObserverOptions
  readonly #open = new Set<Socket>()

  private constructor(server: Server, options: ObserverOptions) {
    this.#server = server
    this.#options = options
  }

  /** Listens; throws what the system throws where it cannot. */
  static async start(options: ObserverOptions): Promise<Observer> {
    const server = createServer({ noDelay: true })
    const observer = new Observer(server, options)
    server.on('connection', (socket) => observer.#serve(socket))
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.listen.port, options.listen.host, resolve)
    })
    return observer
  }

  /** The port that it listens on. */
  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.sightings.end()
  }

  #serve(device: Socket): void {
    const { clock, broker } = this.#options
    const begun = clock.now()
    const far = connect({ ...broker, noDelay: true })
    const watch = new Watch(begun, `${device.remoteAddress}:${device.remotePort}`, (observed) =>
      this.sightings.put(observed),
    )
    for (const socket of [device, far]) {
      this.#open.add(socket)
      socket.on('error', () => {})
    }
    far.once('connect', () => watch.knownAs(far.localPort ?? 0))
    pass(device, far, (chunk) => watch.see('device', chunk))
    pass(far, device, (chunk) => watch.see('broker', chunk))
    device.once('close', () => this.#ended(device, far, watch, 'device'))
    far.once('close', () => this.#ended(far, device, watch, 'broker'))
  }

  #ended(socket: Socket, other: Socket, watch: Watch, by: Direction): void {
    this.#open.delete(socket)
    watch.ended(by)
    if (!other.destroyed) other.end()
  }
}

function pass(from: Socket, to: Socket, see: (chunk: Buffer) => void): void {
  from.on('data', (chunk: Buffer) => {
    see(chunk)
    if (!to.destroyed && !to.write(chunk)) from.pause()
  })
  to.on('drain', () => from.resume())
  from.once('end', () => to.end())
}

/** One connection being watched; it tells once. */
class Watch {
  readonly #begun: Instant
  readonly #peer: string
  readonly #tell: (observed: Observed) => void
  #observer: HandshakeObserver = newObserver
  #brokerSeesPort = 0
  #told = false

  constructor(begun: Instant, peer: string, tell: (observed: Observed) => void) {
    this.#begun = begun
    this.#peer = peer
    this.#tell = tell
  }

  knownAs(port: number): void {
    this.#brokerSeesPort = port
  }

  see(from: Direction, chunk: Uint8Array): void {
    if (this.#told) return
    this.#observer = observe(this.#observer, from, chunk)
    if (this.#observer.view.finished) this.#say({})
  }

  /** It is over before the handshake was: somebody refused, by an alert in clear or by leaving. */
  ended(by: Direction): void {
    if (this.#told) return
    const { alert, tls } = this.#observer.view
    if (!tls) return this.#say({ refused: { by: 'broker', reason: 'not-tls' } })
    if (alert === undefined) return this.#say({ refused: { by, reason: 'left' } })
    this.#say({ refused: { by: alert.by, reason: reasonOfAlert(alert.code, alert.by), alert: alert.code } })
  }

  #say(more: Pick<Sighting, 'refused'>): void {
    this.#told = true
    const { view } = this.#observer
    const certificate = seenCertificate(view.clientChain ?? [])
    // RFC 5246, 7.3: an abbreviated handshake has neither certificate of the server nor a use of the client's key.
    const full = view.serverChain.length > 0
    const handshake = !view.finished ? 'none' : full ? 'full' : 'resumed'
    this.#tell({
      at: this.#begun,
      peer: this.#peer,
      brokerSeesPort: this.#brokerSeesPort,
      handshake,
      ...(certificate !== undefined && { certificate }),
      ...more,
    })
  }
}

import { constants } from 'node:crypto'
import { createServer, type Server, type TLSSocket, type TlsOptions } from 'node:tls'
import { Aedes, type Client } from 'aedes'
import { Mailbox } from '../at/index.ts'
import type { Clock, Instant } from '../terms/index.ts'
import { modemSuites, modemTlsVersion } from './modem-tls.ts'
import { acceptedCertificate, subjectsOf } from './seen-certificate.ts'
import { failureOf, refusalOf } from './embedded-refusals.ts'
import { turnAway } from './turn-away.ts'
import type { Sighting } from './sighting.ts'

/** What an embedded broker needs. PEM texts; the key is in memory only. */
export interface EmbeddedOptions {
  readonly clock: Clock
  readonly host: string
  readonly port: number
  /** Leaf first, then intermediates. */
  readonly serverChain: string
  readonly serverKey: string
  /** The CAs that clients must come from. */
  readonly clientRoots: string
  readonly revocations?: string
}

interface Begun {
  readonly at: Instant
  readonly peer: string
}

const mostSightings = 4096

/**
 * A small MQTT 3.1.1 broker with mutual TLS that knows each client by its certificate and tells what it saw.
 *
 * TLS 1.2, no tickets, no session ids: every handshake is full. A client whose certificate is not good is let through the
 * handshake and refused with CONNACK 5, because Node's TLS would drop it without a word to either side. Mosquitto refuses
 * it in the handshake, with an alert to the device and hardly a word in its log.
 */
export class EmbeddedBroker {
  /** One for each connection, when it became a session or was refused. */
  readonly sightings = new Mailbox<Sighting>(mostSightings)
  readonly #server: Server
  readonly #broker: Aedes
  readonly #clock: Clock
  readonly #begun = new WeakMap<object, Begun>()
  readonly #sockets = new Set<{ destroy(): unknown }>()
  readonly #roots: ReadonlySet<string>

  private constructor(server: Server, broker: Aedes, { clock, clientRoots }: EmbeddedOptions) {
    this.#server = server
    this.#broker = broker
    this.#clock = clock
    this.#roots = subjectsOf(clientRoots)
  }

  /** Starts listening; throws what the system throws where it cannot. */
  static async start(options: EmbeddedOptions): Promise<EmbeddedBroker> {
    const aedes = await Aedes.createBroker({
      // Nobody gets here whose certificate is not good; should that ever change, this door is shut too.
      authenticate: (client, _user, _password, done) => done(null, (client.conn as TLSSocket).authorized),
      authorizeSubscribe: (_client, subscription, done) => {
        // A shared subscription would be granted and never served.
        done(null, subscription.topic.startsWith('$share/') ? null : subscription)
      },
    })
    const server = createServer(tlsOptions(options))
    server.maxConnections = mostConnections
    const broker = new EmbeddedBroker(server, aedes, options)
    broker.#listen()
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(options.port, options.host, resolve)
    })
    return broker
  }

  /** The port that it listens on. */
  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
    await new Promise<void>((resolve) => this.#broker.close(() => resolve()))
    this.sightings.end()
  }

  #listen(): void {
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
      this.#begun.set(socket, { at: this.#clock.now(), peer: `${socket.remoteAddress}:${socket.remotePort}` })
    })
    this.#server.on('tlsClientError', (error, socket) => this.#handshakeFailed(error, socket))
    this.#server.on('secureConnection', (socket) => void this.#secure(socket))
    this.#broker.on('clientReady', (client) => this.#ready(client))
    this.#broker.on('connectionError', (client) => this.#notMqtt(client))
  }

  async #secure(socket: TLSSocket): Promise<void> {
    socket.on('error', () => {})
    const reason = refusalOf(socket)
    if (reason === undefined) return void this.#broker.handle(socket)
    const seen = this.#seen(socket)
    const clientId = await turnAway(socket)
    this.sightings.put({ ...seen, ...(clientId !== undefined && { clientId }), refused: { by: 'broker', reason } })
  }

  #ready(client: Client): void {
    this.sightings.put({ ...this.#seen(client.conn as TLSSocket), clientId: client.id, session: this.#clock.now() })
  }

  #notMqtt(client: Client): void {
    const socket = client.conn as TLSSocket
    this.sightings.put({ ...this.#seen(socket), refused: { by: 'broker', reason: 'not-mqtt' } })
  }

  #handshakeFailed(error: Error & { code?: string }, socket: TLSSocket): void {
    const begun = this.#begunOf(socket)
    this.sightings.put({ ...begun, handshake: 'none', refused: failureOf(error) })
  }

  #seen(socket: TLSSocket): Sighting {
    const leaf = socket.getPeerCertificate(false)?.raw as Buffer | undefined
    const certificate = leaf === undefined ? undefined : acceptedCertificate(Uint8Array.from(leaf), this.#roots)
    return {
      ...this.#begunOf(socket),
      handshake: socket.isSessionReused() ? 'resumed' : 'full',
      ...(certificate !== undefined && { certificate }),
    }
  }

  /** The raw socket below a TLS socket is where the connection began. */
  #begunOf(socket: TLSSocket): Begun {
    const below = (socket as unknown as { _parent?: object })._parent
    const begun = below === undefined ? undefined : this.#begun.get(below)
    return begun ?? { at: this.#clock.now(), peer: `${socket.remoteAddress}:${socket.remotePort}` }
  }
}

/** Milliseconds for a handshake: half of what boards allow themselves. */
const handshakeTimeout = 30_000
const mostConnections = 4096

function tlsOptions(options: EmbeddedOptions): TlsOptions {
  return {
    cert: options.serverChain,
    key: options.serverKey,
    ca: options.clientRoots,
    ...(options.revocations !== undefined && { crl: options.revocations }),
    handshakeTimeout,
    requestCert: true,
    rejectUnauthorized: false,
    minVersion: modemTlsVersion,
    maxVersion: modemTlsVersion,
    ciphers: modemSuites.join(':'),
    // Resumption would skip the certificate and its revocation.
    secureOptions: constants.SSL_OP_NO_TICKET,
  }
}

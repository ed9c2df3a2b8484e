import { createServer, type Server, type TLSSocket } from 'node:tls'
import { Aedes, type Client } from 'aedes'
import { Mailbox } from '../at/index.ts'
import { readCertificate } from '../pki/index.ts'
import type { Bytes, Clock, Instant } from '../terms/index.ts'
import { checkOwnListener } from './check/own-listener.ts'
import { failureOf, refusalOf } from './embedded-refusals.ts'
import { type EmbeddedOptions, longestRecord, sentChain, tlsOptions } from './embedded-tls.ts'
import { displaced, LiveSessions } from './live-sessions.ts'
import { type BrokerFiles, readBrokerFiles } from './refusal/broker-files.ts'
import type { RefusalReason } from './refusal/reason.ts'
import { obey } from './revocations.ts'
import { acceptedCertificate, seenCertificate, subjectsOf } from './seen-certificate.ts'
import { turnAway } from './turn-away.ts'
import type { Sighting } from './sighting.ts'

interface Begun {
  readonly at: Instant
  readonly peer: string
}

const mostSightings = 4096
const mostConnections = 4096

/**
 * A small MQTT 3.1.1 broker with mutual TLS that knows each client by its certificate and tells what it saw.
 *
 * TLS 1.2, no tickets, no session ids: every handshake is full. A client whose certificate is not good is let through the
 * handshake and refused with CONNACK 5, because Node's TLS would drop it without a word to either side. Mosquitto refuses
 * it in the handshake, with an alert to the device and hardly a word in its log.
 *
 * It keeps to a modem's limits, and looks at itself with a modem's eyes before it listens: where no modem could enter it
 * does not start.
 */
export class EmbeddedBroker {
  /** One for each connection, when it became a session or was refused. */
  readonly sightings = new Mailbox<Sighting>(mostSightings)
  readonly #server: Server
  readonly #broker: Aedes
  readonly #clock: Clock
  readonly #clientRoots: string
  /** Their subjects. */
  readonly #roots: ReadonlySet<string>
  #files: BrokerFiles
  readonly #serverChain: readonly Uint8Array[]
  readonly #live = new LiveSessions(mostConnections)
  readonly #begun = new WeakMap<object, Begun>()
  readonly #sockets = new Set<{ destroy(): unknown }>()
  /** Whose certificate is good, with what is known of the session so far. */
  readonly #inside = new Map<TLSSocket, Sighting>()
  #revocations: string | undefined
  #verdict: ReturnType<typeof obey> = () => undefined

  private constructor(server: Server, broker: Aedes, options: EmbeddedOptions) {
    this.#server = server
    this.#broker = broker
    this.#clock = options.clock
    this.#clientRoots = options.clientRoots
    this.#roots = subjectsOf(options.clientRoots)
    this.#files = readBrokerFiles({ roots: options.clientRoots, revocations: false })
    this.#serverChain = sentChain(options)
  }

  /** Starts listening; throws what the system throws where it cannot, and a SectagError `unfit-listener` where no modem could enter. */
  static async start(options: EmbeddedOptions): Promise<EmbeddedBroker> {
    const { clock, serverChain } = options
    await checkOwnListener({ server: createServer(tlsOptions(options)), serverChain, clock })
    const aedes = await Aedes.createBroker({
      // Nobody gets here whose certificate is not good; should that ever change, this door is shut too.
      authenticate: (client, _user, _password, done) => done(null, (client.conn as TLSSocket).authorized),
      authorizeSubscribe: (client, subscription, done) => {
        // A shared subscription would be granted and never served.
        const denied = subscription.topic.startsWith('$share/')
        if (denied) broker.#denied(client, `SUBSCRIBE to ${subscription.topic}`)
        done(null, denied ? null : subscription)
      },
    })
    const server = createServer(tlsOptions(options))
    server.maxConnections = mostConnections
    const broker: EmbeddedBroker = new EmbeddedBroker(server, aedes, options)
    broker.revoke(options.revocations)
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

  /** The lists that it obeys, as they were given. */
  get revocations(): string | undefined {
    return this.#revocations
  }

  /** Obeys these lists from the next certificate on; who is in already stays. Throws where the text holds none that can be used. */
  revoke(lists: string | undefined): void {
    this.#verdict = lists === undefined ? () => undefined : obey(lists)
    this.#revocations = lists
    this.#files = readBrokerFiles({ roots: this.#clientRoots, revocations: lists ?? false })
  }

  /** The sessions that are up. */
  sessions(): { peer: string; clientId?: string; subject?: string; fingerprint?: string }[] {
    const up = [...this.#inside.values()].filter(({ session }) => session !== undefined)
    return up.map(({ peer, clientId, certificate: { subject, fingerprint } = {} }) => ({
      peer,
      ...(clientId !== undefined && { clientId }),
      ...(subject !== undefined && { subject }),
      ...(fingerprint !== undefined && { fingerprint }),
    }))
  }

  /** Cuts every connection of this certificate, also one that has no session yet; returns how many sessions there were. */
  endSessions(fingerprint: string): number {
    const mine = [...this.#inside].filter(([, { certificate }]) => certificate?.fingerprint === fingerprint)
    for (const [socket] of mine) socket.destroy()
    return mine.filter(([, { session }]) => session !== undefined).length
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
    // More in one record would break a modem's connection (TLS-05).
    socket.setMaxSendFragment(longestRecord)
    const reason = refusalOf(socket, { files: this.#files, now: this.#clock.now() }) ?? this.#revoked(socket)
    const seen = this.#seen(socket)
    if (reason === undefined) {
      this.#inside.set(socket, seen)
      socket.once('close', () => this.#inside.delete(socket))
      return void this.#broker.handle(socket)
    }
    const clientId = await turnAway(socket)
    this.sightings.put({ ...seen, ...(clientId !== undefined && { clientId }), refused: { by: 'broker', reason } })
  }

  /** Judged here and not by OpenSSL, which would want a list of the root for the issuing CA too. */
  #revoked(socket: TLSSocket): RefusalReason | undefined {
    const raw = socket.getPeerCertificate(false).raw as Buffer
    return this.#verdict(readCertificate(Uint8Array.from(raw)), this.#clock.now())
  }

  #ready(client: Client): void {
    const socket = client.conn as TLSSocket
    const session = { ...this.#seen(socket), clientId: client.id, session: this.#clock.now() }
    const older = this.#live.of(client.id)
    if (this.#inside.has(socket)) this.#inside.set(socket, session)
    this.sightings.put(session)
    this.#live.began(session)
    socket.once('close', () => {
      if (this.#live.of(client.id) === session) this.#live.forget(client.id)
    })
    // Whose session was still open with this client id is closed by the broker.
    if (older !== undefined) this.sightings.put(displaced(older, session))
  }

  #denied(client: Client | null, detail: string): void {
    const session = client === null ? undefined : this.#live.of(client.id)
    if (session !== undefined)
      this.sightings.put({ ...session, refused: { by: 'broker', reason: 'acl-denied', detail } })
  }

  #notMqtt(client: Client): void {
    const socket = client.conn as TLSSocket
    this.sightings.put({ ...this.#seen(socket), refused: { by: 'broker', reason: 'not-mqtt' } })
  }

  #handshakeFailed(error: Error & { code?: string }, socket: TLSSocket): void {
    const name = (socket as { servername?: string | false | null }).servername
    const refused = failureOf(error, {
      serverChain: this.#serverChain,
      files: this.#files,
      now: this.#clock.now(),
      ...(typeof name === 'string' && { name }),
    })
    const leaf = leafOf(socket)
    const certificate = leaf === undefined ? undefined : seenCertificate([leaf])
    const seen = { ...this.#begunOf(socket), ...(certificate !== undefined && { certificate }) }
    this.sightings.put({ ...seen, handshake: 'none', refused })
  }

  #seen(socket: TLSSocket): Sighting {
    const handshake = socket.isSessionReused() ? 'resumed' : 'full'
    const leaf = leafOf(socket)
    const certificate = leaf === undefined ? undefined : acceptedCertificate(leaf, this.#roots)
    return { ...this.#begunOf(socket), handshake, ...(certificate !== undefined && { certificate }) }
  }

  /** The raw socket below a TLS socket is where the connection began. */
  #begunOf(socket: TLSSocket): Begun {
    const below = (socket as unknown as { _parent?: object })._parent
    const begun = below === undefined ? undefined : this.#begun.get(below)
    return begun ?? { at: this.#clock.now(), peer: `${socket.remoteAddress}:${socket.remotePort}` }
  }
}

function leafOf(socket: TLSSocket): Bytes | undefined {
  const raw = socket.getPeerCertificate(false)?.raw as Buffer | undefined
  return raw === undefined ? undefined : Uint8Array.from(raw)
}

import { connect, createServer, type Server, type Socket } from 'node:net'
import { Mailbox } from '../at/index.ts'
import type { Clock } from '../terms/index.ts'
import { type Connection, connectionOf, isUp } from './connection.ts'
import type { BrokerFiles } from './refusal/broker-files.ts'
import type { Direction } from './tls/handshake.ts'
import { type Observed, Watch } from './watch.ts'

/** Where an observer listens, and the broker that it stands in front of. */
export interface ObserverOptions {
  readonly clock: Clock
  readonly listen: { readonly host: string; readonly port: number }
  readonly broker: { readonly host: string; readonly port: number }
  /** The files that the broker judges by, read anew for each refusal; without them more stays undecided. */
  readonly files?: () => BrokerFiles
  /**
   * What cannot be watched passes all the same, and is told as `unreadable`: no TLS, a handshake that takes too long, more
   * connections at once than are watched. Without it such a connection is cut, so that nothing passes unseen.
   */
  readonly failOpen?: boolean
  /** How many handshakes are watched at once. */
  readonly most?: number
}

const mostSightings = 4096
/** Handshakes at once: each keeps less than 400 kB in the worst case, and some 4 kB in an honest one. */
const mostHandshakes = 512
/** Milliseconds for a handshake: half of what boards allow themselves. */
const patience = 30_000

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
  readonly #connections = new Map<Watch, Socket>()
  #watched = 0

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

  /** The connections that are open and past their handshake. A resumed one has shown no certificate. */
  connections(): Connection[] {
    return [...this.#connections.keys()].flatMap(({ told }) => (isUp(told) ? [connectionOf(told)] : []))
  }

  /** Cuts every connection of this certificate, also one that is still in its handshake; returns how many were past it. */
  cut(fingerprint: string): number {
    const mine = [...this.#connections].filter(([watch]) => watch.certificate?.fingerprint === fingerprint)
    const up = mine.filter(([{ told }]) => isUp(told)).length
    for (const [, device] of mine) device.destroy()
    return up
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
    this.sightings.end()
  }

  #serve(device: Socket): void {
    const watch = this.#watch(device)
    device.on('error', () => {})
    if (this.#watched > (this.#options.most ?? mostHandshakes)) {
      this.#give(watch, 'overload')
      if (this.#options.failOpen !== true) return void device.destroy()
    }
    this.#connections.set(watch, device)
    device.once('close', () => this.#connections.delete(watch))
    const far = connect({ ...this.#options.broker, noDelay: true })
    far.on('error', () => {})
    far.once('connect', () => watch.knownAs(far.localPort ?? 0))
    const drop = (): void => {
      for (const socket of [device, far]) socket.destroy()
    }
    this.#pass(device, far, watch, 'device', drop)
    this.#pass(far, device, watch, 'broker', drop)
    if (!watch.isOver) this.#limit(device, watch, drop)
  }

  #watch(device: Socket): Watch {
    const { clock, files } = this.#options
    this.#watched++
    return new Watch({
      begun: clock.now(),
      peer: `${device.remoteAddress}:${device.remotePort}`,
      now: clock.now,
      files,
      tell: (observed) => {
        this.#watched--
        this.sightings.put(observed)
      },
    })
  }

  /** Bytes go on in any case but one: they are no handshake, and nothing is to pass unseen. */
  #pass(from: Socket, to: Socket, watch: Watch, direction: Direction, drop: () => void): void {
    this.#open.add(from)
    from.on('data', (chunk: Buffer) => {
      if (!this.#see(watch, direction, chunk) && this.#options.failOpen !== true) return drop()
      if (!to.destroyed && !to.write(chunk)) from.pause()
      watch.settle()
    })
    to.on('drain', () => from.resume())
    from.once('end', () => to.end())
    from.once('close', () => {
      this.#open.delete(from)
      watch.ended(direction)
      if (!to.destroyed) to.end()
    })
  }

  #see(watch: Watch, direction: Direction, chunk: Buffer): boolean {
    if (watch.isOver) return true
    if (watch.see(direction, chunk)) return true
    this.#give(watch, 'not-tls')
    return false
  }

  #give(watch: Watch, reason: 'not-tls' | 'overload' | 'stalled'): void {
    if (this.#options.failOpen === true) watch.unseen()
    else watch.cut(reason)
  }

  /** Who opens a connection and says nothing is not waited for. */
  #limit(device: Socket, watch: Watch, drop: () => void): void {
    const over = new AbortController()
    device.once('close', () => over.abort())
    const late = (): void => {
      if (watch.isOver) return
      this.#give(watch, 'stalled')
      if (this.#options.failOpen !== true) drop()
    }
    this.#options.clock.sleep(patience, over.signal).then(late, () => {})
  }
}

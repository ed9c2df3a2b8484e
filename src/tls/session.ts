import { Duplex } from 'node:stream'
import { type Outcome, ok, refused } from '../terms/index.ts'
import { alert } from './alert.ts'
import type { TlsFailure, TlsReason } from './failure.ts'
import { type Shaken, shakeHands } from './handshake.ts'
import { type Incoming, Reader } from './incoming.ts'
import { contentType } from './record.ts'
import { broken, RecordLayer } from './record-layer.ts'
import type { Action, HandshakeOrder, Steps } from './steps.ts'

/** How an open connection ended: a reason where something was wrong, and the alerts that went over the wire. */
export interface TlsEnding {
  readonly by: 'us' | 'peer' | 'line'
  readonly reason?: TlsReason
  readonly sentAlert?: number
  readonly receivedAlert?: number
}

/** A connection on which data can flow. */
export interface TlsConnection {
  readonly stream: Duplex
  /** OpenSSL's name of the cipher suite. */
  readonly suite: string
  /** Whether it went on with an earlier session. */
  readonly resumed: boolean
  readonly ended: Promise<TlsEnding>
}

const warning = 1
const fatal = 2

/** One connection over a wire: first the handshake, then data. */
export class TlsSession {
  readonly #wire: Duplex
  readonly #records: RecordLayer
  readonly #reader: Reader
  readonly #outcome = Promise.withResolvers<Outcome<TlsConnection, TlsFailure>>()
  readonly #ended = Promise.withResolvers<TlsEnding>()
  #steps: Steps<Shaken> | undefined
  #stream: Duplex | undefined
  #over = false

  /** @param wire takes and gives bytes at once; it belongs to the session from now on */
  constructor(wire: Duplex, order: HandshakeOrder) {
    this.#wire = wire
    this.#records = new RecordLayer(order.profile.longestRecord)
    this.#reader = new Reader(this.#records, order.profile.longestChain)
    this.#steps = shakeHands(order)
  }

  /** Shakes hands. However it ends, the wire is ended and its last bytes are on their way; whoever made it destroys it. */
  connect(): Promise<Outcome<TlsConnection, TlsFailure>> {
    this.#wire.on('data', (chunk: Uint8Array) => this.#hear(chunk))
    this.#wire.on('end', () => this.#leave('closed'))
    this.#wire.on('error', (error: NodeJS.ErrnoException) =>
      this.#leave(error.code === 'ECONNRESET' ? 'reset' : 'closed'),
    )
    this.#wire.on('close', () => this.#leave('closed'))
    this.#step()
    return this.#outcome.promise
  }

  /** Gives up, for a reason that is not the server's. */
  give(reason: 'timeout' | 'aborted'): void {
    this.#leave(reason)
  }

  #hear(chunk: Uint8Array): void {
    if (this.#over) return
    this.#records.feed(chunk)
    while (!this.#over) {
      const incoming = this.#reader.next()
      if (incoming === undefined) return
      this.#take(incoming)
    }
  }

  #leave(reason: TlsReason): void {
    if (!this.#over) this.#take(broken(reason))
  }

  #take(incoming: Incoming): void {
    if (this.#steps !== undefined) this.#step(incoming)
    else this.#takeOpen(incoming)
  }

  /**
   * Lets the handshake go on until it waits for something or is over. What it sends goes out as one write: a second write to
   * a server that has already refused us would fail, and its alert would be lost with the socket.
   */
  #step(incoming?: Incoming): void {
    this.#wire.cork()
    this.#goOn(incoming)
    this.#wire.uncork()
  }

  #goOn(incoming?: Incoming): void {
    const steps = this.#steps
    let next = incoming === undefined ? steps?.next() : steps?.next(incoming)
    while (next?.done === false && next.value.do !== 'receive') {
      this.#carryOut(next.value)
      next = steps?.next()
    }
    if (next?.done !== true) return
    this.#steps = undefined
    if (next.value.ok) this.#open(next.value.value)
    else this.#fail(next.value.refusal)
  }

  #carryOut(action: Exclude<Action, { do: 'receive' }>): void {
    if (action.do === 'send') this.#send(action.type, action.content)
    else if (action.do === 'protect-writing') this.#records.protectWriting(action.cipher)
    else this.#records.protectReading(action.cipher)
  }

  #send(type: number, content: Uint8Array, done: () => void = () => {}): void {
    if (this.#wire.writable) this.#wire.write(this.#records.seal(type, content), () => done())
    else done()
  }

  #sendAlert(level: number, number: number): void {
    this.#send(contentType.alert, Uint8Array.of(level, number))
  }

  #fail(failure: TlsFailure): void {
    this.#over = true
    if (failure.sentAlert !== undefined) this.#sendAlert(fatal, failure.sentAlert)
    this.#endWire()
    this.#outcome.resolve(refused(failure))
  }

  #open(shaken: Shaken): void {
    const stream = new Duplex({
      allowHalfOpen: false,
      read: () => void this.#wire.resume(),
      write: (chunk: Uint8Array, _encoding, done) => this.#send(contentType.applicationData, chunk, done),
      final: (done) => {
        this.#end({ by: 'us', sentAlert: alert.closeNotify })
        done()
      },
      destroy: (error, done) => {
        if (!this.#over) this.#tear()
        done(error)
      },
    })
    this.#stream = stream
    this.#outcome.resolve(ok({ stream, ...shaken, ended: this.#ended.promise }))
  }

  #takeOpen(incoming: Incoming): void {
    switch (incoming.is) {
      case 'data':
        if (this.#stream?.push(incoming.body) === false) this.#wire.pause()
        return
      case 'message':
        return this.#sendAlert(warning, alert.noRenegotiation)
      case 'alert':
        if (incoming.number === alert.closeNotify) this.#end({ by: 'peer', receivedAlert: 0, sentAlert: 0 })
        else if (incoming.fatal) this.#end({ by: 'peer', reason: 'alert', receivedAlert: incoming.number })
        return
      case 'change-cipher-spec':
        return this.#end({ by: 'us', reason: 'unexpected-message', sentAlert: alert.unexpectedMessage })
      case 'broken': {
        const { reason, alert: sentAlert } = incoming
        if (sentAlert === undefined) this.#end({ by: 'line', reason })
        else this.#end({ by: 'us', reason, sentAlert })
      }
    }
  }

  #end(ending: TlsEnding): void {
    if (this.#over) return
    this.#over = true
    const { sentAlert } = ending
    if (sentAlert !== undefined) this.#sendAlert(sentAlert === alert.closeNotify ? warning : fatal, sentAlert)
    this.#endWire()
    this.#ended.resolve(ending)
    this.#stream?.push(null)
  }

  /** What still comes is read and thrown away: a socket that is closed over unread bytes would take our last alert with it. */
  #endWire(): void {
    this.#wire.end()
    this.#wire.resume()
  }

  #tear(): void {
    this.#over = true
    this.#wire.destroy()
    this.#ended.resolve({ by: 'us' })
  }
}

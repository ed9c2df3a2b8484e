import { type Bytes, concatBytes } from '../terms/index.ts'
import { Cursor } from './cursor.ts'
import { readServerHello, type ServerHello } from './hello.ts'
import { messageType } from './incoming.ts'
import { type CertificateRequest, readCertificateRequest, readCertificates } from './message.ts'
import { contentType, takeRecord } from './record.ts'

/** What a server answers to a ClientHello before anything is encrypted (RFC 5246 §7.3). */
export interface Flight {
  readonly hello?: ServerHello
  /** DER, in the order in which they were sent. */
  readonly certificates?: readonly Bytes[]
  /** Number of the curve of its half of the key exchange. */
  readonly curve?: number
  readonly request?: CertificateRequest
  /** A fatal alert. */
  readonly alert?: number
  /** The most content that one of its records had, bytes. */
  readonly longestRecord: number
  /** Why no more is read: all was said, or it is no TLS 1.2 that can be read. */
  readonly over?: 'done' | 'alert' | 'not-tls' | 'malformed'
}

/** Before the first byte. */
export const noFlight: Flight = { longestRecord: 0 }

/** Bytes of one handshake message, at most: sixteen times what a modem takes. */
const longestMessage = 65_536

/** Reads what a server sends, in any chunks. Keeps no more than one message and one record; after the end it takes nothing. */
export class FlightReader {
  #flight = noFlight
  #received: Bytes = new Uint8Array(0)
  #partial: Bytes = new Uint8Array(0)

  /** What was read so far. */
  get flight(): Flight {
    return this.#flight
  }

  feed(chunk: Uint8Array): Flight {
    if (this.#flight.over === undefined) this.#received = concatBytes([this.#received, chunk])
    while (this.#flight.over === undefined) {
      const taken = takeRecord(this.#received)
      if (taken.is === 'more') break
      if (taken.is === 'broken') this.#end('not-tls')
      else {
        this.#received = taken.rest
        this.#record(taken.record.type, taken.record.body)
      }
    }
    return this.#flight
  }

  #record(type: number, body: Bytes): void {
    this.#flight = { ...this.#flight, longestRecord: Math.max(this.#flight.longestRecord, body.length) }
    if (type === contentType.alert) return this.#alert(body)
    if (type !== contentType.handshake) return this.#end('malformed')
    this.#partial = concatBytes([this.#partial, body])
    while (this.#flight.over === undefined && this.#partial.length >= 4) {
      const length = new Cursor(this.#partial.subarray(1, 4)).uint(3)
      if (length > longestMessage) return this.#end('malformed')
      if (this.#partial.length < 4 + length) return undefined
      const message = this.#partial.slice(4, 4 + length)
      const number = this.#partial[0] ?? 0
      this.#partial = this.#partial.slice(4 + length)
      this.#message(number, message)
    }
    return undefined
  }

  #alert([level, alert]: Uint8Array): void {
    // One that only warns changes nothing: a server without a certificate of that name says so and goes on.
    if (level === 2 && alert !== undefined) this.#flight = { ...this.#flight, alert, over: 'alert' }
  }

  #message(type: number, body: Bytes): void {
    const read = parts[type]?.(body)
    if (type === messageType.serverHelloDone) this.#end('done')
    else if (read === undefined) this.#end('malformed')
    else this.#flight = { ...this.#flight, ...read }
  }

  #end(over: NonNullable<Flight['over']>): void {
    this.#flight = { ...this.#flight, over }
    this.#received = new Uint8Array(0)
    this.#partial = new Uint8Array(0)
  }
}

const namedCurve = 3
/** A stapled answer about revocation (RFC 6066 §8); it is not asked for. */
const certificateStatus = 22

const parts: Readonly<Record<number, (body: Bytes) => Partial<Flight> | undefined>> = {
  [messageType.helloRequest]: () => ({}),
  [certificateStatus]: () => ({}),
  [messageType.serverHello]: (body) => present('hello', readServerHello(body)),
  [messageType.certificate]: (body) => present('certificates', readCertificates(body)),
  [messageType.certificateRequest]: (body) => present('request', readCertificateRequest(body)),
  [messageType.serverKeyExchange](body) {
    const cursor = new Cursor(body)
    return cursor.uint(1) === namedCurve ? { curve: cursor.uint(2) } : {}
  },
}

function present<K extends keyof Flight>(name: K, value: Flight[K] | undefined): Partial<Flight> | undefined {
  return value === undefined ? undefined : { [name]: value }
}

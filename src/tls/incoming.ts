import { type Bytes, concatBytes } from '../terms/index.ts'
import { Cursor } from './cursor.ts'
import { type Broken, broken, type RecordLayer } from './record-layer.ts'
import { contentType } from './record.ts'

/** Types of handshake messages (RFC 5246 §7.4). */
export const messageType = {
  helloRequest: 0,
  clientHello: 1,
  serverHello: 2,
  certificate: 11,
  serverKeyExchange: 12,
  certificateRequest: 13,
  serverHelloDone: 14,
  certificateVerify: 15,
  clientKeyExchange: 16,
  finished: 20,
} as const

/** One handshake message: its type, its content, and both as they go into the transcript. */
export interface Message {
  readonly is: 'message'
  readonly type: number
  readonly body: Bytes
  readonly raw: Bytes
}

/** What can come in. */
export type Incoming =
  | Message
  | { readonly is: 'change-cipher-spec' }
  | { readonly is: 'alert'; readonly fatal: boolean; readonly number: number }
  | { readonly is: 'data'; readonly body: Bytes }
  | Broken

/** What a handshake message has besides the certificates, at most. */
const allowance = 512

/** Cuts opened records into handshake messages, alerts and data. */
export class Reader {
  readonly #records: RecordLayer
  readonly #longestChain: number
  /** The beginning of a handshake message of which the rest has not come yet. */
  #partial: Bytes = new Uint8Array(0)

  constructor(records: RecordLayer, longestChain: number) {
    this.#records = records
    this.#longestChain = longestChain
  }

  /** The next thing that came in; undefined when more bytes are needed. */
  next(): Incoming | undefined {
    for (;;) {
      const message = this.#message()
      if (message !== undefined) return message
      const record = this.#records.next()
      if (record === undefined || 'is' in record) return record
      if (record.type === contentType.handshake && record.body.length > 0) {
        this.#partial = concatBytes([this.#partial, record.body])
        continue
      }
      // RFC 5246 §6.2.1: no other record within a message, and no empty handshake record.
      if (this.#partial.length > 0 || record.type === contentType.handshake) return broken('unexpected-message')
      return incoming(record.type, record.body)
    }
  }

  #message(): Message | Broken | undefined {
    if (this.#partial.length < 4) return undefined
    const [type = 0] = this.#partial
    const length = new Cursor(this.#partial.subarray(1, 4)).uint(3)
    if (length > this.#longestChain + allowance)
      return broken(type === messageType.certificate ? 'chain-too-large' : 'record-too-large')
    if (this.#partial.length < 4 + length) return undefined
    const raw = this.#partial.slice(0, 4 + length)
    this.#partial = this.#partial.slice(4 + length)
    return { is: 'message', type, body: raw.slice(4), raw }
  }
}

function incoming(type: number, body: Bytes): Incoming {
  if (type === contentType.applicationData) return { is: 'data', body }
  if (type === contentType.alert) {
    const [level = 0, number = 0] = body
    return body.length === 2 ? { is: 'alert', fatal: level === 2, number } : broken('malformed')
  }
  return body.length === 1 && body[0] === 1 ? { is: 'change-cipher-spec' } : broken('malformed')
}

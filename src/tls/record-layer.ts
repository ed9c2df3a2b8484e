import { type Bytes, concatBytes } from '../terms/index.ts'
import { type Alert, alert } from './alert.ts'
import type { RecordCipher } from './cipher.ts'
import type { TlsReason } from './failure.ts'
import { contentType, formatRecord, takeRecord, type WireRecord } from './record.ts'

/** A connection that cannot go on, and what the other side is told about it: nothing where it does not speak TLS. */
export interface Broken {
  readonly is: 'broken'
  readonly reason: TlsReason
  readonly alert?: Alert
}

/** Longest plaintext that any record may have (RFC 5246 §6.2.1). */
const longestPlain = 2 ** 14
/** Longest plaintext of the records that we send: the size that the modem itself can take (TLS-05). */
const longestSent = 2048

interface Direction {
  cipher?: RecordCipher
  /** Records since the keys were taken into use. */
  sequence: number
}

/** The records of one connection, both directions: bytes in, opened records out, and the other way round. */
export class RecordLayer {
  readonly #longestData: number
  #received: Bytes = new Uint8Array(0)
  #reading: Direction = { sequence: 0 }
  #writing: Direction = { sequence: 0 }

  /** @param longestData the most plaintext that a record of application data may carry, bytes */
  constructor(longestData: number) {
    this.#longestData = longestData
  }

  feed(chunk: Uint8Array): void {
    this.#received = concatBytes([this.#received, chunk])
  }

  /** The next record, opened; undefined when more bytes are needed. */
  next(): WireRecord | Broken | undefined {
    const taken = takeRecord(this.#received)
    if (taken.is === 'more') return undefined
    if (taken.is === 'broken') return broken(taken.reason)
    this.#received = taken.rest
    const { type, body } = taken.record
    const { cipher, sequence } = this.#reading
    const plain = cipher === undefined ? body : cipher.open(sequence, type, body)
    this.#reading.sequence++
    if (plain === undefined) return broken('bad-record-mac')
    const longest = type === contentType.applicationData ? this.#longestData : longestPlain
    return plain.length > longest ? broken('record-too-large') : { type, body: plain }
  }

  /** One or more records with this content. */
  seal(type: number, content: Uint8Array): Bytes {
    const records: Bytes[] = []
    for (let at = 0; at < content.length || at === 0; at += longestSent) {
      const plain = content.subarray(at, at + longestSent)
      const { cipher, sequence } = this.#writing
      records.push(formatRecord(type, cipher === undefined ? plain : cipher.seal(sequence, type, plain)))
      this.#writing.sequence++
    }
    return concatBytes(records)
  }

  /** From now on what comes is sealed with these keys. */
  protectReading(cipher: RecordCipher): void {
    this.#reading = { cipher, sequence: 0 }
  }

  /** From now on what goes is sealed with these keys. */
  protectWriting(cipher: RecordCipher): void {
    this.#writing = { cipher, sequence: 0 }
  }
}

const told: Partial<Record<TlsReason, Alert>> = {
  'bad-record-mac': alert.badRecordMac,
  'record-too-large': alert.recordOverflow,
  // TLS-28: no source says what a modem tells; its buffer is too small, so this.
  'chain-too-large': alert.recordOverflow,
  malformed: alert.decodeError,
  'unexpected-message': alert.unexpectedMessage,
}

/** The end of a connection, with the alert that belongs to its reason. */
export function broken(reason: TlsReason): Broken {
  const number = told[reason]
  return { is: 'broken', reason, ...(number !== undefined && { alert: number }) }
}

import { type Bytes, concatBytes } from '../../terms/index.ts'
import { emptyReader, type RecordReader, readRecords, type TlsRecord } from './records.ts'

/** Which way bytes go: from the device, or from the broker. */
export type Direction = 'device' | 'broker'

/** What can be seen of a TLS 1.2 handshake without decrypting anything. */
export interface HandshakeView {
  /** Whether the other side spoke TLS at all. */
  readonly tls: boolean
  readonly serverHello: boolean
  /** The broker's chain, DER, leaf first. */
  readonly serverChain: readonly Bytes[]
  readonly certificateAsked: boolean
  /** The device's chain, DER, leaf first; empty when it showed none; undefined before that. */
  readonly clientChain?: readonly Bytes[]
  /** The device has used its key (CertificateVerify). */
  readonly keyUsed: boolean
  /** Both sides have changed to encryption. */
  readonly finished: boolean
  /** An alert that was sent in clear. */
  readonly alert?: { readonly by: Direction; readonly code: number }
}

interface Side {
  readonly reader: RecordReader
  /** Handshake bytes that are not a whole message yet. */
  readonly partial: Bytes
  readonly encrypted: boolean
}

/** An observer between two chunks. */
export interface HandshakeObserver {
  readonly view: HandshakeView
  readonly device: Side
  readonly broker: Side
}

const newSide: Side = { reader: emptyReader, partial: new Uint8Array(), encrypted: false }

/** Before the first byte of a connection. */
export const newObserver: HandshakeObserver = {
  view: { tls: true, serverHello: false, serverChain: [], certificateAsked: false, keyUsed: false, finished: false },
  device: newSide,
  broker: newSide,
}

/** No handshake message of interest is longer; a chain of certificates above it is not kept. */
const longestMessage = 65_536

/** What is seen after some bytes have passed in one direction. Pure; bounded, whatever is sent. */
export function observe(observer: HandshakeObserver, from: Direction, chunk: Uint8Array): HandshakeObserver {
  const { reader, records } = readRecords(observer[from].reader, chunk)
  let after: HandshakeObserver = { ...observer, [from]: { ...observer[from], reader } }
  for (const record of records) after = takeRecord(after, from, record)
  if (reader.broken) after = { ...after, view: { ...after.view, tls: false } }
  return after
}

function takeRecord(observer: HandshakeObserver, from: Direction, record: TlsRecord): HandshakeObserver {
  const side = observer[from]
  if (side.encrypted) return observer
  switch (record.type) {
    case 'alert': {
      const code = record.body[1]
      return code === undefined ? observer : { ...observer, view: { ...observer.view, alert: { by: from, code } } }
    }
    case 'change-cipher-spec':
      return encrypted({ ...observer, [from]: { ...side, encrypted: true } })
    case 'handshake':
      return takeMessages(observer, from, concatBytes([side.partial, record.body]))
    case 'application-data':
      return observer
  }
}

function encrypted(observer: HandshakeObserver): HandshakeObserver {
  const finished = observer.device.encrypted && observer.broker.encrypted
  return { ...observer, view: { ...observer.view, finished } }
}

function takeMessages(observer: HandshakeObserver, from: Direction, bytes: Bytes): HandshakeObserver {
  let view = observer.view
  let at = 0
  while (bytes.length - at >= 4) {
    const length = read24(bytes, at + 1)
    if (length > longestMessage) return { ...observer, view: { ...view, tls: false } }
    if (bytes.length - at - 4 < length) break
    view = takeMessage(view, from, bytes[at] ?? 0, bytes.slice(at + 4, at + 4 + length))
    at += 4 + length
  }
  return { ...observer, view, [from]: { ...observer[from], partial: bytes.slice(at) } }
}

/** Message types of RFC 5246, 7.4. */
function takeMessage(view: HandshakeView, from: Direction, type: number, body: Bytes): HandshakeView {
  switch (type) {
    case 2:
      return { ...view, serverHello: true }
    case 11:
      return from === 'broker' ? { ...view, serverChain: readChain(body) } : { ...view, clientChain: readChain(body) }
    case 13:
      return { ...view, certificateAsked: true }
    case 15:
      return { ...view, keyUsed: true }
    default:
      return view
  }
}

function read24(bytes: Bytes, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
}

function readChain(body: Bytes): Bytes[] {
  const chain: Bytes[] = []
  for (let at = 3; at + 3 <= body.length; ) {
    const length = read24(body, at)
    if (length === 0 || at + 3 + length > body.length) return chain
    chain.push(body.slice(at + 3, at + 3 + length))
    at += 3 + length
  }
  return chain
}

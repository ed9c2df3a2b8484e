import { type Bytes, concatBytes } from '../../terms/index.ts'
import { type ClientHello, readClientHello, readServerHello, type ServerHello } from './hello.ts'
import { emptyReader, type RecordReader, readRecords, type TlsRecord } from './records.ts'

/** Which way bytes go: from the device, or from the broker. */
export type Direction = 'device' | 'broker'

/** What can be seen of a TLS 1.2 handshake without decrypting anything. */
export interface HandshakeView {
  /** Whether what came was TLS, and no more of it than a handshake has. */
  readonly tls: boolean
  readonly clientHello?: ClientHello
  readonly serverHello?: ServerHello
  /** The broker's chain, DER, leaf first. */
  readonly serverChain: readonly Bytes[]
  readonly certificateAsked: boolean
  /** The device's chain, DER, leaf first; empty when it showed none; undefined before that. */
  readonly clientChain?: readonly Bytes[]
  /** The device has used its key: the content of its CertificateVerify. */
  readonly keyUse?: Bytes
  /** What it signs: each handshake message of both sides in its order, with its header, up to that one. */
  readonly transcript: readonly Bytes[]
  /** Both sides have changed to encryption. */
  readonly finished: boolean
  /** An alert that was sent in clear. */
  readonly alert?: SeenAlert
}

/** An alert and who sent it. */
export interface SeenAlert {
  readonly by: Direction
  readonly code: number
  readonly fatal: boolean
}

interface Side {
  readonly reader: RecordReader
  /** Handshake bytes that are not a whole message yet. */
  readonly partial: Bytes
  /** How many bytes of records came in clear. */
  readonly clear: number
  readonly encrypted: boolean
}

/** An observer between two chunks. */
export interface HandshakeObserver {
  readonly view: HandshakeView
  readonly device: Side
  readonly broker: Side
}

const newSide: Side = { reader: emptyReader, partial: new Uint8Array(), clear: 0, encrypted: false }

/** Before the first byte of a connection. */
export const newObserver: HandshakeObserver = {
  view: { tls: true, serverChain: [], certificateAsked: false, transcript: [], finished: false },
  device: newSide,
  broker: newSide,
}

/** No handshake message of interest is longer; a chain of certificates above it is not kept. */
const longestMessage = 65_536
/** Bytes in clear from one side, and messages of both: more is no handshake, and nobody shall make us keep it. */
const mostClear = 98_304
const mostMessages = 32

/** What is seen after some bytes have passed in one direction. Pure; bounded, whatever is sent. */
export function observe(observer: HandshakeObserver, from: Direction, chunk: Uint8Array): HandshakeObserver {
  const { reader, records } = readRecords(observer[from].reader, chunk)
  let after: HandshakeObserver = { ...observer, [from]: { ...observer[from], reader } }
  for (const record of records) after = takeRecord(after, from, record)
  return reader.broken ? notTls(after) : after
}

function takeRecord(observer: HandshakeObserver, from: Direction, record: TlsRecord): HandshakeObserver {
  const side = observer[from]
  if (side.encrypted || !observer.view.tls) return observer
  const clear = side.clear + record.body.length
  const counted = { ...observer, [from]: { ...side, clear } }
  if (clear > mostClear) return notTls(counted)
  switch (record.type) {
    case 'alert':
      return takeAlert(counted, from, record.body)
    case 'change-cipher-spec':
      return encrypted({ ...counted, [from]: { ...side, clear, encrypted: true } })
    case 'handshake':
      return takeMessages(counted, from, concatBytes([side.partial, record.body]))
    case 'application-data':
      // Data before the keys were changed: TLS 1.3 hides its handshake so, and TLS 1.2 knows nothing of the kind.
      return observer.view.serverHello?.version === tls13 ? observer : notTls(counted)
  }
}

const tls13 = 0x0304

function notTls(observer: HandshakeObserver): HandshakeObserver {
  return { ...observer, view: { ...observer.view, tls: false } }
}

/** A fatal one says why; a `close_notify` behind it says nothing more. */
function takeAlert(observer: HandshakeObserver, by: Direction, body: Bytes): HandshakeObserver {
  const [level, code] = body
  if (code === undefined || observer.view.alert?.fatal === true) return observer
  return { ...observer, view: { ...observer.view, alert: { by, code, fatal: level === 2 } } }
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
    if (length > longestMessage || view.transcript.length === mostMessages) return notTls({ ...observer, view })
    if (bytes.length - at - 4 < length) break
    view = takeMessage(view, from, bytes.slice(at, at + 4 + length))
    at += 4 + length
  }
  return { ...observer, view, [from]: { ...observer[from], partial: bytes.slice(at) } }
}

/** Message types of RFC 5246, 7.4. */
function takeMessage(before: HandshakeView, from: Direction, message: Bytes): HandshakeView {
  const [type = 0] = message
  const body = message.slice(4)
  if (type === 15) return { ...before, keyUse: body }
  const view = before.keyUse === undefined ? { ...before, transcript: [...before.transcript, message] } : before
  switch (type) {
    case 1:
      return { ...view, clientHello: readClientHello(body) }
    case 2:
      return { ...view, serverHello: readServerHello(body) }
    case 11:
      return from === 'broker' ? { ...view, serverChain: readChain(body) } : { ...view, clientChain: readChain(body) }
    case 13:
      return { ...view, certificateAsked: true }
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

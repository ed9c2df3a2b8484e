import { type Bytes, concatBytes } from '../../terms/index.ts'

/** One TLS record (RFC 5246, 6.2.1). */
export interface TlsRecord {
  readonly type: 'change-cipher-spec' | 'alert' | 'handshake' | 'application-data'
  readonly body: Bytes
}

/** A reader of one direction between two chunks. `broken` says that this is not TLS; nothing more is read then. */
export interface RecordReader {
  readonly rest: Bytes
  readonly broken: boolean
}

/** Before the first byte. */
export const emptyReader: RecordReader = { rest: new Uint8Array(), broken: false }

const types: Record<number, TlsRecord['type']> = {
  20: 'change-cipher-spec',
  21: 'alert',
  22: 'handshake',
  23: 'application-data',
}
/** 2^14 and what encryption may add (RFC 5246, 6.2.3). */
const longest = 16_384 + 2048

/** Cuts received bytes into records, whatever the chunks. */
export function readRecords(reader: RecordReader, chunk: Uint8Array): { reader: RecordReader; records: TlsRecord[] } {
  if (reader.broken) return { reader, records: [] }
  const bytes = concatBytes([reader.rest, chunk])
  const records: TlsRecord[] = []
  let at = 0
  while (bytes.length - at >= 5) {
    const type = types[bytes[at] ?? 0]
    const length = ((bytes[at + 3] ?? 0) << 8) | (bytes[at + 4] ?? 0)
    if (type === undefined || bytes[at + 1] !== 3 || length > longest)
      return { reader: { rest: new Uint8Array(), broken: true }, records }
    if (bytes.length - at - 5 < length) break
    records.push({ type, body: bytes.slice(at + 5, at + 5 + length) })
    at += 5 + length
  }
  const rest = bytes.slice(at)
  // A first byte that no record begins with is known at once, without waiting for five.
  const broken = rest.length > 0 && types[rest[0] ?? 0] === undefined
  return { reader: { rest, broken }, records }
}

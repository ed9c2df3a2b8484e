import { type Bytes, concatBytes, type Slot } from '../../terms/index.ts'
import { uint32 } from './flash.ts'

/** What a record says of its slot: it holds this, or nothing any more. */
export type RecordKind = 'written' | 'born' | 'struck'

/** One record of a bank. */
export interface MemoryRecord {
  readonly kind: RecordKind
  readonly slot: Slot
  readonly content: Bytes
  /** Whether the content fits its checksum. */
  readonly whole: boolean
  /** Where its content begins, and where the record ends, in the bank. */
  readonly at: number
  readonly end: number
}

/**
 * 0xC5 0x3A, the kind, four octets of tag, one of type, four of length, two of checksum over the twelve before; then the
 * content and four octets of checksum over it. All numbers most significant octet first. No PEM text has the first octet.
 */
const mark = [0xc5, 0x3a] as const
const kinds = ['written', 'born', 'struck'] as const
const headLength = 14
/** Bytes of the checksum behind the content. */
export const checkLength = 4

/** Bytes that a record takes beside its content. */
export const recordOverhead = headLength + checkLength

/** A record as bytes. */
export function formatRecord(kind: RecordKind, { tag, type }: Slot, content: Bytes = new Uint8Array()): Bytes {
  const begin = concatBytes([
    Uint8Array.of(...mark, kinds.indexOf(kind) + 1),
    uint32(tag),
    Uint8Array.of(type),
    uint32(content.length),
  ])
  return concatBytes([begin, uint16(crc32(begin)), content, uint32(crc32(content))])
}

/** The records of a bank from a place on, in their order. Bytes that are no record, as a cut leaves them, are passed over. */
export function* readRecords(bank: Bytes, from: number): Generator<MemoryRecord, void, void> {
  for (let at = from; at < bank.length; ) {
    const found = recordAt(bank, at)
    if (found !== undefined) yield found
    at = found?.end ?? at + 1
  }
}

function recordAt(bank: Bytes, at: number): MemoryRecord | undefined {
  if (bank[at] !== mark[0] || bank[at + 1] !== mark[1] || at + headLength > bank.length) return undefined
  const head = bank.subarray(at, at + headLength)
  const view = new DataView(bank.buffer, bank.byteOffset + at)
  const kind = kinds[(head[2] ?? 0) - 1]
  if (kind === undefined || view.getUint16(12) !== (crc32(head.subarray(0, 12)) & 0xffff)) return undefined
  const length = view.getUint32(8)
  const end = at + recordOverhead + length
  // What the power did not last for reads as erased.
  const rest = new Uint8Array(length + checkLength).fill(0xff)
  rest.set(bank.subarray(at + headLength, end))
  const content = rest.slice(0, length)
  const whole = new DataView(rest.buffer).getUint32(length) === crc32(content)
  return { kind, slot: { tag: view.getUint32(3), type: head[7] ?? 0 }, content, whole, at: at + headLength, end }
}

function uint16(value: number): Bytes {
  return Uint8Array.of(value >>> 8, value)
}

/** CRC-32 as in ISO 3309 and zlib. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}

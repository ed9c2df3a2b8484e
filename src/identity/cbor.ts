import { decode } from 'cborg'
import type { Bytes } from '../terms/index.ts'

const options = {
  strict: true,
  useMaps: true,
  rejectDuplicateMapKeys: true,
  allowIndefinite: false,
  allowUndefined: false,
}

/** What CBOR says, in its one strict form and with nothing behind it; undefined for anything else. */
export function readCbor(bytes: Bytes): unknown {
  try {
    return decode(bytes, options) as unknown
  } catch {
    return undefined
  }
}

/** The array behind a tag, whose head is given as octets: the messages of modems have one each. */
export function readTagged(bytes: Bytes, head: readonly number[], length: number): readonly unknown[] | undefined {
  if (!head.every((octet, at) => bytes[at] === octet)) return undefined
  const read = readCbor(bytes.slice(head.length))
  return Array.isArray(read) && read.length === length ? read : undefined
}

/** A byte string of this length, or of any. */
export function byteString(value: unknown, length?: number): Bytes | undefined {
  if (!(value instanceof Uint8Array) || (length !== undefined && value.length !== length)) return undefined
  return Uint8Array.from(value)
}

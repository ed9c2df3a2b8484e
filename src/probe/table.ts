import type { Bytes } from '../terms/index.ts'
import { erasedByte, isBlank, mergeStretches, nrf91Flash } from './flash.ts'
import type { Stretch } from './tool.ts'

/** The mark that a table begins with (PROBE-01). */
export const magic = 0xca5c_ad1a

/** Mark, result, IMEI with its pad, count. */
export const headerBytes = 25

/** The longest content of an item (PROBE-09). */
export const longestItem = 4077

/** Where flash ends, and what is erased at once. */
export interface FlashShape {
  readonly flash: Stretch
  readonly pageBytes: number
}

/** Whether bytes begin with the mark. */
export function hasMark(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === magic
}

/** What a table's header says; a writer fills it in. */
export interface TableHeader {
  /** Undefined as long as none was written. */
  readonly result: number | undefined
  /** Undefined where there are no fifteen digits. */
  readonly imei: string | undefined
}

/** Reads a header; undefined where the bytes do not begin with the mark. There is nothing secret in it. */
export function readHeader(bytes: Bytes): TableHeader | undefined {
  if (bytes.length < headerBytes || !hasMark(bytes)) return undefined
  const word = new DataView(bytes.buffer, bytes.byteOffset).getInt32(4, true)
  const text = String.fromCharCode(...bytes.subarray(8, 23))
  return { result: word === -1 ? undefined : word, imei: /^\d{15}$/.test(text) ? text : undefined }
}

/** The pages that tables cover in what was read of flash, wherever they are: what an earlier run, of whomever, left behind. */
export function tablesIn(flash: Bytes, shape: FlashShape): Stretch[] {
  const found: Stretch[] = []
  for (let page = 0; page + headerBytes <= flash.length; page += shape.pageBytes) {
    const bytes = flash.subarray(page)
    if (!hasMark(bytes) || !hasPlaceForImei(bytes)) continue
    const end = Math.ceil((page + tableEnd(bytes)) / shape.pageBytes) * shape.pageBytes
    found.push({ from: shape.flash.from + page, to: shape.flash.from + Math.min(end, flash.length) })
  }
  return mergeStretches(found)
}

/** Erased bytes, or digits: a program that only happens to have the mark at a page's begin has neither there. */
function hasPlaceForImei(bytes: Uint8Array): boolean {
  return bytes.subarray(8, 24).every((byte) => byte === erasedByte || (byte >= 0x30 && byte <= 0x39))
}

/** Where a table ends. One that makes no sense, because it was cut or wiped in part, goes on until the first erased page. */
function tableEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  let at = headerBytes
  for (let item = 0; item < (bytes[24] ?? 0); item++) {
    const length = at + 7 <= bytes.length ? view.getUint16(at + 5, true) : 0
    if (length === 0 || length > longestItem) return firstErasedPage(bytes, at)
    at += 7 + length
  }
  return Math.min(at, bytes.length)
}

function firstErasedPage(bytes: Uint8Array, after: number): number {
  const { pageBytes } = nrf91Flash
  let at = Math.floor(after / pageBytes) * pageBytes
  while (at < bytes.length && !isBlank(bytes.subarray(at, at + pageBytes))) at += pageBytes
  return Math.max(after, at)
}

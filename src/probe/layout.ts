import { type Bytes, concatBytes, type Outcome, ok, refused, type Slot, slotKey } from '../terms/index.ts'
import {
  endOf,
  erasedByte,
  type FlashImage,
  flashOf,
  imageOf,
  isBlank,
  mergeStretches,
  nrf91Flash,
  overlap,
  type Span,
  stretchOf,
  within,
} from './flash.ts'
import type { Stretch } from './tool.ts'

/** What a writer is to give to the modem. */
export interface WriterItem {
  readonly slot: Slot
  readonly content: Bytes
}

/** A writer with its table behind it. */
export interface Laid {
  readonly image: FlashImage
  /** The secret pages: whole pages that hold credentials while the writer runs. */
  readonly secret: Stretch
}

/** Why nothing was laid out. */
export type LayoutProblem =
  | { readonly code: 'no-items' | 'too-many'; readonly count: number }
  | { readonly code: 'too-long'; readonly slot: Slot; readonly bytes: number }
  | { readonly code: 'empty' | 'duplicate' | 'out-of-range'; readonly slot: Slot }
  | { readonly code: 'not-a-page'; readonly page: number }
  | { readonly code: 'overlaps-writer' | 'beyond-flash'; readonly at: Stretch }
  | { readonly code: 'holds-table' | 'no-program' }

/** The mark that a table begins with (PROBE-01). */
const magic = 0xca5c_ad1a

/** Mark, result, IMEI with its pad, count. */
export const headerBytes = 25

/** The longest content of an item (PROBE-09). */
export const longestItem = 4077

/** A count of 255 is what erased flash shows: a writer takes it for no table (PROBE-06). */
const mostItems = 254

/** Where flash ends, and what is erased at once. */
export interface FlashShape {
  readonly flash: Stretch
  readonly pageBytes: number
}

/**
 * Lays credentials out behind a writer, as the open writer reads them (PROBE-01, PROBE-03): in the order given, little
 * endian. Result, IMEI and what is left of the pages are erased bytes that the image says in so many words: a tool may put
 * back what it says nothing of (PROBE-32).
 *
 * @param page the address at which the writer looks for its table
 */
export function layOut(
  writer: FlashImage,
  page: number,
  items: readonly WriterItem[],
  shape: FlashShape = nrf91Flash,
): Outcome<Laid, LayoutProblem> {
  const unwritten = new Uint8Array(20).fill(erasedByte)
  const table = concatBytes([littleEndian(magic, 4), unwritten, Uint8Array.of(items.length), ...items.map(entry)])
  const secret = { from: page, to: Math.ceil((page + table.length) / shape.pageBytes) * shape.pageBytes }
  const problem = itemsProblem(items) ?? placeProblem(writer, secret, shape)
  if (problem !== undefined) return refused(problem)
  const pages: Span = { at: page, bytes: flashOf({ spans: [{ at: page, bytes: table }] }, secret) }
  return ok({ image: imageOf([...writer.spans, pages]), secret })
}

function entry({ slot, content }: WriterItem): Bytes {
  return concatBytes([littleEndian(slot.tag, 4), littleEndian(slot.type, 1), littleEndian(content.length, 2), content])
}

function littleEndian(value: number, bytes: number): Bytes {
  return Uint8Array.from({ length: bytes }, (_, index) => Math.floor(value / 2 ** (8 * index)) & 0xff)
}

function itemsProblem(items: readonly WriterItem[]): LayoutProblem | undefined {
  if (items.length === 0) return { code: 'no-items', count: 0 }
  if (items.length > mostItems) return { code: 'too-many', count: items.length }
  const seen = new Set<string>()
  for (const { slot, content } of items) {
    if (content.length > longestItem) return { code: 'too-long', slot, bytes: content.length }
    if (content.length === 0) return { code: 'empty', slot }
    if (!isWhole(slot.tag, 0xffff_ffff) || !isWhole(slot.type, 0xff)) return { code: 'out-of-range', slot }
    if (seen.has(slotKey(slot))) return { code: 'duplicate', slot }
    seen.add(slotKey(slot))
  }
  return undefined
}

function isWhole(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= most
}

function placeProblem(writer: FlashImage, secret: Stretch, shape: FlashShape): LayoutProblem | undefined {
  if (!isWhole(secret.from, shape.flash.to) || secret.from % shape.pageBytes !== 0)
    return { code: 'not-a-page', page: secret.from }
  if (!startsAtReset(writer)) return { code: 'no-program' }
  const outside = writer.spans.map(stretchOf).find((stretch) => !within(stretch, shape.flash))
  if (outside !== undefined) return { code: 'beyond-flash', at: outside }
  if (hasMark(flashOf(writer, secret))) return { code: 'holds-table' }
  const covered = writer.spans.map(stretchOf).find((stretch) => overlap(stretch, secret))
  if (covered !== undefined) return { code: 'overlaps-writer', at: covered }
  return within(secret, shape.flash) ? undefined : { code: 'beyond-flash', at: secret }
}

/** Whether an image has the two words that a chip starts with: stack pointer and reset vector, at address 0. */
export function startsAtReset({ spans }: FlashImage): boolean {
  const [first] = spans
  return first !== undefined && first.at === 0 && endOf(first) >= 8
}

function hasMark(bytes: Uint8Array): boolean {
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

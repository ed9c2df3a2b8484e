import { type Bytes, concatBytes, type Outcome, ok, refused, type Slot, slotKey } from '../terms/index.ts'
import {
  endOf,
  erasedByte,
  type FlashImage,
  flashOf,
  imageOf,
  nrf91Flash,
  overlap,
  type Span,
  stretchOf,
  within,
} from './flash.ts'
import { type FlashShape, hasMark, longestItem, magic } from './table.ts'
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

/** A count of 255 is what erased flash shows: a writer takes it for no table (PROBE-06). */
const mostItems = 254

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
  const table = concatBytes([head(), Uint8Array.of(items.length), ...items.map(entry)])
  const secret = { from: page, to: Math.ceil((page + table.length) / shape.pageBytes) * shape.pageBytes }
  const problem = itemsProblem(items) ?? placeProblem(writer, secret, shape)
  if (problem !== undefined) return refused(problem)
  const pages: Span = { at: page, bytes: flashOf({ spans: [{ at: page, bytes: table }] }, secret) }
  return ok({ image: imageOf([...writer.spans, pages]), secret })
}

/** A writer with an empty table behind it: it reads the IMEI and writes nothing (PROBE-04). `page` is one at which a table was laid out. */
export function layTrial(writer: FlashImage, page: number, shape: FlashShape = nrf91Flash): FlashImage {
  const table: Span = { at: page, bytes: concatBytes([head(), Uint8Array.of(0)]) }
  const bytes = flashOf({ spans: [table] }, { from: page, to: page + shape.pageBytes })
  return imageOf([...writer.spans, { at: page, bytes }])
}

/** The mark, and room for the result and the IMEI. */
function head(): Bytes {
  return concatBytes([littleEndian(magic, 4), new Uint8Array(20).fill(erasedByte)])
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
  if (covered !== undefined) return { code: 'overlaps-writer', at: shared(covered, secret) }
  return within(secret, shape.flash) ? undefined : { code: 'beyond-flash', at: secret }
}

/** Where two stretches meet. */
function shared(one: Stretch, other: Stretch): Stretch {
  return { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }
}

/** Whether an image has the two words that a chip starts with: stack pointer and reset vector, at address 0. */
export function startsAtReset({ spans }: FlashImage): boolean {
  const [first] = spans
  return first !== undefined && first.at === 0 && endOf(first) >= 8
}

import { type Bytes, concatBytes, type Slot, utf8 } from '../../../src/terms/index.ts'

/** One item of a table, its content as text. */
export interface PageItem extends Slot {
  readonly text: string
}

/** A page laid out by hand, by the description alone: what our own layout is held against, and what the writer reads. */
export function pageByHand(items: readonly PageItem[], length = 0x8000): Bytes {
  const page = new Uint8Array(length).fill(0xff)
  const parts = [Uint8Array.of(0x1a, 0xad, 0x5c, 0xca), new Uint8Array(20).fill(0xff), Uint8Array.of(items.length)]
  page.set(concatBytes([...parts, ...items.map(itemByHand)]))
  return page
}

function itemByHand({ tag, type, text }: PageItem): Bytes {
  const content = utf8(text)
  const header = Uint8Array.of(tag, tag >>> 8, tag >>> 16, tag >>> 24, type, content.length, content.length >>> 8)
  return concatBytes([header, content])
}

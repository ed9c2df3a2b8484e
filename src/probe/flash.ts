import type { Bytes } from '../terms/index.ts'
import type { Stretch } from './tool.ts'

/** Bytes at an address. */
export interface Span {
  readonly at: number
  readonly bytes: Bytes
}

/** Flash as data: spans in rising order of which none touches or overlaps another. */
export interface FlashImage {
  readonly spans: readonly Span[]
}

/** What every nRF91 has for an application: 1 MB of flash in pages of 4 KiB (PROBE-12). */
export const nrf91Flash = { flash: { from: 0, to: 0x10_0000 }, pageBytes: 0x1000 } as const

/** The user information registers of an nRF91: an application may come with words for them, and only an erase of all takes those back (PROBE-14). */
export const nrf91Uicr: Stretch = { from: 0x00ff_8000, to: 0x00ff_9000 }

/** What a flash cell holds after an erase. */
export const erasedByte = 0xff

/** Makes an image of spans in any order; those that touch become one. They must not overlap. */
export function imageOf(spans: readonly Span[]): FlashImage {
  const sorted = spans.filter(({ bytes }) => bytes.length > 0).toSorted((a, b) => a.at - b.at)
  const whole: Span[] = []
  for (const span of sorted) {
    const last = whole.at(-1)
    if (last === undefined || endOf(last) < span.at) whole.push(span)
    else if (endOf(last) > span.at) throw new RangeError(`two spans overlap at ${span.at}`)
    else whole.splice(-1, 1, { at: last.at, bytes: joined(last.bytes, span.bytes) })
  }
  return { spans: whole }
}

function joined(a: Bytes, b: Bytes): Bytes {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** The first address behind a span. */
export function endOf({ at, bytes }: Span): number {
  return at + bytes.length
}

/** Whether two stretches share an address. */
export function overlap(a: Stretch, b: Stretch): boolean {
  return a.from < b.to && b.from < a.to
}

/** Whether a stretch lies in another. */
export function within(inner: Stretch, outer: Stretch): boolean {
  return inner.from >= outer.from && inner.to <= outer.to
}

/** The stretch of a span. */
export function stretchOf(span: Span): Stretch {
  return { from: span.at, to: endOf(span) }
}

/** The whole pages that an image touches, in rising order; neighbours are one stretch. */
export function pagesOf(image: FlashImage, pageBytes: number): Stretch[] {
  return mergeStretches(
    image.spans.map((span) => ({
      from: Math.floor(span.at / pageBytes) * pageBytes,
      to: Math.ceil(endOf(span) / pageBytes) * pageBytes,
    })),
  )
}

/** Stretches in rising order, those that touch or overlap made one. */
export function mergeStretches(stretches: readonly Stretch[]): Stretch[] {
  const merged: Stretch[] = []
  for (const next of stretches.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last === undefined || last.to < next.from) merged.push(next)
    else merged.splice(-1, 1, { from: last.from, to: Math.max(last.to, next.to) })
  }
  return merged
}

/** What is left of stretches where others are taken out of them. */
export function withoutStretches(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  return taken.reduce<Stretch[]>(
    (left, { from, to }) =>
      left
        .flatMap((stretch) => [
          { from: stretch.from, to: Math.min(stretch.to, from) },
          { from: Math.max(stretch.from, to), to: stretch.to },
        ])
        .filter((stretch) => stretch.from < stretch.to),
    [...stretches],
  )
}

/** Whether nothing is programmed there. */
export function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === erasedByte)
}

/** What a stretch of flash holds of an image; where the image says nothing it is erased. */
export function flashOf(image: FlashImage, stretch: Stretch): Bytes {
  const flash = new Uint8Array(stretch.to - stretch.from).fill(erasedByte)
  for (const span of image.spans) {
    if (!overlap(stretchOf(span), stretch)) continue
    const from = Math.max(span.at, stretch.from)
    const part = span.bytes.subarray(from - span.at, Math.min(endOf(span), stretch.to) - span.at)
    flash.set(part, from - stretch.from)
  }
  return flash
}

/** An address as people write it. */
export function addressWords(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(5, '0')}`
}

import { createHash } from 'node:crypto'
import type { Bytes } from '../terms/index.ts'
import { type FlashImage, flashOf, isBlank, overlap, pagesOf } from './flash.ts'
import type { FlashShape } from './table.ts'
import type { Stretch } from './tool.ts'

/**
 * What a run found on a chip and what it may put there, by digests of pages and without any content: with it a later run tells
 * whether somebody else has programmed the chip since that one was cut.
 */
export interface Footprint {
  /** Of each page of flash, when what earlier runs had left was blank. */
  readonly was: readonly string[]
  /** Of the pages of writer and application. Those of its table are not among them: a digest of credentials is kept nowhere. */
  readonly puts: readonly string[]
  /** The pages of its table. */
  readonly secret: Stretch
  /** Whether the application was gone by then. */
  readonly taken: boolean
}

/** As many pages may look like nothing that is known: one that was torn, and the one that a tool was preparing. */
const mostTorn = 2

/** Takes one. */
export function footprintOf(
  flash: Bytes,
  shape: FlashShape,
  more: { readonly images: readonly FlashImage[]; readonly secret: Stretch; readonly taken: boolean },
): Footprint {
  const puts = more.images.flatMap((image) =>
    pagesOf(image, shape.pageBytes)
      .flatMap((stretch) => pagesIn(stretch, shape))
      .filter((page) => !overlap(page, more.secret))
      .map((page) => digest(flashOf(image, page))),
  )
  return {
    was: pagesIn(shape.flash, shape).map((page) => digest(bytesAt(flash, shape, page))),
    puts: [...new Set(puts)],
    secret: more.secret,
    taken: more.taken,
  }
}

/**
 * What became of a chip since: `untouched`: it is as it was found; `ours`: it is as a run leaves it that is cut anywhere;
 * `others`: somebody else has programmed it.
 */
export function changedSince(flash: Bytes, shape: FlashShape, left: Footprint): 'untouched' | 'ours' | 'others' {
  const pages = pagesIn(shape.flash, shape)
  const changed = pages.filter((page, at) => digest(bytesAt(flash, shape, page)) !== left.was[at])
  if (changed.length === 0) return 'untouched'
  const puts = new Set(left.puts)
  const unknown = changed.filter((page) => {
    const bytes = bytesAt(flash, shape, page)
    return !overlap(page, left.secret) && !isBlank(bytes) && !puts.has(digest(bytes))
  })
  return unknown.length > mostTorn ? 'others' : 'ours'
}

function pagesIn({ from, to }: Stretch, { pageBytes }: FlashShape): Stretch[] {
  return Array.from({ length: (to - from) / pageBytes }, (_, index) => {
    const at = from + index * pageBytes
    return { from: at, to: at + pageBytes }
  })
}

function bytesAt(flash: Bytes, shape: FlashShape, { from, to }: Stretch): Bytes {
  return flash.subarray(from - shape.flash.from, to - shape.flash.from)
}

/** 48 bits are enough to tell pages of one chip apart. */
function digest(page: Bytes): string {
  return createHash('sha256').update(page).digest('base64url').slice(0, 8)
}

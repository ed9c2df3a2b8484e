import { createHash } from 'node:crypto'
import type { Bytes } from '../terms/index.ts'
import {
  type FlashImage,
  flashOf,
  isBlank,
  mergeStretches,
  overlap,
  pagesOf,
  within,
  withoutStretches,
} from './flash.ts'
import type { FlashShape } from './table.ts'
import type { Stretch } from './tool.ts'

/**
 * What a run found on the pages that it may change, and what it may put there, by digests and without any content: with it a later
 * run tells whether somebody else has programmed the chip since that one was cut. Of other pages, in which an application may keep
 * its settings, it only knows that something was there.
 */
export interface Footprint {
  /** Of each page that it may change, when what earlier runs had left was blank. */
  readonly was: readonly { readonly at: number; readonly digest: string }[]
  /** Of the pages of writer and application. Those of its table are not among them: a digest of credentials is kept nowhere. */
  readonly puts: readonly string[]
  /** Other pages that were not blank. */
  readonly beside: readonly Stretch[]
  /** The pages of its table. */
  readonly secret: Stretch
  /** Whether the application was gone by then. */
  readonly taken: boolean
}

/** What a run may do to a chip. */
export interface Reach {
  readonly images: readonly FlashImage[]
  /** Pages that it may change beside those of the images. */
  readonly pages: readonly Stretch[]
  readonly secret: Stretch
  readonly taken: boolean
}

/** As many pages may look like nothing that is known: one that was torn, and the one that a tool was preparing. */
const mostTorn = 2

/** Takes one. */
export function footprintOf(flash: Bytes, shape: FlashShape, { images, pages, secret, taken }: Reach): Footprint {
  const ofImage = (image: FlashImage): Stretch[] =>
    pagesOf(image, shape.pageBytes).filter((stretch) => within(stretch, shape.flash))
  const puts = images.flatMap((image) =>
    pagesIn(ofImage(image), shape)
      .filter((page) => !overlap(page, secret))
      .map((page) => digest(flashOf(image, page))),
  )
  const changed = mergeStretches([...pages, secret, ...images.flatMap(ofImage)])
  return {
    was: pagesIn(changed, shape).map((page) => ({ at: page.from, digest: digest(bytesAt(flash, shape, page)) })),
    puts: [...new Set(puts)],
    beside: mergeStretches(
      pagesIn(withoutStretches([shape.flash], changed), shape).filter((page) => !isBlank(bytesAt(flash, shape, page))),
    ),
    secret,
    taken,
  }
}

/**
 * What became of the chip since: `untouched`: those pages are as they were found; `ours`: they are as a run leaves them that is cut
 * anywhere; `others`: somebody else has programmed them, or has erased all.
 */
export function changedSince(flash: Bytes, shape: FlashShape, left: Footprint): 'untouched' | 'ours' | 'others' {
  const { beside } = left
  if (beside.length > 0 && beside.every((stretch) => isBlank(bytesAt(flash, shape, stretch)))) return 'others'
  const puts = new Set(left.puts)
  const changed = left.was
    .map(({ at, digest: was }) => ({ page: { from: at, to: at + shape.pageBytes }, was }))
    .filter(({ page, was }) => digest(bytesAt(flash, shape, page)) !== was)
  if (changed.length === 0) return 'untouched'
  const unknown = changed.filter(({ page }) => {
    const bytes = bytesAt(flash, shape, page)
    return !overlap(page, left.secret) && !isBlank(bytes) && !puts.has(digest(bytes))
  })
  return unknown.length > mostTorn ? 'others' : 'ours'
}

function pagesIn(stretches: readonly Stretch[], { pageBytes }: FlashShape): Stretch[] {
  return stretches.flatMap(({ from, to }) =>
    Array.from({ length: (to - from) / pageBytes }, (_, index) => {
      const at = from + index * pageBytes
      return { from: at, to: at + pageBytes }
    }),
  )
}

function bytesAt(flash: Bytes, shape: FlashShape, { from, to }: Stretch): Bytes {
  return flash.subarray(from - shape.flash.from, to - shape.flash.from)
}

/** 48 bits are enough to tell pages of one chip apart. */
function digest(page: Bytes): string {
  return createHash('sha256').update(page).digest('base64url').slice(0, 8)
}

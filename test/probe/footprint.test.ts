import fc from 'fast-check'
import { expect, test } from 'vitest'
import { imageOf } from '../../src/probe/flash.ts'
import { changedSince, type Footprint, footprintOf } from '../../src/probe/footprint.ts'
import { scaled } from '../support/scale.ts'

const shape = { flash: { from: 0, to: 0x2_0000 }, pageBytes: 0x1000 } as const
/** Those that the run may change; behind them an application keeps its settings. */
const pages = 0x18
const secret = { from: 0x6000, to: 0x8000 }

/** Pages of something, each with bytes of its own. */
function filled(kind: number, count = pages): Uint8Array<ArrayBuffer> {
  return new Uint8Array(count * shape.pageBytes).map((_, at) => (at * 7 + (at >> 12) * 13 + kind * 29) & 0x7f)
}

const old = filled(1, shape.flash.to / shape.pageBytes)
const writer = filled(2, 5)
const application = filled(3, 9)

function left(): Footprint {
  const images = [writer, application].map((bytes) => imageOf([{ at: 0, bytes }]))
  return footprintOf(old, shape, { images, pages: [{ from: 0, to: 0x1_8000 }], secret, taken: false })
}

/** What a page may hold after a cut: as it was, blank, the writer's, the application's; or torn. */
type Holds = 'old' | 'blank' | 'writer' | 'application' | 'torn'

function put(flash: Uint8Array, page: number, holds: Holds): void {
  const [from, to] = [page * shape.pageBytes, (page + 1) * shape.pageBytes]
  const bytes = { old, writer, application, blank: undefined, torn: undefined }[holds]?.slice(from, to)
  if (holds === 'torn') flash.set(filled(4).subarray(from, to - 100), from)
  else flash.set(bytes?.length === shape.pageBytes ? bytes : new Uint8Array(shape.pageBytes).fill(0xff), from)
}

const anyHolds = fc.constantFrom<Holds>('old', 'blank', 'writer', 'application')

test('however a run was cut, with two pages torn at most and anything in its own pages, what is there is ours', () => {
  fc.assert(
    fc.property(
      fc.array(anyHolds, { minLength: pages, maxLength: pages }),
      fc.uniqueArray(fc.nat(pages - 1), { maxLength: 2 }),
      fc.uint8Array({ minLength: 1, maxLength: 100 }),
      (held, torn, key) => {
        const flash = Uint8Array.from(old)
        for (const [page, holds] of held.entries()) put(flash, page, torn.includes(page) ? 'torn' : holds)
        flash.set(key, secret.from)
        expect(changedSince(flash, shape, left())).not.toBe('others')
      },
    ),
    { numRuns: scaled(2000) },
  )
})

test('firmware that neither was there nor was to come is told from three pages on, wherever they are', () => {
  const own = new Set([6, 7])
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.nat(pages - 1).filter((page) => !own.has(page)),
        { minLength: 3 },
      ),
      anyHolds,
      (others, holds) => {
        const flash = Uint8Array.from(old)
        for (let page = 0; page < pages; page++) put(flash, page, others.includes(page) ? 'torn' : holds)
        expect(changedSince(flash, shape, left())).toBe('others')
      },
    ),
    { numRuns: scaled(2000) },
  )
})

test('what nobody has changed is untouched, whatever an application has done to its settings; one byte elsewhere is not', () => {
  const changed = Uint8Array.from(old).fill(0x42, 0x1_8000)
  expect(changedSince(changed, shape, left())).toBe('untouched')
  changed[0x1_7fff] = 0xfe
  expect(changedSince(changed, shape, left())).toBe('ours')
})

test('a chip that was erased whole is told, and one whose application has given up a page of its settings is not', () => {
  const erased = new Uint8Array(old.length).fill(0xff)
  expect(changedSince(erased, shape, left())).toBe('others')
  const settings = Uint8Array.from(old).fill(0xff, 0x1_f000)
  expect(changedSince(settings, shape, left())).toBe('untouched')
})

test('a footprint has no digest of the pages that are to hold credentials', () => {
  const table = imageOf([{ at: secret.from, bytes: filled(5, 2) }])
  const { puts } = footprintOf(old, shape, { images: [table], pages: [], secret, taken: false })
  expect(puts).toEqual([])
})

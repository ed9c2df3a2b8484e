import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findMarker } from '../../src/probe/index.ts'
import { concatBytes, utf8 } from '../../src/terms/index.ts'

interface Fields {
  readonly versions?: number
  readonly page?: number
  readonly chip?: number
  readonly check?: number
}

function marker({ versions = 0x0001_0001, page = 0xf8000, chip = 0x9120, check }: Fields = {}): Uint8Array {
  const words = [versions, page, 0x8000, chip]
  const sum = check ?? ~words.reduce((all, word) => all ^ word, 0)
  return concatBytes([utf8('sectag-writer\n\0\0'), new Uint8Array(Uint32Array.of(...words, sum).buffer)])
}

const found = (...spans: Uint8Array[]): ReturnType<typeof findMarker> =>
  findMarker({ spans: spans.map((bytes, index) => ({ at: index * 0x1000, bytes })) })

test('an image without a marker has none, as the open writer', () => {
  expect(found()).toEqual({ ok: true, value: undefined })
  expect(found(utf8('sectag-writer\n'), new Uint8Array(5000))).toEqual({ ok: true, value: undefined })
})

test('a marker says where the page is, how long it is, and for which chips', () => {
  const code = new Uint8Array(1001).fill(0xbf)
  const value = { version: 1, page: 0xf8000, length: 0x8000, chip: 'nRF91x1' }
  expect(found(code, concatBytes([code, marker(), code]))).toEqual({ ok: true, value })
})

test.each([
  ['two of them', [marker(), marker()], 'twice'],
  ['one that is cut off', [marker().slice(0, 35)], 'damaged'],
  ['one whose check does not hold', [marker({ check: 1 })], 'damaged'],
  ['one of another form', [marker({ versions: 0x0002_0001 })], 'newer'],
  ['one for another chip', [marker({ chip: 0x5340 })], 'newer'],
])('%s: refused, because the page is where a key goes', (_, spans, code) => {
  expect(found(...spans)).toMatchObject({ ok: false, refusal: { code } })
})

test('no single changed bit of a marker gives another page', () => {
  fc.assert(
    fc.property(fc.nat({ max: 36 * 8 - 1 }), fc.integer({ min: 0, max: 0xf_f000 }), (bit, page) => {
      const bytes = marker({ page })
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const outcome = found(bytes)
      expect(outcome.ok ? outcome.value : undefined).toBeUndefined()
    }),
  )
})

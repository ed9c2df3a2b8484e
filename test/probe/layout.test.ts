import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageOf, type LayoutProblem, layOut, type WriterItem, writeHex, readHex } from '../../src/probe/index.ts'
import { flashOf } from '../../src/probe/flash.ts'
import { readHeader, tablesIn } from '../../src/probe/table.ts'
import { bytesOf, fromHex, hex, slotKey } from '../../src/terms/index.ts'
import { scaled } from '../support/scale.ts'

const page = 0x2_b000
const shape = { flash: { from: 0, to: 0x10_0000 }, pageBytes: 0x1000 }
const writer = imageOf([{ at: 0, bytes: bytesOf('stack...reset, and the rest of a writer') }])

function item(tag: number, type: number, text: string): WriterItem {
  return { slot: { tag, type }, content: bytesOf(text) }
}

function laid(items: readonly WriterItem[], at = page, behind = writer) {
  const outcome = layOut(behind, at, items)
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal))
  return outcome.value
}

function problemOf(items: readonly WriterItem[], at = page, behind = writer): LayoutProblem | undefined {
  const outcome = layOut(behind, at, items)
  return outcome.ok ? undefined : outcome.refusal
}

describe('the image equals one that was made by hand', () => {
  test('for one credential', () => {
    const { image, secret } = laid([item(16_842_753, 0, 'root')])
    expect(secret).toEqual({ from: 0x2_b000, to: 0x2_c000 })
    const byHand = '1aad5cca ffffffff ffffffffffffffffffffffffffffffff 01 01000101 00 0400 726f6f74'
    expect(hex(flashOf(image, { from: page, to: page + 36 }))).toBe(byHand.replaceAll(' ', ''))
    expect(hex(flashOf(image, { from: page + 36, to: secret.to }))).toMatch(/^(?:ff)+$/)
  })

  test('for six over two tags, and as the lines of its Intel HEX file', () => {
    const six = [
      item(16_842_753, 0, 'A'),
      item(16_842_753, 1, 'BB'),
      item(16_842_753, 2, 'CCC'),
      item(2_147_483_647, 0, 'D'),
      item(2_147_483_647, 3, '6e72663931'),
      item(2_147_483_647, 4, 'me'),
    ]
    const tiny = imageOf([{ at: 0, bytes: fromHex('0010002009000000') }])
    const { image } = laid(six, page, tiny)
    const byHand = [
      '1aad5cca ffffffff ffffffffffffffffffffffffffffffff 06',
      '01000101 00 0100 41',
      '01000101 01 0200 4242',
      '01000101 02 0300 434343',
      'ffffff7f 00 0100 44',
      'ffffff7f 03 0a00 36653732363633393331',
      'ffffff7f 04 0200 6d65',
    ].join('')
    expect(hex(flashOf(image, { from: page, to: page + 86 }))).toBe(byHand.replaceAll(' ', ''))
    const lines = writeHex(image).split('\n')
    expect(lines.slice(0, 7)).toEqual([
      ':020000040000FA',
      ':080000000010002009000000BF',
      ':020000040002F8',
      ':20B000001AAD5CCAFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF06010001010001004D',
      ':20B020004101000101010200424201000101020300434343FFFFFF7F00010044FFFFFF7F37',
      ':20B04000030A0036653732363633393331FFFFFF7F0402006D65FFFFFFFFFFFFFFFFFFFF59',
      ':20B06000FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF0',
    ])
    expect(lines.slice(7, -2).every((line) => /^:20B[0-9A-F]{3}00F{64}[0-9A-F]{2}$/.test(line))).toBe(true)
    expect(lines.slice(-2)).toEqual([':00000001FF', ''])
  })
})

describe('refused before anything is touched', () => {
  const one = item(7, 0, 'x')

  test('an item of 4,077 bytes is laid out, and one of 4,078 is refused with its length', () => {
    expect(laid([item(7, 1, 'x'.repeat(4077))]).secret.to).toBe(0x2_d000)
    expect(problemOf([one, item(7, 1, 'x'.repeat(4078))])).toEqual({
      code: 'too-long',
      slot: { tag: 7, type: 1 },
      bytes: 4078,
    })
  })

  test('the same slot twice, no item, an empty one, more than 254, and what fits no field', () => {
    expect(problemOf([one, item(8, 0, 'y'), item(7, 0, 'z')])).toEqual({ code: 'duplicate', slot: one.slot })
    expect(problemOf([])).toEqual({ code: 'no-items', count: 0 })
    expect(problemOf([item(7, 0, '')])).toEqual({ code: 'empty', slot: one.slot })
    const many = Array.from({ length: 255 }, (_, tag) => item(tag, 0, 'x'))
    expect(problemOf(many)).toEqual({ code: 'too-many', count: 255 })
    expect(problemOf(many.slice(1))).toBeUndefined()
    expect(problemOf([item(2 ** 32, 0, 'x')])?.code).toBe('out-of-range')
    expect(problemOf([item(7, 256, 'x')])?.code).toBe('out-of-range')
  })

  test('an image that would overlap the writer, below it, in it and above it', () => {
    const large = imageOf([{ at: 0, bytes: new Uint8Array(0x3000) }])
    expect(problemOf([one], 0x2000, large)).toEqual({ code: 'overlaps-writer', at: { from: 0x2000, to: 0x3000 } })
    expect(problemOf([one], 0x3000, large)).toBeUndefined()
    const above = imageOf([
      { at: 0, bytes: new Uint8Array(8) },
      { at: 0x4000, bytes: new Uint8Array(1) },
    ])
    expect(problemOf([item(7, 0, 'x'.repeat(4000)), item(8, 0, 'x'.repeat(200))], 0x3000, above)).toEqual({
      code: 'overlaps-writer',
      at: { from: 0x4000, to: 0x4001 },
    })
  })

  test('a page that is none, data beyond the flash, a writer outside it, and one that starts nothing', () => {
    expect(problemOf([one], page + 4)).toEqual({ code: 'not-a-page', page: page + 4 })
    expect(problemOf([item(7, 0, 'x'.repeat(4077))], 0xf_f000)?.code).toBe('beyond-flash')
    expect(problemOf([item(7, 0, 'x'.repeat(4064))], 0xf_f000)).toBeUndefined()
    const registers = imageOf([...writer.spans, { at: 0xff_8000, bytes: new Uint8Array(4) }])
    expect(problemOf([one], page, registers)).toEqual({
      code: 'beyond-flash',
      at: { from: 0xff_8000, to: 0xff_8004 },
    })
    expect(problemOf([one], page, imageOf([{ at: 0x200, bytes: new Uint8Array(64) }]))?.code).toBe('no-program')
  })

  test('a writer image that holds a table already', () => {
    expect(problemOf([one], page, laid([one]).image)).toEqual({ code: 'holds-table' })
  })
})

/** A reader of the tests' own, which knows nothing of the room. */
function readTable(flash: Uint8Array): { key: string; content: string }[] {
  const table = Buffer.from(flash)
  expect(table.readUInt32LE(0)).toBe(0xca5cad1a)
  const items: { key: string; content: string }[] = []
  let at = 25
  for (let left = table.readUInt8(24); left > 0; left--) {
    const [tag, type, length] = [table.readUInt32LE(at), table.readUInt8(at + 4), table.readUInt16LE(at + 5)]
    items.push({ key: `${tag}/${type}`, content: table.subarray(at + 7, at + 7 + length).toString('latin1') })
    at += 7 + length
  }
  return items
}

const anyItems = fc.uniqueArray(
  fc.record({
    slot: fc.record({ tag: fc.nat(0xffff_ffff), type: fc.nat(11) }),
    content: fc.uint8Array({ minLength: 1, maxLength: 4077 }).map((bytes) => Uint8Array.from(bytes)),
  }),
  { minLength: 1, maxLength: 12, selector: ({ slot }) => slotKey(slot) },
)

test('whatever is laid out, another reader finds the same items in its Intel HEX file, and all of it in the secret pages', () => {
  fc.assert(
    fc.property(anyItems, fc.integer({ min: 1, max: 200 }), (items, at) => {
      const { image, secret } = laid(items, at * 0x1000)
      const back = readHex(writeHex(image))
      if (!back.ok) throw new Error(back.refusal.text)
      expect(back.value).toEqual(image)
      const flash = flashOf(back.value, { from: 0, to: 0x10_0000 })
      const expected = items.map(({ slot, content }) => ({ key: slotKey(slot), content: latin1(content) }))
      expect(readTable(flash.subarray(secret.from, secret.to))).toEqual(expected)
      expect(tablesIn(flash, shape)).toEqual([secret])
      const without = flash.slice()
      without.fill(0xff, secret.from, secret.to)
      expect(latin1(without)).toBe(latin1(flashOf(writer, { from: 0, to: 0x10_0000 })))
    }),
    { numRuns: scaled(1000) },
  )
})

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

describe('what lies in flash', () => {
  test('a table is found that was cut or wiped in part, up to the first erased page', () => {
    const items = [item(7, 0, 'x'.repeat(4000)), item(7, 1, 'y'.repeat(4000)), item(7, 2, 'z'.repeat(1000))]
    const { image, secret } = laid(items)
    expect(secret).toEqual({ from: 0x2_b000, to: 0x2_e000 })
    const flash = flashOf(image, shape.flash)
    const cut = flash.slice()
    cut.fill(0xff, secret.from + 0x1000, secret.to)
    expect(tablesIn(cut, shape)).toEqual([{ from: 0x2_b000, to: 0x2_d000 }])
    const wiped = flash.slice()
    wiped.fill(0, secret.from + 25, secret.from + 0x400)
    expect(tablesIn(wiped, shape)).toEqual([secret])
  })

  test('a program that has the mark at the begin of a page is no table', () => {
    const flash = flashOf(
      imageOf([{ at: page, bytes: fromHex('1aad5cca00480047fff7fefff8b5044614ad2868f8b50446aa') }]),
      shape.flash,
    )
    expect(tablesIn(flash, shape)).toEqual([])
  })

  test('a header tells result and IMEI only where a writer has put them there', () => {
    const head = (result: string, imei: string) => readHeader(fromHex(`1aad5cca${result}${imei}03`))
    const nobody = 'ff'.repeat(16)
    const digits = `${Buffer.from('350457790000001').toString('hex')}ff`
    expect(head('ffffffff', nobody)).toEqual({ result: undefined, imei: undefined })
    expect(head('00000000', digits)).toEqual({ result: 0, imei: '350457790000001' })
    expect(head('eaffffff', digits)).toEqual({ result: -22, imei: '350457790000001' })
    expect(readHeader(fromHex('ff'.repeat(25)))).toBeUndefined()
    expect(readHeader(fromHex('1aad5cca'))).toBeUndefined()
  })
})

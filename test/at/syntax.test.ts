import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bare, fields, fixed, int, optional, quoted, quotedBytes, splitParams, valueList } from '../../src/at/index.ts'

const text = fc.string({ unit: fc.constantFrom(...'abcXYZ019 ,.;:+-/=\r\n%'.split('')) })

test('fields() reads back whatever it wrote, optional ones left out or not', () => {
  const codec = fields({
    op: fixed('0'),
    tag: int(),
    content: quoted,
    password: optional(quoted),
    last: optional(int()),
  })
  fc.assert(
    fc.property(
      fc.record({
        tag: fc.nat(),
        content: text,
        password: fc.option(text, { nil: undefined }),
        last: fc.option(fc.nat(), { nil: undefined }),
      }),
      ({ tag, content, password, last }) => {
        const value = { tag, content, ...(password !== undefined && { password }), ...(last !== undefined && { last }) }
        expect(codec.parse(codec.format(value))).toEqual(value)
      },
    ),
  )
})

test('quotedBytes carries every byte but the quote', () => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => array.filter((byte) => byte !== 0x22))
  fc.assert(
    fc.property(bytes, (value) => {
      expect(quotedBytes.parse(quotedBytes.format(value))).toEqual(value)
    }),
  )
})

test('splitParams() splits at commas outside quotes only, and keeps empty parameters', () => {
  expect(splitParams('1, 42,"a,b\r\nc",,')).toEqual(['1', '42', '"a,b\r\nc"', '', ''])
})

test('splitParams() refuses a quote that is never closed', () => {
  expect(() => splitParams('0,42,0,"-----BEGIN')).toThrow(/closed quotes/)
})

test('int() refuses signs, blanks, hexadecimal and what is out of bounds', () => {
  for (const wrong of ['', '-1', '+1', ' 1', '1.0', '0x10', '4294967296', '1e3', 'OK']) {
    expect(() => int().parse(wrong), wrong).toThrow(/expected a number/)
  }
})

test('bare() refuses what has not its shape', () => {
  expect(() => bare(/^\d{15}$/, 'fifteen digits').parse('12')).toThrow(/fifteen digits/)
})

test('a parameter too many is an error, not ignored', () => {
  expect(() => fields({ tag: int() }).parse('1,2')).toThrow(/at most 1/)
})

test('quoted() will not write a quote inside a quote, because the language has no escape (AT-13)', () => {
  expect(() => quoted.format('a"b')).toThrow(/double quote/)
})

test('valueList spells ranges out', () => {
  expect(valueList.parse('(0-3,7)')).toEqual([0, 1, 2, 3, 7])
  expect(valueList.parse(valueList.format([0, 1, 4, 20]))).toEqual([0, 1, 4, 20])
})

test('no error of a codec repeats what it was given, which may be a secret', () => {
  try {
    fields({ op: fixed('0'), key: int() }).parse('0,SECRETSECRET')
    expect.unreachable()
  } catch (error) {
    expect(String(error)).not.toContain('SECRET')
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { der, derBits, derInteger, derNamedBits, derOid, derTag, readDer } from '../../src/pki/index.ts'
import { derTime, readBits, readOid, readUnsigned } from '../../src/pki/der-values.ts'
import { readWhole } from '../../src/pki/der.ts'
import { fromUtf8, hex } from '../../src/terms/index.ts'
import { findProgram, needs, output } from '../support/outside.ts'
import { folderWith } from '../support/authority.ts'

const bytes = fc.uint8Array({ maxLength: 400 }).map((value) => Uint8Array.from(value))

test('what is written as an element is read back, with nothing behind it', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      const written = der(derTag.octets, value)
      expect(readWhole(written, derTag.octets).value).toEqual(value)
      expect(() => readWhole(der(derTag.octets, value, Uint8Array.of(1)).slice(0, -1), derTag.octets)).toThrow()
    }),
  )
})

test('bytes that are no DER are an error of their own, never a crash', () => {
  fc.assert(
    fc.property(bytes, (value) => {
      try {
        expect(readDer(value).end).toBeLessThanOrEqual(value.length)
      } catch (error) {
        expect(error).toMatchObject({ code: 'der' })
      }
    }),
  )
})

test('an INTEGER is the shortest and never negative, from a number and from octets (X.690, 8.3)', () => {
  expect([0, 127, 128, 255, 256, 600_000].map((value) => hex(derInteger(value)))).toEqual([
    '020100',
    '02017f',
    '02020080',
    '020200ff',
    '02020100',
    '02030927c0',
  ])
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 159n }), (value) => {
      const octets = Uint8Array.from(Buffer.from(value.toString(16).padStart(48, '0'), 'hex'))
      const written = derInteger(octets)
      expect(BigInt(`0x${hex(readUnsigned(readDer(written)))}`)).toBe(value)
      expect(written[2] === 0 ? (written[3] ?? 0x80) >= 0x80 : (written[2] ?? 0) < 0x80).toBe(true)
    }),
  )
  expect(() => derInteger(-1)).toThrow()
  expect(() => readUnsigned(readDer(Uint8Array.of(2, 1, 0x80)))).toThrow(/negative/)
})

test('an OBJECT IDENTIFIER is read as it was written', () => {
  fc.assert(
    fc.property(fc.constantFrom(0, 1, 2), fc.nat(39), fc.array(fc.nat(2 ** 31), { maxLength: 9 }), (a, b, rest) => {
      const dotted = [a, b, ...rest].join('.')
      expect(readOid(readDer(derOid(dotted)))).toBe(dotted)
    }),
  )
})

test('named bits lose the zeros at their end (KEY-15)', () => {
  expect(hex(derNamedBits('111010000'))).toBe('030203e8')
  expect(hex(derNamedBits('000000000'))).toBe('030100')
  expect(hex(derNamedBits('100000001'))).toBe('0303078080')
  expect(hex(readBits(readDer(derBits(Uint8Array.of(1, 2)))))).toBe('0102')
})

test('times are UTCTime up to 2049 and GeneralizedTime after it (RFC 5280, 4.1.2.5)', () => {
  const text = (instant: number): string => {
    const written = readDer(derTime(instant))
    return `${written.tag} ${fromUtf8(written.value)}`
  }
  expect(text(Date.UTC(2026, 10, 22, 6, 55, 1))).toBe('23 261122065501Z')
  expect(text(Date.UTC(2049, 11, 31, 23, 59, 59))).toBe('23 491231235959Z')
  expect(text(Date.UTC(2050, 0, 1))).toBe('24 20500101000000Z')
})

const openssl = findProgram('openssl', 'SECTAG_OPENSSL')

needs('openssl', openssl !== undefined)('openssl reads OIDs, numbers and times as they were meant', () => {
  const content = der(derTag.sequence, derOid('1.3.6.1.5.5.7.3.2'), derInteger(70_000), derTime(Date.UTC(2050, 0, 1)))
  const files = folderWith({ 'a.der': content })
  const told = output(openssl ?? '', ['asn1parse', '-inform', 'DER', '-in', files.path('a.der')])
  files.clear()
  expect(told).toMatch(/TLS Web Client Authentication/)
  expect(told).toMatch(/INTEGER\s+:011170/)
  expect(told).toMatch(/GENERALIZEDTIME\s+:20500101000000Z/)
})

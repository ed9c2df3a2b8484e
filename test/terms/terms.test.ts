import { inspect } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  byteText,
  bytesOf,
  concatBytes,
  isoTime,
  reaches,
  relativeTime,
  Secret,
  sameBytes,
  seededRandom,
  utf8,
  virtualClock,
} from '../../src/terms/index.ts'

test('bytesOf() and byteText() are inverse for all bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
      expect(bytesOf(byteText(bytes))).toEqual(bytes)
    }),
    { numRuns: 20 },
  )
})

test('bytesOf() refuses a character that is no byte', () => {
  expect(() => bytesOf('€')).toThrow(RangeError)
})

test('concatBytes() keeps order, sameBytes() sees one changed bit', () => {
  const whole = concatBytes([utf8('ab'), utf8(''), utf8('c')])
  expect(sameBytes(whole, utf8('abc'))).toBe(true)
  expect(sameBytes(whole, utf8('abb'))).toBe(false)
  expect(sameBytes(whole, utf8('ab'))).toBe(false)
})

test('a secret prints nowhere', () => {
  const secret = new Secret(utf8('hunter2'))
  for (const text of [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { depth: 9, showHidden: true }),
  ]) {
    expect(text).not.toContain('hunter2')
    expect(text).toContain('[secret]')
  }
})

test('a virtual clock wakes its sleepers in their order, and an abort takes one out', async () => {
  const clock = virtualClock(1000)
  const woken: string[] = []
  const stop = new AbortController()
  const sleeps = [300, 100, 200].map((ms) => clock.sleep(ms).then(() => woken.push(`${ms}@${clock.now()}`)))
  const aborted = clock.sleep(150, stop.signal).catch(() => woken.push('aborted'))
  stop.abort()
  await aborted
  for (let step = 0; step < 3; step++) {
    clock.advance(100)
    await Promise.resolve()
    await Promise.resolve()
  }
  await Promise.all(sleeps)
  expect(woken).toEqual(['aborted', '100@1100', '200@1200', '300@1300'])
})

test('a seeded generator repeats itself, and another seed does not', () => {
  expect(seededRandom('a').bytes(32)).toEqual(seededRandom('a').bytes(32))
  expect(seededRandom('a').bytes(32)).not.toEqual(seededRandom('b').bytes(32))
  const dice = seededRandom('dice')
  const rolls = Array.from({ length: 6000 }, () => dice.below(6))
  for (let face = 0; face < 6; face++) expect(rolls.filter((roll) => roll === face).length).toBeGreaterThan(850)
})

test('times are UTC, ISO 8601, and a distance in words', () => {
  const now = Date.UTC(2026, 10, 22, 6, 55)
  expect(isoTime(now)).toBe('2026-11-22T06:55:00Z')
  expect(relativeTime(now + 23 * 86_400_000, now)).toBe('in 23 days')
  expect(relativeTime(now - 3_600_000, now)).toBe('1 hour ago')
})

test('a grade reaches itself and what is below it', () => {
  expect(reaches('digest', 'presence')).toBe(true)
  expect(reaches('digest', 'digest')).toBe(true)
  expect(reaches('rehearsed', 'session')).toBe(false)
})

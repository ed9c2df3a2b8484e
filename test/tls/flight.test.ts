import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bytes, concatBytes } from '../../src/terms/index.ts'
import { uint, vector } from '../../src/tls/cursor.ts'
import { type Flight, FlightReader } from '../../src/tls/flight.ts'
import { certificates, formatMessage } from '../../src/tls/message.ts'
import { contentType, formatRecord } from '../../src/tls/record.ts'
import { scaled } from '../support/scale.ts'

const runs = { numRuns: scaled(100_000, 200) }
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Uint8Array.from(array))

const ticket = concatBytes([uint(35, 2), vector(2)])
const hello = concatBytes([
  uint(0x0303, 2),
  new Uint8Array(32),
  vector(1),
  uint(0xc02b, 2),
  uint(0, 1),
  vector(2, ticket),
])
const exchange = concatBytes([
  uint(3, 1),
  uint(23, 2),
  vector(1, new Uint8Array(65)),
  uint(0x0403, 2),
  vector(2, uint(1, 1)),
])
const request = concatBytes([vector(1, uint(64, 1)), vector(2, uint(0x0403, 2)), vector(2, vector(2, uint(7, 3)))])
const chain = [new Uint8Array(400).fill(1), new Uint8Array(300).fill(2)]
const messages: readonly [number, Bytes][] = [
  [2, hello],
  [11, certificates(chain)],
  [12, exchange],
  [13, request],
  [14, new Uint8Array(0)],
]
const whole = concatBytes(messages.map(([type, body]) => formatMessage(type, body)))

/** A stream of handshake bytes in records of these lengths. */
function records(content: Bytes, lengths: readonly number[]): Bytes {
  const parts: Bytes[] = []
  for (let at = 0, turn = 0; at < content.length; turn++) {
    const length = lengths[turn % lengths.length] ?? content.length
    parts.push(formatRecord(contentType.handshake, content.slice(at, at + length)))
    at += length
  }
  return concatBytes(parts)
}

function read(stream: Bytes, chunk: number): Flight {
  const reader = new FlightReader()
  for (let at = 0; at < stream.length; at += chunk) reader.feed(stream.slice(at, at + chunk))
  return reader.flight
}

test('a flight reads the same in any records and any chunks: hello, chain, curve, demand and end', () => {
  const expected = read(records(whole, [whole.length]), whole.length)
  expect(expected).toMatchObject({ over: 'done', curve: 23, hello: { suite: 0xc02b, extensions: [35] } })
  expect(expected.certificates).toEqual(chain)
  expect(expected.request).toEqual({ kinds: [64], signatures: [0x0403], authorities: [uint(7, 3)] })
  const lengths = fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(lengths, fc.integer({ min: 1, max: 700 }), (list, chunk) => {
      const { longestRecord, ...flight } = read(records(whole, list), chunk)
      expect(longestRecord).toBeLessThanOrEqual(Math.max(...list))
      expect({ ...flight, longestRecord: expected.longestRecord }).toEqual(expected)
    }),
    { numRuns: scaled(5000, 100) },
  )
})

test('a flight that is cut shows what was whole, and is not over', () => {
  const stream = records(whole, [whole.length])
  for (let length = 0; length < stream.length; length += 7)
    expect(read(stream.slice(0, length), 50)).toEqual({ longestRecord: 0 })
  const pieces = records(whole, [100])
  for (let length = 0; length < pieces.length - 10; length += 7)
    expect(read(pieces.slice(0, length), 50).over).toBeUndefined()
})

test('whatever bytes come, a flight is read or ended, and never an exception', () => {
  const stream = records(whole, [600])
  const changes = fc.array(fc.tuple(fc.nat(stream.length - 1), fc.nat(255)), { maxLength: 8 })
  fc.assert(
    fc.property(changes, bytes, fc.integer({ min: 1, max: 2000 }), (list, tail, chunk) => {
      const changed = Uint8Array.from(stream)
      for (const [at, value] of list) changed[at] = value
      const { certificates: found = [] } = read(concatBytes([changed, tail]), chunk)
      expect(concatBytes([...found]).length).toBeLessThan(stream.length + tail.length)
      read(tail, chunk)
    }),
    runs,
  )
})

test('an alert that warns is passed over, a fatal one ends it, and a message of any length is not waited for', () => {
  const alert = (level: number, number: number): Bytes => formatRecord(contentType.alert, Uint8Array.of(level, number))
  const named = concatBytes([alert(1, 112), records(whole, [4000])])
  expect(read(named, 999)).toMatchObject({ over: 'done' })
  expect(read(alert(2, 40), 3)).toMatchObject({ over: 'alert', alert: 40 })
  const endless = formatRecord(contentType.handshake, concatBytes([uint(11, 1), uint(70_000, 3), new Uint8Array(100)]))
  expect(read(endless, 50).over).toBe('malformed')
  expect(read(Uint8Array.from(Buffer.from('HTTP/1.1 400')), 4).over).toBe('not-tls')
})

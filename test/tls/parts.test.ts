import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { recordCipher } from '../../src/tls/cipher.ts'
import { Cursor, uint, vector } from '../../src/tls/cursor.ts'
import { clientHello, readServerHello } from '../../src/tls/hello.ts'
import { type Incoming, Reader } from '../../src/tls/incoming.ts'
import {
  certificates,
  formatMessage,
  readCertificateRequest,
  readCertificates,
  readKeyExchange,
} from '../../src/tls/message.ts'
import { directionKeys, prf } from '../../src/tls/prf.ts'
import { contentType, formatRecord } from '../../src/tls/record.ts'
import { RecordLayer } from '../../src/tls/record-layer.ts'
import { type CipherSuite, cipherSuite } from '../../src/tls/suite.ts'
import { gcmProfile } from '../../src/tls/index.ts'
import { type Bytes, concatBytes, hex, utf8 } from '../../src/terms/index.ts'
import { scaled } from '../support/scale.ts'

const runs = { numRuns: scaled(5000, 100) }
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Uint8Array.from(array))
const suites = gcmProfile.suites.flatMap((id): readonly CipherSuite[] =>
  [cipherSuite(id)].filter((suite) => suite !== undefined),
)

test('the pseudo-random function gives the published vector for SHA-256', () => {
  const secret = Buffer.from('9bbe436ba940f017b17652849a71db35', 'hex')
  const seed = Buffer.from('a0ba9f936cda311827a6f796ffd5198c', 'hex')
  expect(hex(prf('sha256', secret, 'test label', seed, 100))).toBe(
    'e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a' +
      '6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab' +
      '4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff701' +
      '87347b66',
  )
})

test('a vector reads back as what was put in it, and a cursor never reads beyond the end', () => {
  fc.assert(
    fc.property(bytes, fc.constantFrom(2 as const, 3 as const), (content, size) => {
      const cursor = new Cursor(vector(size, content))
      expect(cursor.vector(size)).toEqual(content)
      expect(cursor.whole).toBe(true)
      expect(cursor.uint(2)).toBe(0)
      expect(cursor.whole).toBe(false)
    }),
    runs,
  )
})

test.each(suites)('$name: what one side seals the other opens, and nothing that was changed on the way', (suite) => {
  const random = new Uint8Array(32).fill(7)
  const keys = directionKeys(suite, new Uint8Array(48).fill(9), { client: random, server: random })
  fc.assert(
    fc.property(bytes, fc.nat(2 ** 31), fc.nat(), fc.integer({ min: 1, max: 255 }), (plain, sequence, at, change) => {
      const cipher = recordCipher(suite, keys.client)
      const sealed = cipher.seal(sequence, contentType.applicationData, plain)
      expect(cipher.open(sequence, contentType.applicationData, sealed)).toEqual(plain)
      expect(cipher.open(sequence + 1, contentType.applicationData, sealed)).toBeUndefined()
      expect(cipher.open(sequence, contentType.alert, sealed)).toBeUndefined()
      const where = at % sealed.length
      sealed[where] = (sealed[where] ?? 0) ^ change
      expect(cipher.open(sequence, contentType.applicationData, sealed)).toBeUndefined()
    }),
    { numRuns: scaled(1000, 50) },
  )
})

function read(chunks: readonly Uint8Array[]): Incoming[] {
  const records = new RecordLayer(2048)
  const reader = new Reader(records, 4096)
  const all: Incoming[] = []
  for (const chunk of chunks) {
    records.feed(chunk)
    for (let next = reader.next(); next !== undefined; next = reader.next()) {
      all.push(next)
      if (next.is === 'broken') return all
    }
  }
  return all
}

test('records cut in any chunks, and messages cut in any records, give the same messages', () => {
  const messages = fc.array(fc.tuple(fc.constantFrom(2, 11, 12, 14), bytes), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(
      messages,
      fc.array(fc.integer({ min: 1, max: 200 })),
      fc.infiniteStream(fc.nat(100)),
      (list, cuts, sizes) => {
        let content = concatBytes(list.map(([type, body]) => formatMessage(type, body)))
        const records: Bytes[] = []
        for (const cut of [...cuts, content.length]) {
          if (content.length > 0) records.push(formatRecord(contentType.handshake, content.slice(0, cut)))
          content = content.slice(cut)
        }
        const stream = concatBytes(records)
        const chunks: Bytes[] = []
        for (let at = 0; at < stream.length; ) {
          const size = (sizes.next().value ?? 0) + 1
          chunks.push(stream.slice(at, at + size))
          at += size
        }
        const found = read(chunks).map((incoming) => incoming.is === 'message' && [incoming.type, incoming.body])
        expect(found).toEqual(list)
      },
    ),
    runs,
  )
})

test('whatever bytes come, the reader gives things or says what is wrong, and never throws', () => {
  const record = fc
    .tuple(fc.integer({ min: 19, max: 24 }), fc.constantFrom(2, 3), bytes)
    .map(([type, major, body]) => concatBytes([uint(type, 1), uint(major, 1), uint(3, 1), vector(2, body)]))
  const known = new Set(['not-tls', 'malformed', 'unexpected-message', 'record-too-large', 'chain-too-large'])
  fc.assert(
    fc.property(fc.array(fc.oneof(bytes, record)), (chunks) => {
      for (const incoming of read(chunks)) if (incoming.is === 'broken') expect(known.has(incoming.reason)).toBe(true)
    }),
    runs,
  )
})

test('a plain HTTP answer is no TLS; a record of more than 2,048 bytes of data is too large (TLS-05)', () => {
  expect(read([utf8('HTTP/1.1 400 Bad Request\r\n')])).toEqual([{ is: 'broken', reason: 'not-tls' }])
  const data = (length: number): Bytes => formatRecord(contentType.applicationData, new Uint8Array(length))
  expect(read([data(2048)])).toMatchObject([{ is: 'data' }])
  expect(read([data(2049)])).toEqual([{ is: 'broken', reason: 'record-too-large', alert: 22 }])
})

test('message readers give a value or nothing for any bytes, and for any message cut short or changed', () => {
  const hello = concatBytes([uint(0x0303, 2), new Uint8Array(32), vector(1), uint(0xc02b, 2), uint(0, 1), vector(2)])
  const list = certificates([new Uint8Array(5), new Uint8Array(9)])
  const request = concatBytes([vector(1, uint(64, 1)), vector(2, uint(0x0403, 2)), vector(2)])
  const exchange = concatBytes([
    uint(3, 1),
    uint(23, 2),
    vector(1, new Uint8Array(65)),
    uint(0x0403, 2),
    vector(2, uint(1, 1)),
  ])
  const readers = [readServerHello, readCertificates, readCertificateRequest, readKeyExchange]
  const samples = [hello, list, request, exchange]
  samples.forEach((sample, index) => expect(readers[index]?.(sample)).toBeDefined())
  samples.forEach((sample, index) => {
    for (let length = 0; length < sample.length; length++) {
      // A ServerHello may end before its extensions.
      if (index === 0 && length === sample.length - 2) continue
      expect(readers[index]?.(sample.slice(0, length)), `${index} cut at ${length}`).toBeUndefined()
    }
  })
  fc.assert(
    fc.property(fc.oneof(bytes, fc.constantFrom(...samples)), fc.nat(), fc.nat(255), (sample, at, value) => {
      const changed = Uint8Array.from(sample)
      if (changed.length > 0) changed[at % changed.length] = value
      for (const reader of readers) reader(changed)
    }),
    runs,
  )
})

test('the ClientHello offers no session, no ticket and no compression, and a name only where there is one', () => {
  const random = new Uint8Array(32).fill(1)
  const named = hex(clientHello(gcmProfile, random, { name: 'broker.test' }))
  expect(named).toContain(hex(utf8('broker.test')))
  expect(named.startsWith(`0303${'01'.repeat(32)}00`)).toBe(true)
  for (const name of [undefined, '127.0.0.1', '::1']) {
    const hello = clientHello(gcmProfile, random, name === undefined ? {} : { name })
    expect(hex(hello)).toBe(hex(clientHello(gcmProfile, random)))
    const cursor = new Cursor(hello)
    cursor.bytes(34)
    expect(cursor.vector(1)).toEqual(new Uint8Array(0))
    expect(cursor.vector(2).length).toBe(2 * (gcmProfile.suites.length + 1))
    expect(cursor.vector(1)).toEqual(Uint8Array.of(0))
    const extensions = new Cursor(cursor.vector(2))
    const numbers: number[] = []
    while (extensions.left > 0) {
      numbers.push(extensions.uint(2))
      extensions.vector(2)
    }
    expect(numbers).toEqual([10, 11, 13, 23])
  }
})

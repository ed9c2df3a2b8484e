import { expect, test } from 'vitest'
import { placeWords, readPlace } from '../../src/cli/place.ts'

test.each([
  ['8883', { port: 8883 }],
  ['0', { port: 0 }],
  ['broker', { host: 'broker' }],
  ['broker.example.com:8883', { host: 'broker.example.com', port: 8883 }],
  ['127.0.0.1', { host: '127.0.0.1' }],
  ['127.0.0.1:1', { host: '127.0.0.1', port: 1 }],
  ['[::1]:8883', { host: '::1', port: 8883 }],
  ['[::1]', { host: '::1' }],
])('%s is a place', (text, place) => {
  expect(readPlace(text)).toEqual(place)
})

test.each([
  '',
  ':8883',
  'broker:',
  'broker:x',
  '65536',
  'broker:65536',
  '::1',
  'mqtts://broker',
  'a b',
  '-x',
  '123456',
])('%j is none', (text) => {
  expect(readPlace(text)).toBeUndefined()
})

test('a place that is typed is read again', () => {
  for (const [host, port] of [
    ['::1', 1],
    ['broker', 8883],
  ] as const)
    expect(readPlace(placeWords(host, port))).toEqual({ host, port })
})

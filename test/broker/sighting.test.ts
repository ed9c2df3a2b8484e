import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Expected, proves, type Sighting, shortOf } from '../../src/broker/index.ts'

const expected: Expected = { fingerprint: 'AA', clientId: 'board-7', after: 1000 }
const good: Sighting = {
  at: 1001,
  peer: '127.0.0.1:1',
  handshake: 'full',
  certificate: { fingerprint: 'AA', subject: 'CN=board-7', serial: '01' },
  clientId: 'board-7',
  session: 1002,
}

test('a full handshake with this certificate, begun after the last write, with an MQTT session, proves a board', () => {
  expect(proves(good, expected)).toBe(true)
  expect(shortOf(good, expected)).toBeUndefined()
})

const { session: _, ...withoutSession } = good
const lacking: [string, Sighting, RegExp][] = [
  ['a resumed handshake', { ...good, handshake: 'resumed' }, /resumed/],
  ['somebody else’s client id', { ...good, clientId: 'board-8' }, /client id was board-8/],
  [
    'another certificate',
    { ...good, certificate: { fingerprint: 'BB', subject: 'CN=x', serial: '02' } },
    /another certificate/,
  ],
  ['a handshake begun before the last write', { ...good, at: 1000 }, /before the last write/],
  ['a rehearsal of the host', { ...good, clientId: 'sectag-rehearsal-0badcafe' }, /rehearsal/],
  ['no MQTT session', withoutSession, /no MQTT session/],
  ['a refusal', { ...good, refused: { by: 'broker', reason: 'not-authorised' } }, /refused by the broker/],
]

test.each(lacking)('%s never counts as proof, and it is said why', (_, sighting, words) => {
  expect(proves(sighting, expected)).toBe(false)
  expect(shortOf(sighting, expected)).toMatch(words)
})

test('what is short of proof always has words, and what is proof has none', () => {
  const sighting = fc.record({
    at: fc.integer({ min: 998, max: 1003 }),
    peer: fc.constant('x'),
    handshake: fc.constantFrom('full' as const, 'resumed' as const, 'none' as const),
    certificate: fc.constantFrom(...['AA', 'BB'].map((fingerprint) => ({ fingerprint, subject: 'CN=x', serial: '1' }))),
    clientId: fc.constantFrom('board-7', 'board-8'),
    session: fc.constant(1002),
  })
  fc.assert(
    fc.property(sighting, (seen) => {
      expect(shortOf(seen, expected) === undefined).toBe(proves(seen, expected))
    }),
  )
})

import { expect, test } from 'vitest'
import type { Sighting } from '../../../src/broker/index.ts'
import { isRefusedOwn, mostTelling } from '../../../src/cli/watch/words.ts'

const certificate = { fingerprint: 'AA', subject: 'CN=board-7', serial: '01' }
const came: Sighting = { at: 2, peer: '127.0.0.1:40000', handshake: 'none', certificate }
const expected = [{ fingerprint: 'AA', clientId: 'board-7', after: 1 }]

test('a board whose line broke in the handshake was not refused, and it is said that it left', () => {
  const seen: Sighting[] = [{ ...came, refused: { by: 'device', reason: 'left' } }]
  expect(isRefusedOwn(seen, expected)).toBe(false)
  expect(mostTelling(seen, expected)).toMatch(/left before the handshake was over/)
})

test('a rehearsal or another client with its certificate that is refused is not the board', () => {
  const refused = { by: 'broker', reason: 'not-authorised' } as const
  expect(isRefusedOwn([{ ...came, clientId: 'sectag-rehearsal-1', refused }], expected)).toBe(false)
  expect(isRefusedOwn([{ ...came, clientId: 'board-8', refused }], expected)).toBe(false)
  expect(isRefusedOwn([{ ...came, clientId: 'board-7', refused }], expected)).toBe(true)
})

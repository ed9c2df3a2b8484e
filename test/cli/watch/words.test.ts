import { expect, test } from 'vitest'
import type { Sighting } from '../../../src/broker/index.ts'
import { reasonWords } from '../../../src/cli/watch/refusals.ts'
import { isRefusedOwn, mostTelling, tellingWords } from '../../../src/cli/watch/words.ts'

const certificate = { fingerprint: 'AA', subject: 'CN=board-7', serial: '01' }
const came: Sighting = { at: 2, peer: '127.0.0.1:40000', handshake: 'none', certificate }
const expected = [{ fingerprint: 'AA', clientId: 'board-7', after: 1 }]

test('a board whose line broke in the handshake was not refused, and it is said that it left', () => {
  const seen: Sighting[] = [{ ...came, refused: { by: 'device', reason: 'left' } }]
  expect(isRefusedOwn(seen, expected)).toBe(false)
  expect(tellingWords(mostTelling(seen, expected), expected)).toMatch(/left before the handshake was over/)
})

test('a rehearsal or another client with its certificate that is refused is not the board', () => {
  const refused = { by: 'broker', reason: 'not-authorised' } as const
  expect(isRefusedOwn([{ ...came, clientId: 'sectag-rehearsal-1', refused }], expected)).toBe(false)
  expect(isRefusedOwn([{ ...came, clientId: 'board-8', refused }], expected)).toBe(false)
  expect(isRefusedOwn([{ ...came, clientId: 'board-7', refused }], expected)).toBe(true)
})

test('who was cut by the witness, or lost its place after its session, was not refused by the broker', () => {
  const cut = { by: 'witness', reason: 'stalled' } as const
  expect(isRefusedOwn([{ ...came, refused: cut }], expected)).toBe(false)
  const clash = { by: 'broker', reason: 'client-id-clash' } as const
  expect(isRefusedOwn([{ ...came, session: 3, refused: clash }], expected)).toBe(false)
  const open = { by: 'device', reason: 'undecided', candidates: ['server-chain-too-long', 'left'] } as const
  expect(isRefusedOwn([{ ...came, refused: open }], expected)).toBe(false)
  expect(isRefusedOwn([{ ...came, refused: { by: 'broker', reason: 'undecided' } }], expected)).toBe(true)
})

test('a clash says whose board took the place, and a chain that is too long by how much', () => {
  const rival = { fingerprint: 'BB', subject: 'CN=board-8', serial: '02' }
  const detail = 'client id nrf-7'
  expect(reasonWords({ by: 'broker', reason: 'client-id-clash', rival, detail })).toBe(
    'another connection came with its client id and took its place, of the board with CN=board-8 (client id nrf-7)',
  )
  const chain = { by: 'device', reason: 'server-chain-too-long', alert: 22, detail: '4200 bytes, 104 more' } as const
  expect(reasonWords(chain)).toMatch(/longer than a modem takes \(4200 bytes, 104 more\)/)
})

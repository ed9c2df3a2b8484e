import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Bytes, byteText, seededRandom, utf8 } from '../../../src/terms/index.ts'
import {
  CredentialStore,
  type MemoryKind,
  memoryModels,
  memoryModelOf,
  type Personality,
  personality,
  VirtualModem,
} from '../../../src/virtual/index.ts'
import { heldIn } from '../../oracle/memory.ts'
import { fastClock } from '../../support/clock.ts'
import { scaled } from '../../support/scale.ts'

function lineWith(memory: MemoryKind, more: Partial<Personality> = {}): Personality {
  const line = personality('2.0.2')
  if (line === undefined) throw new Error('no such firmware')
  return { ...line, factoryEntries: [], checksContent: false, memory, ...more }
}

const kinds = Object.keys(memoryModels) as MemoryKind[]
const textsOf = (store: CredentialStore): Record<string, string> =>
  Object.fromEntries(store.items().map(({ tag, type, content }) => [`${tag}/${type}`, byteText(content)]))
const oracleOf = (image: Bytes, kind: MemoryKind): Record<string, string> =>
  Object.fromEntries([...heldIn(image, memoryModels[kind])].map(([slot, text]) => [slot, text.toString('latin1')]))

const change = fc.record({ tag: fc.nat(3), type: fc.nat(1), length: fc.nat(600), strike: fc.boolean() })

test.each(kinds)(
  '%s: whatever was written and deleted, the bytes alone say the same, to us and to a second reader',
  (kind) => {
    const line = lineWith(kind, { storeBytes: 4096 })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const store = new CredentialStore(line, 'p')
        for (const { tag, type, length, strike } of changes) {
          if (strike) store.delete({ tag, type })
          else if (store.fits({ tag, type }, length)) store.put({ tag, type }, utf8('x'.repeat(length)))
        }
        const again = new CredentialStore(line, 'p', { image: store.image() })
        expect(textsOf(again)).toEqual(textsOf(store))
        const sorted = Object.entries(oracleOf(store.image(), kind)).sort()
        expect(sorted).toEqual(Object.entries(textsOf(store)).sort())
      }),
      { numRuns: scaled(2000, 40) },
    )
  },
)

test('a full store says 515 and takes the next one when something was deleted (CMNG-97, OPEN-07)', () => {
  const modem = new VirtualModem({ personality: lineWith('cautious'), clock: fastClock() })
  modem.execute('AT+CMEE=1')
  const text = 'x'.repeat(4000)
  for (let tag = 1; tag <= 16; tag++) expect(modem.execute(`AT%CMNG=0,${tag},0,"${text}"`).text).toBe('OK\r\n')
  expect(modem.execute(`AT%CMNG=0,17,0,"${text}"`).text).toBe('+CME ERROR: 515\r\n')
  expect(modem.execute('AT%CMNG=3,4,0').text).toBe('OK\r\n')
  expect(modem.execute(`AT%CMNG=0,17,0,"${text}"`).text).toBe('OK\r\n')
})

test.each([
  ['careless', { '1/0': 'nev' }],
  ['cautious', {}],
  // The record before it still stands, and counts again.
  ['journalled', { '1/0': 'old' }],
] as const)('%s: a damaged entry is what the model makes of the bytes', (kind, left) => {
  const store = new CredentialStore(lineWith(kind), 'd')
  store.put({ tag: 1, type: 0 }, utf8('old'))
  store.put({ tag: 1, type: 0 }, utf8('new'))
  store.damage({ tag: 1, type: 0 }, 2)
  expect(textsOf(store)).toEqual(left)
})

/** An application that rewrites two tags at every boot, on a battery that fails during some of them. */
function rewriting(kind: MemoryKind, seed: string): Record<string, string> {
  const random = seededRandom(seed)
  const store = new CredentialStore(lineWith(kind, { storeBytes: 8192 }), seed)
  const text = utf8('c'.repeat(1200))
  for (const tag of [1, 2, 3]) store.put({ tag, type: 0 }, text)
  for (let boot = 0; boot < 60; boot++) {
    if (random.below(3) === 0) store.cutAfter(random.below(2400))
    for (const tag of [2, 3]) store.put({ tag, type: 0 }, text)
    store.mount()
  }
  for (const tag of [2, 3]) store.put({ tag, type: 0 }, text)
  return textsOf(store)
}

test('the careless memory loses the tag that nobody touched when others are rewritten at every boot on a dying battery (LOSS-43)', () => {
  const seeds = Array.from({ length: 20 }, (_, seed) => String(seed))
  const lost = (kind: MemoryKind): number => seeds.filter((seed) => !('1/0' in rewriting(kind, seed))).length
  expect(lost('careless')).toBeGreaterThan(3)
  expect([lost('cautious'), lost('journalled')]).toEqual([0, 0])
  for (const seed of seeds)
    expect(Object.keys(rewriting('careless', seed))).toEqual(expect.arrayContaining(['2/0', '3/0']))
})

test('a modem whose power is cut says nothing until it is restarted, and each slot counts its writes', () => {
  const modem = new VirtualModem({ personality: lineWith('journalled'), clock: fastClock() })
  modem.execute('AT%CMNG=0,1,0,"first"')
  modem.cutPower(5)
  expect(modem.execute('AT%CMNG=0,1,0,"second"').text).toBe('')
  expect(modem.execute('AT').text).toBe('')
  modem.restart()
  expect(modem.execute('AT%CMNG=2,1,0').text).toContain('"first"')
  expect(modem.store.writes.get('1/0')).toBe(2)
})

test('who keeps the memory hears each change of it, torn ones too, and a modem made from what was kept holds the same', () => {
  const kept: Bytes[] = []
  const line = lineWith('careless')
  const store = new CredentialStore(line, 'k', { keep: (image) => kept.push(image) })
  store.put({ tag: 1, type: 0 }, utf8('whole'))
  store.cutAfter(26)
  store.put({ tag: 2, type: 0 }, utf8('this one is torn'))
  const again = new CredentialStore(line, 'k', { image: kept.at(-1) ?? new Uint8Array() })
  expect(textsOf(again)).toEqual({ '1/0': 'whole', '2/0': `this one is ${'\xff'.repeat(4)}` })
})

test('what is no memory image is refused', () => {
  for (const text of ['', 'hello', 'SECTAG1\n', 'SECTAG1\n\0\0\0\x05ab'])
    expect(() => new CredentialStore(lineWith('cautious'), 'n', { image: utf8(text) })).toThrow('no memory image')
})

test('lines with placeholder digests have the careless memory, mfw 2.0.2 the journalled one, others the cautious one (LOSS-56)', () => {
  const kindOf = (mfw: string): unknown => {
    const line = personality(mfw)
    return line === undefined ? undefined : memoryModelOf(line)
  }
  expect(kindOf('1.0.0')).toBe(memoryModels.careless)
  expect(kindOf('1.3.5')).toBe(memoryModels.cautious)
  expect(kindOf('2.0.2')).toBe(memoryModels.journalled)
})

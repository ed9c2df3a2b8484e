import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  atResult,
  type BuildKnowledge,
  connectMeanings,
  connectReading,
  errnoTable,
  keyLibraryCodes,
  meaningsOf,
  parseSdk,
  rejectCause,
  sdkName,
  sdkOfZephyr,
  tlsAlert,
} from '../../src/numbers/index.ts'

const page = readFileSync(new URL('../../docs/facts/errno.md', import.meta.url), 'utf8')

/** `1.5.1 minimal` */
function build(text: string): BuildKnowledge {
  const [ncs = '', libc] = text.split(' ')
  const version = parseSdk(ncs)
  return {
    ...(version !== undefined && { ncs: version }),
    ...(libc !== undefined && { libc: libc as NonNullable<BuildKnowledge['libc']> }),
  }
}

test('the table of errno is that of docs/facts/errno.md, number by number (ERR-23 to ERR-67)', () => {
  const rows = [...page.matchAll(/^\| (ERR-\d+) \| (`E.*?): newlib (\w+), minimal (\w+), nrf ([\w, ]+?)[;.]/gm)]
  const number = (text: string | undefined): number | undefined => (text === 'none' ? undefined : Number(text))
  let compared = 0
  for (const [, fact, names = '', newlib, minimal, nrf = ''] of rows) {
    const named = [...names.matchAll(/`(E\w+)`/g)].map((match) => match[1])
    for (const [index, name] of named.entries()) {
      const row = errnoTable.find((entry) => entry.name === name)
      expect(row, name).toMatchObject({ fact })
      expect([row?.newlib, row?.minimal], name).toEqual([number(newlib), number(minimal)])
      expect(row?.nrf, name).toBe(number(nrf.split(', ')[index] ?? nrf))
      compared++
    }
  }
  expect(compared).toBe(48)
})

test('every ambiguous number of docs/facts/errno.md keeps all its names while nothing is known (ERR-68 to ERR-78)', () => {
  const ambiguous: Record<number, string[]> = {
    35: ['EAGAIN', 'ENOMSG', 'ENOTSUP'],
    45: ['EDEADLK', 'EOPNOTSUPP'],
    50: ['ENETDOWN', 'ENOTSOCK'],
    60: ['ENOSTR', 'ETIMEDOUT'],
    61: ['ECONNREFUSED', 'ENODATA'],
    71: ['ENOSYS', 'EPROTO'],
    112: ['EADDRINUSE', 'EHOSTDOWN'],
    114: ['EALREADY', 'ENETUNREACH'],
    115: ['EINPROGRESS', 'ENETDOWN'],
    126: ['ENETRESET', 'ENOKEY'],
    127: ['EISCONN', 'EKEYEXPIRED'],
    128: ['EKEYREVOKED', 'ENOTCONN'],
  }
  for (const [number, names] of Object.entries(ambiguous)) {
    const found = meaningsOf(-Number(number))
    expect(found.candidates.map((candidate) => candidate.name).sort(), number).toEqual(names)
    expect(found.decides, number).toEqual(['ncs', 'libc'])
  }
})

const prints: [number, string, string[], string][] = [
  // What a credential failure looks like, by SDK and libc.
  [-45, '1.0.0 minimal', ['tls'], 'ERR-02'],
  [-95, '1.4.0 newlib', ['tls'], 'ERR-03'],
  [45, '1.3.0 raw', ['tls'], 'ERR-04'],
  [-45, '1.5.1 minimal', ['tls'], 'ERR-05'],
  [-61, '1.6.0 minimal', ['tls-or-refused'], 'ERR-06'],
  [-111, '1.7.0 minimal', ['tls-or-refused'], 'ERR-06'],
  [-111, '1.6.0 newlib', ['tls-or-refused'], 'ERR-07'],
  [-111, '2.6.0 minimal', ['tls-or-refused'], 'ERR-08'],
  [-111, '1.8.0', ['tls-or-refused'], 'ERR-08'],
  [-113, '2.5.0', ['native-verify'], 'ERR-09'],
  // And what it does not look like.
  [-45, '1.8.0 minimal', ['impossible'], 'ERR-10'],
  [-111, '1.5.0 newlib', ['impossible'], 'ERR-12'],
  [-95, '2.0.0', ['suite'], 'ERR-81'],
  [-60, '1.4.0 minimal', ['no-answer'], 'ERR-87'],
  [-116, '2.7.0', ['no-answer'], 'ERR-87'],
  [-110, '2.7.0', ['library'], 'ERR-89'],
  [-22, '1.0.0 minimal', ['tag-list'], 'ERR-100'],
  [-9999, '1.0.0', [], 'nothing is known of it'],
]

test.each(prints)('connect printing %i on %s is %j (%s)', (number, knowledge, kinds) => {
  const { meanings } = connectReading(number, build(knowledge))
  expect(meanings.map((meaning) => meaning.kind)).toEqual(kinds)
})

test('with the SDK unknown the candidates stay, and the SDK is named as what decides', () => {
  const open = connectReading(-95)
  expect(open.meanings.map((meaning) => meaning.kind)).toEqual(['tls', 'suite'])
  expect(open.decides).toContain('ncs')
  expect(connectReading(-45).meanings.map((meaning) => meaning.kind)).toEqual(['tls', 'suite'])
  expect(connectReading(-111, build('2.0.0')).decides).toEqual([])
  expect(meaningsOf(-61, build('1.6.0 minimal')).decides).toEqual(['build'])
})

test('the sign of a number does not matter, and no number of any kind breaks the tables', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.option(fc.constantFrom('1.0.0 minimal', '1.6.1 newlib', '2.9.0', '1.3.0 raw')),
      (n, known) => {
        const knowledge = build(known ?? '')
        expect(meaningsOf(n, knowledge)).toEqual(meaningsOf(-n, knowledge))
        expect(connectReading(n, knowledge).meanings.length).toBeLessThanOrEqual(3)
      },
    ),
  )
})

test('more knowledge never adds a candidate', () => {
  const versions = fc.constantFrom('1.0.0', '1.5.1', '1.6.0', '1.7.1', '1.8.0', '2.6.0')
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 150 }),
      versions,
      fc.constantFrom('minimal', 'newlib', 'raw'),
      (n, ncs, libc) => {
        const names = (text: string): string[] =>
          meaningsOf(n, build(text)).candidates.map((candidate) => candidate.name)
        for (const name of names(`${ncs} ${libc}`)) expect(names(ncs)).toContain(name)
        for (const name of names(ncs)) expect(names('')).toContain(name)
      },
    ),
  )
})

test('a number of the key library stands for the refusals that its generation makes it of, 514 and 518 swapped', () => {
  expect(keyLibraryCodes(-1, build('2.6.0'))).toEqual([518])
  expect(keyLibraryCodes(-13, build('1.4.0 minimal'))).toEqual([518])
  expect(keyLibraryCodes(-13, build('2.6.0'))).toEqual([514])
  expect(keyLibraryCodes(-1)).toEqual([518, 514])
  expect(keyLibraryCodes(-140, build('2.4.0'))).toEqual([528])
  expect(keyLibraryCodes(-22, build('2.4.0'))).toEqual([527])
  expect(keyLibraryCodes(-22, build('1.4.0'))).toEqual([])
})

test('a positive value of the AT interface carries the refusal in it (ERR-110)', () => {
  expect(atResult(65_536)).toEqual({ kind: 'error' })
  expect(atResult(131_072 + 518)).toEqual({ kind: 'cme', code: 518 })
  expect(atResult(196_608 + 524)).toEqual({ kind: 'cms', code: 524 })
  for (const other of [0, 1, -1, 65_537, 262_144, 131_072.5]) expect(atResult(other)).toBeUndefined()
})

test.each([
  ['v1.14.99-ncs2', '1.0.0'],
  ['v2.1.99-ncs1', '1.2.0'],
  ['v2.4.0-ncs2', '1.4.0'],
  ['v2.4.99-ncs1-3525-g4d068de3f50f', '1.5.0'],
  ['v2.6.0-rc1-ncs1', '1.6.0'],
  ['v2.6.99-ncs1-1', '1.7.0'],
  ['v2.7.0-ncs1', '1.8.0'],
  ['v3.1.99-ncs1', '2.1.0'],
])('the banner %s comes with NCS %s (COMPAT-51 to COMPAT-59)', (banner, ncs) => {
  expect(sdkName(sdkOfZephyr(banner) ?? [0, 0, 0])).toBe(ncs)
})

test("a Zephyr that is not Nordic's, or no version at all, tells of no SDK", () => {
  for (const text of ['v3.0.0-3319-g8566b00df3e1', 'zephyr', '', 'v1.9.0-ncs1'])
    expect(sdkOfZephyr(text)).toBeUndefined()
  for (const text of ['', 'one', '1', '1.2.3.4', 'x1.2.3']) expect(parseSdk(text)).toBeUndefined()
  expect(parseSdk('v2.2.99-dev1')).toEqual([2, 2, 99])
})

test('alerts and reject causes are found by number and by name', () => {
  expect(tlsAlert(48)?.name).toBe('unknown ca')
  expect(tlsAlert('Unknown CA')?.code).toBe(48)
  expect(tlsAlert('unknown_ca')?.code).toBe(48)
  expect(tlsAlert('no such alert')).toBeUndefined()
  expect(rejectCause(15)?.words).toBe('no suitable cells in this area')
  expect(rejectCause(99)).toBeUndefined()
})

test('every meaning of connect names facts that stand on the page', () => {
  for (const { facts, name } of connectMeanings) {
    for (const fact of facts) expect(page, `${name} cites ${fact}`).toContain(`| ${fact} |`)
  }
})

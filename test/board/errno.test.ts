import { expect, test } from 'vitest'
import { type Build, connectError, errnoOf, type Libc, type SocketError } from '../../src/board/index.ts'
import type { TlsFailure } from '../../src/tls/index.ts'
import { errnoTable, parseSdk } from '../../src/numbers/index.ts'

const build = (sdk: string, libc: Libc, minimalNumbers?: 'old' | 'new'): Build => ({
  sdk: parseSdk(sdk) ?? [0, 0, 0],
  libc,
  ...(minimalNumbers !== undefined && { minimalNumbers }),
})

/** The generations of SDK that print differently, and what stands for each: on minimal libc, on newlib. */
const generations = ['1.0.0', '1.3.0', '1.4.2', '1.5.1', '1.6.0', '1.7.1', '1.8.0', '1.9.1', '2.6.0', '3.0.0'] as const

const credentials: readonly (readonly [what: string, failure: TlsFailure])[] = [
  ['no root CA in the tag', { stage: 'local', reason: 'no-root' }],
  ['a CA that cannot be read', { stage: 'local', reason: 'unreadable-certificate' }],
  ['a key that cannot be read', { stage: 'local', reason: 'unreadable-key' }],
  ['a foreign CA', { stage: 'server-certificate', reason: 'unknown-ca', sentAlert: 48 }],
  ['an expired server', { stage: 'server-certificate', reason: 'expired', sentAlert: 45 }],
  ['a server chain that is too large', { stage: 'server-certificate', reason: 'chain-too-large', sentAlert: 22 }],
  ['no client certificate', { stage: 'client-certificate', reason: 'alert', receivedAlert: 40 }],
  ['a foreign client certificate', { stage: 'client-certificate', reason: 'alert', receivedAlert: 48 }],
  ['an expired client certificate', { stage: 'client-certificate', reason: 'alert', receivedAlert: 45 }],
  ['a key missing', { stage: 'client-certificate', reason: 'key-missing', sentAlert: 40 }],
  ['a key that does not fit', { stage: 'client-certificate', reason: 'key-mismatch', sentAlert: 40 }],
  ['a plain port', { stage: 'hello', reason: 'not-tls' }],
]

const others = {
  suite: { stage: 'hello', reason: 'alert', receivedAlert: 40 },
  version: { stage: 'hello', reason: 'alert', receivedAlert: 70 },
  refused: { stage: 'tcp', reason: 'refused' },
  silent: { stage: 'tcp', reason: 'timeout' },
  handshakeSilent: { stage: 'hello', reason: 'timeout' },
  unreachable: { stage: 'tcp', reason: 'unreachable' },
  name: { stage: 'tcp', reason: 'name-not-found' },
  radioOff: { stage: 'hello', reason: 'aborted' },
} as const satisfies Record<string, TlsFailure>

/** Rows: the numbers on minimal libc and on newlib, in the order of the generations. */
const table: readonly (readonly [
  what: string,
  failures: readonly TlsFailure[],
  minimal: readonly number[],
  newlib: readonly number[],
  facts: string,
])[] = [
  [
    'a credential',
    credentials.map(([, failure]) => failure),
    [45, 45, 45, 45, 61, 61, 111, 111, 111, 111],
    [95, 95, 95, 95, 111, 111, 111, 111, 111, 111],
    'ERR-01 to ERR-08, ERR-20, ERR-83, ERR-84',
  ],
  [
    'the TLS version',
    [others.version],
    [45, 45, 45, 45, 61, 61, 111, 111, 111, 111],
    [95, 95, 95, 95, 111, 111, 111, 111, 111, 111],
    'ERR-20',
  ],
  [
    'no common suite',
    [others.suite],
    [45, 45, 45, 45, 45, 45, 95, 95, 95, 95],
    [95, 95, 95, 95, 95, 95, 95, 95, 95, 95],
    'ERR-20, ERR-81',
  ],
  [
    'a refused TCP connection',
    [others.refused],
    [54, 54, 54, 54, 61, 61, 111, 111, 111, 111],
    [104, 104, 104, 104, 111, 111, 111, 111, 111, 111],
    'ERR-12, ERR-85, ERR-114',
  ],
  [
    'no answer',
    [others.silent, others.handshakeSilent],
    [60, 60, 60, 60, 60, 60, 116, 116, 116, 116],
    [116, 116, 116, 116, 116, 116, 116, 116, 116, 116],
    'ERR-55, ERR-87',
  ],
  [
    'no way there',
    [others.unreachable],
    [51, 51, 51, 51, 51, 51, 114, 114, 114, 114],
    [114, 114, 114, 114, 114, 114, 114, 114, 114, 114],
    'ERR-53, ERR-94',
  ],
  [
    'an unknown name',
    [others.name],
    [65, 65, 65, 65, 65, 65, 118, 118, 118, 118],
    [118, 118, 118, 118, 118, 118, 118, 118, 118, 118],
    'ERR-57, ERR-91',
  ],
  [
    'the radio going off',
    [others.radioOff],
    [62, 62, 62, 62, 62, 62, 115, 115, 115, 115],
    [115, 115, 115, 115, 115, 115, 115, 115, 115, 115],
    'ERR-54, ERR-94',
  ],
]

test.each(table)('for %s every SDK and libc prints its number', (_what, failures, minimal, newlib, facts) => {
  for (const failure of failures) {
    for (const [at, sdk] of generations.entries()) {
      const says = `${JSON.stringify(failure)} on ${sdk}: ${facts}`
      for (const [libc, expected] of [
        ['minimal', minimal[at]],
        ['newlib', newlib[at]],
      ] as const) {
        const made = build(sdk, libc)
        expect(errnoOf(connectError(failure, made), made), `${says}, ${libc}`).toBe(expected)
      }
    }
  }
})

test('the minimal libc of NCS 1.6 and 1.7 is a switch, and of no other SDK (ERR-06)', () => {
  for (const [sdk, old, recent] of [
    ['1.5.1', 61, 61],
    ['1.6.0', 61, 111],
    ['1.7.1', 61, 111],
    ['1.8.0', 111, 111],
  ] as const) {
    expect(errnoOf('ECONNREFUSED', build(sdk, 'minimal', 'old'))).toBe(old)
    expect(errnoOf('ECONNREFUSED', build(sdk, 'minimal', 'new'))).toBe(recent)
    expect(errnoOf('ECONNREFUSED', build(sdk, 'newlib'))).toBe(111)
  }
})

test("the twin's numbers are those of the table that the doctor reads by, though neither was made from the other", () => {
  const names: readonly SocketError[] = ['EOPNOTSUPP', 'ECONNREFUSED', 'ECONNRESET', 'ENOBUFS', 'ETIMEDOUT']
  const more: readonly SocketError[] = ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ENOTCONN']
  for (const name of [...names, ...more]) {
    const row = errnoTable.find((candidate) => candidate.name === name)
    expect(errnoOf(name, build('1.0.0', 'minimal')), name).toBe(row?.minimal)
    expect(errnoOf(name, build('1.0.0', 'newlib')), name).toBe(row?.newlib)
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Reading, textEvidence } from '../../../src/doctor/index.ts'
import type { Fact } from '../../../src/doctor/facts.ts'
import { InOrder } from '../../../src/doctor/read/in-order.ts'
import { stampOf } from '../../../src/doctor/read/stamp.ts'
import { leader, verdictOn } from '../../support/evidence.ts'
import { scaled } from '../../support/scale.ts'

function ordered(lines: readonly string[]): string[] {
  const order = new InOrder()
  const out = lines.flatMap((text, index) => order.line({ text, number: index + 1 }))
  return [...out, ...order.end()].map(({ text }) => text)
}

/** `[00:00:05.562,835] <inf> app: line 5562` */
function logLine(milliseconds: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const clock = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60].map(two).join(':')
  return `[${clock}.${String(milliseconds % 1000).padStart(3, '0')},000] <inf> app: line ${milliseconds}`
}

test.each([
  ['[00:00:05.562,835] <inf> app: up', { clock: 'uptime', at: 5_562_835 }],
  ['[01:00:05.562] up', { clock: 'uptime', at: 3_605_562_000 }],
  ['2023-04-14T03:30:22.123Z [00:00:05.562,835] <inf> app: up', { clock: 'uptime', at: 5_562_835 }],
  [
    '[2023-04-14 03:30:22.230,001] <inf> app: up',
    { clock: 'date', at: Date.UTC(2023, 3, 14, 3, 30, 22, 230) * 1000 + 1 },
  ],
  ['2023-04-14T05:30:22+02:00 up', { clock: 'date', at: Date.UTC(2023, 3, 14, 3, 30, 22) * 1000 }],
  ['1560519266: New connection', { clock: 'date', at: 1_560_519_266_000_000 }],
  ['+CEREG: 2', undefined],
  ['AT+CCLK?', undefined],
])('the stamp of %s is read', (line, expected) => {
  expect(stampOf(line)).toEqual(expected)
})

test('lines that are late by some places are put back to where their stamps say, and nothing else moves', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(3_600_000), { minLength: 8, maxLength: 60 }),
      fc.nat(),
      fc.integer({ min: 1, max: 4 }),
      (times, pick, by) => {
        const sorted = times.toSorted((a, b) => a - b).map(logLine)
        const from = pick % (sorted.length - by - 1)
        const mixed = sorted.toSpliced(from, 1).toSpliced(from + by, 0, sorted[from] ?? '')
        expect(ordered(mixed)).toEqual(sorted)
      },
    ),
    { numRuns: scaled(5000, 200) },
  )
})

test('whatever comes, no line is lost, doubled or changed', () => {
  const line = fc.oneof(
    fc.nat(5000).map(logLine),
    fc.constantFrom(
      'OK',
      '',
      '*** Booting Zephyr OS build v3.5.99-ncs1 ***',
      'watchdog fed',
      'failing board:',
      '1560519266: x',
    ),
    fc.string(),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 300 }), (lines) => {
      expect(ordered(lines).toSorted()).toEqual(lines.toSorted())
    }),
    { numRuns: scaled(5000, 200) },
  )
})

test('a second start of the board stays behind the first, with its banner and without', () => {
  const [first, second] = [[5, 900, 2000].map(logLine), [6, 40, 1000, 1500].map(logLine)]
  const banner = '*** Booting Zephyr OS build v3.5.99-ncs1 ***'
  expect(ordered([...first, banner, ...second])).toEqual([...first, banner, ...second])
  expect(ordered([...first, ...second])).toEqual([...first, ...second])
})

test('lines without a stamp stay where they stand, and a heading is not crossed', () => {
  const mixed = [logLine(1000), 'AT%CMNG=1,42', 'OK', logLine(3000), 'watchdog fed', logLine(2000), logLine(4000)]
  expect(ordered(mixed)).toEqual([
    logLine(1000),
    'AT%CMNG=1,42',
    'OK',
    logLine(2000),
    logLine(3000),
    'watchdog fed',
    logLine(4000),
  ])
  const headed = [logLine(3000), 'failing board:', logLine(2000), logLine(4000)]
  expect(ordered(headed)).toEqual(headed)
})

test('of a log that never ends no more than a window is held', () => {
  const order = new InOrder()
  let out = 0
  for (let number = 1; number <= 10_000; number++) out += order.line({ text: logLine(number), number }).length
  expect(10_000 - out).toBe(64)
})

const shuffled = [
  '[00:00:01.000,000] <inf> app: +CEREG: 5,"002F","0012BEEF",7',
  '[00:00:01.200,000] <err> app: mqtt_connect -111',
  '[00:00:00.400,000] <inf> app: +CEREG: 2',
  '[00:00:02.000,000] <err> app: mqtt_connect -111',
]

test('the last word on the registration is the last by time, and facts keep the line in which they stand', () => {
  const reading = new Reading(textEvidence('log', ''))
  for (const line of shuffled) reading.line(line)
  const states = reading
    .end()
    .facts.filter((fact): fact is Fact & { kind: 'registration' } => fact.kind === 'registration')
  expect(states.map(({ value, from }) => [value.stat, from.line])).toEqual([
    [2, 3],
    [5, 1],
  ])
  expect(leader(verdictOn(shuffled.join('\n'), 'sdk=2.4.0'))).not.toBe('net-not-registered')
})

test('a private key whose lines have stamps in disorder is struck out all the same', () => {
  const body = Array.from({ length: 3 }, (_, index) => 'QUJD'.repeat(15) + String(index).repeat(4))
  const lines = ['-----BEGIN PRIVATE KEY-----', ...body, '-----END PRIVATE KEY-----', 'mqtt_connect -111']
  const reading = new Reading(textEvidence('log', ''))
  for (const [index, line] of lines.entries())
    reading.line(`[00:00:0${[5, 1, 6, 2, 7, 8][index]}.000,000] <err> app: ${line}`)
  const read = reading.end()
  expect(read.struck).toBeGreaterThan(2)
  expect(JSON.stringify(read.facts)).not.toContain('QUJDQUJDQUJDQUJD')
})

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { type Case, scoreOf, sumOf } from '../../scripts/doctor-score.ts'

/** Tickets in our own words, each acted out from the mechanism of one cause as the facts tell it. */
const tickets = readFileSync(new URL('tickets.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Case)
const scores = tickets.map(scoreOf)

test('of tickets as people write them nearly all are told rightly, and no credential is blamed for network or platform', () => {
  const sum = sumOf(scores)
  expect(sum.n).toBeGreaterThan(50)
  expect(sum.confirmedTop1).toBeGreaterThanOrEqual(0.95)
  expect(sum.confirmedTop3).toBe(1)
  expect(sum.worstErrors).toBe(0)
})

test.each(scores)('$entry.id: the cause is among the first three', ({ top3 }) => {
  expect(top3).toBe(1)
})

test('a verdict of a cause in the same group counts half, and one elsewhere nothing', () => {
  const right = { id: 'x', evidence: '%XSIM: 0,9\n', confirmedCause: 'sim-failure' }
  expect(scoreOf(right).top1).toBe(1)
  expect(scoreOf({ ...right, confirmedCause: 'net-apn' }).top1).toBe(0.5)
  expect(scoreOf({ ...right, confirmedCause: 'broker-config' }).top1).toBe(0)
  expect(sumOf([scoreOf(right)])).toMatchObject({ n: 1, confirmedTop1: 1, allTop3: 1, worstErrors: 0 })
})

const noise = [
  '[00:00:07.001,000] <inf> sensor: temperature 21.5 humidity 44',
  '[00:00:08.040,000] <dbg> ui_module.led_update: pattern 3 step 4 of 12',
  '[00:00:09.300,000] <inf> gnss: satellites 7, in fix 4, PDOP 2.3',
]

test.each(scores)('$entry.id: noise between its lines names no other cause', ({ entry, verdict }) => {
  const lines = entry.evidence.split('\n')
  const noisy = lines.flatMap((line, index) => [line, noise[index % noise.length] ?? '']).join('\n')
  const again = scoreOf({ ...entry, evidence: noisy }).verdict
  expect(again.causes[0]?.cause).toBe(verdict.causes[0]?.cause)
})

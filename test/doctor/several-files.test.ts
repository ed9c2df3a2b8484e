import { expect, test } from 'vitest'
import { diagnose, textEvidence } from '../../src/doctor/index.ts'
import { leader } from '../support/evidence.ts'

const verdictOf = (...files: readonly string[]) =>
  diagnose(files.map((text, index) => textEvidence(`file-${index}`, text)))

const failing = '<err> app: +CEREG: 90\n<err> app: SIM card not detected\n'
const registered = '<inf> app: +CEREG: 5,"1A2B","01020304",7\n<err> app: mqtt_connect, error: -111\n'

test('a card that is asked with the radio off takes nothing from a SIM fault', () => {
  const off = '> AT+CFUN?\n< +CFUN: 0\n< OK\n> AT%XICCID\n< ERROR\n'
  for (const files of [
    [failing, off],
    [off, failing],
  ])
    expect(leader(verdictOf(...files))).toBe('sim-failure')
  expect(leader(verdictOf(off))).not.toBe('sim-failure')
})

test('a log that was cut in two has one verdict with the log that was not', () => {
  expect(leader(verdictOf(registered + failing))).toBe('sim-failure')
  expect(leader(verdictOf(registered, failing))).toBe('sim-failure')
})

test.each([
  ['a SIM fault', failing],
  ['a denied registration', '+CEREG: 3\n'],
  ['a search', '+CEREG: 0,2\n'],
])('%s in a file that may be the newer one leaves no credential in the lead', (_, out) => {
  const lost = '> AT%CMNG=1,42\n< OK\n'
  const verdict = verdictOf(out, `sdk 1.0.0\n${registered}<err> app: mqtt_connect, error: -45\n`, lost)
  expect(verdict.causes.filter(({ group }) => group === 'store')).toEqual([])
  expect(verdict.notes.map(({ code }) => code)).toContain('stage')
  expect(['registration', 'sim']).toContain(verdict.next?.topic)
})

test('dates tell which of two files is newer, whatever the order in which they are named', () => {
  const dated = (text: string, day: string): string => text.replaceAll(/^(?=<)/gm, `2024-05-${day} 10:00:00.000 `)
  for (const [sim, log, cause] of [
    ['12', '11', 'sim-failure'],
    ['11', '12', 'other'],
  ] as const)
    for (const files of [
      [dated(failing, sim), dated(registered, log)],
      [dated(registered, log), dated(failing, sim)],
    ])
      expect(leader(verdictOf(...files)) === 'sim-failure').toBe(cause === 'sim-failure')
  // A clock that was never set tells nothing.
  const unset = failing.replaceAll(/^(?=<)/gm, '1970-01-01 00:00:09.000 ')
  expect(leader(verdictOf(dated(registered, '11'), unset))).toBe('sim-failure')
})

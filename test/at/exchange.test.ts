import fc from 'fast-check'
import { expect, test } from 'vitest'
import { beginExchange, commands, type ExchangeInput, finalLine, finalOf, stepExchange } from '../../src/at/index.ts'
import { refused } from '../../src/terms/index.ts'

test('only a line that IS a final result ends an exchange, not one that contains it', () => {
  const exchange = beginExchange(commands.cmngList, {})
  for (const line of ['OKAY', 'xOK', '%X: "OK"', 'ERROR: 3', '+CME ERROR: x', '+CME ERROR 3']) {
    expect(stepExchange(exchange, { kind: 'line', line }).kind, line).toBe('unsolicited')
  }
})

test('the echo of the command is dropped, and a notification is handed on', () => {
  const exchange = beginExchange(commands.cfunRead, undefined)
  expect(stepExchange(exchange, { kind: 'line', line: 'AT+CFUN?' })).toEqual({ kind: 'waiting', exchange })
  expect(stepExchange(exchange, { kind: 'line', line: '+CEREG: 5' })).toEqual({
    kind: 'unsolicited',
    line: '+CEREG: 5',
  })
})

test('+CMS ERROR: 524 is no answer to a credential command (SMS-14)', () => {
  const exchange = beginExchange(commands.cmngList, {})
  expect(stepExchange(exchange, { kind: 'line', line: '+CMS ERROR: 524' }).kind).toBe('unsolicited')
})

test('OK without the line that was asked for is garbled, not a success', () => {
  const step = stepExchange(beginExchange(commands.cfunRead, undefined), { kind: 'line', line: 'OK' })
  expect(step).toMatchObject({ kind: 'done', outcome: { ok: false, refusal: { kind: 'garbled' } } })
})

test('a deadline inside an open quote is garbled, any other is silence', () => {
  const exchange = beginExchange(commands.cmngRead, { tag: 1, type: 0 })
  const late = (unfinished: string): ExchangeInput => ({ kind: 'deadline', afterMs: 5000, unfinished })
  expect(stepExchange(exchange, late('%CMNG: 1,0,"AB","---'))).toMatchObject({
    outcome: { refusal: { kind: 'garbled' } },
  })
  expect(stepExchange(exchange, late(''))).toMatchObject({ outcome: { refusal: { kind: 'silence', afterMs: 5000 } } })
})

test('a refusal keeps its number on the way out and back', () => {
  fc.assert(
    fc.property(fc.constantFrom('cme' as const, 'cms' as const), fc.nat(65_535), (kind, code) => {
      expect(finalOf(finalLine(refused({ kind, code }), true))).toEqual(refused({ kind, code }))
    }),
  )
})

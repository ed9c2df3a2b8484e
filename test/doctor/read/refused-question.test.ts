import { expect, test } from 'vitest'
import { shareOf, verdictOn } from '../../support/evidence.ts'

const cause = 'version-incompatible'

test.each([
  ['whose modem is off', 'AT+CFUN?\n+CFUN: 0\nOK\nAT%XCBAND?\nERROR\n'],
  ['that was put into flight mode', 'AT+CFUN=4\nOK\nAT%XCBAND?\nERROR\n'],
  ['whose card is off', 'AT+CFUN?\n+CFUN: 0\nOK\nAT+CPIN?\nERROR\nAT%XSIM?\nERROR\n'],
  ['of the older family, about the identity of the newer', 'AT+CGMR\nmfw_nrf9160_1.3.5\nOK\nAT%DEVICEUUID\nERROR\n'],
  ['about its signal', 'AT+CFUN?\n+CFUN: 1\nOK\nAT+CESQ\nERROR\n'],
])('a bare ERROR to a question of a board %s is no sign of versions, of the setup or of the card', (_, dialogue) => {
  const verdict = verdictOn(dialogue)
  for (const other of [cause, 'app-config', 'sim-failure']) expect(shareOf(verdict, other)).toBeLessThan(0.05)
})

test.each([
  ['a command that is to do something', 'AT+CFUN?\n+CFUN: 0\nOK\nAT%XMAGIC=1\nERROR\n'],
  ['a question whether a command is known', 'AT+CFUN?\n+CFUN: 0\nOK\nAT%XMAGIC=?\nERROR\n'],
  ['a question while the radio is on', 'AT+CFUN=4\nOK\nAT+CFUN=1\nOK\nAT%XMAGIC?\nERROR\n'],
])('a bare ERROR to %s still is one', (_, dialogue) => {
  expect(shareOf(verdictOn(dialogue), cause)).toBeGreaterThan(0.3)
})

test('a card that is not there while the modem is on is told still', () => {
  expect(shareOf(verdictOn('AT+CFUN?\n+CFUN: 1\nOK\nAT+CPIN?\nERROR\n'), 'sim-failure')).toBeGreaterThan(0.3)
})

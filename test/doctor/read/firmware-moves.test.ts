import { expect, test } from 'vitest'
import { readEvidence, textEvidence } from '../../../src/doctor/index.ts'

function movesIn(...lines: readonly string[]): string[] {
  return readEvidence(textEvidence('log', lines.join('\n'))).facts.flatMap((fact) =>
    fact.kind === 'firmware-move' ? [`${fact.value.from} ${fact.value.to}`] : [],
  )
}

test.each([
  ['I took the modem firmware from 1.3.1 to 1.2.8', '1.3.1 1.2.8'],
  ['mfw 1.3.2 -> 1.2.3', '1.3.2 1.2.3'],
  ['modem firmware: mfw_nrf9160_1.2.8, previously mfw_nrf9160_1.3.0', '1.3.0 1.2.8'],
  ['The modem firmware was 1.3.1, it is now 1.2.8', '1.3.1 1.2.8'],
  ['mfw 1.3.1 before the update, mfw 1.2.8 after it', '1.3.1 1.2.8'],
  ['We went back to 1.2.3 from 1.3.4 (modem firmware), NCS 1.9.1', '1.3.4 1.2.3'],
  ['We updated the modem firmware from 1.2.3 to 1.3.1 and NCS 1.5.0 to NCS 1.9.1', '1.2.3 1.3.1'],
])('%s: which firmware came first is told', (line, move) => {
  expect(movesIn(line)).toEqual([move])
})

test.each([
  'modem firmware 1.3.2, NCS 1.9.1',
  'NCS 1.9.1 with mfw 1.3.2; before that NCS 1.5.0',
  'updated NCS from 1.5.0 to 1.9.1',
  'mfw 1.3.2 is what the release notes of 1.9.1 ask for',
])('%s: no move of the modem firmware is told', (line) => {
  expect(movesIn(line)).toEqual([])
})

test('two answers to AT+CGMR in turn are a move; also in a log that came out of order', () => {
  expect(movesIn('> AT+CGMR', '< mfw_nrf9160_1.3.1', '< OK', '> AT+CGMR', '< mfw_nrf9160_1.2.8', '< OK')).toEqual([
    'mfw_nrf9160_1.3.1 mfw_nrf9160_1.2.8',
  ])
  const log = [
    '[00:00:01.000,000] <inf> app: started',
    '[00:00:01.400,000] <inf> app: Modem firmware: mfw_nrf9160_1.2.8',
    '[00:00:01.300,000] <inf> app: Modem firmware: mfw_nrf9160_1.3.1',
    '[00:00:01.500,000] <inf> app: done',
  ]
  expect(movesIn(...log)).toEqual(['mfw_nrf9160_1.3.1 mfw_nrf9160_1.2.8'])
})

test('the firmware that somebody is advised to take is none that the modem had', () => {
  expect(movesIn('please update to mfw_nrf9160_1.3.1 first', '> AT+CGMR', '< mfw_nrf9160_1.2.8')).toEqual([])
})

test('two boards with two firmwares are no move', () => {
  expect(movesIn('board-1: modem fw: mfw_nrf9160_1.3.1', 'board-2: modem fw: mfw_nrf9160_1.2.8')).toEqual([])
})

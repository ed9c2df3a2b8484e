import { expect, test } from 'vitest'
import { diagnose, readEvidence, textEvidence } from '../../../src/doctor/index.ts'
import { leader } from '../../support/evidence.ts'

const opens = 'New connection from 10.4.5.6:40001 on port 8883.'
const verify = 'error:0A000086:SSL routines::certificate verify failed'
const openssl = `OpenSSL Error[0]: ${verify}`
const ends = 'Client <unknown> disconnected: Protocol error.'
const asUsers = `Client connection from 10.4.5.6 failed: ${verify}.`

const fronts = [
  '1702300004: ',
  '2024-05-11T10:00:00: ',
  '2024-05-11 10:00:00: ',
  '[2024-05-11 10:00:00] ',
  '05/11/24 10:00:00: ',
  'Sat May 11 10:00:00 2024: ',
  '2024-05-11T10:00:00.123456789Z 1702300004: ',
  'May 11 10:00:00 host mosquitto[311]: ',
  'May 11 10:00:00 host mosquitto[311]: 1702300004: ',
  '2024-05-11T10:00:00+0000 host mosquitto[311]: 1702300004: ',
  'mosquitto  | 1702300004: ',
  'mosquitto-1  | 2024-05-11T10:00:00: ',
  'mqtt  | 1702300004: ',
  'broker  | ',
  'srv-1  | 1702300004: ',
  '',
]

test.each(fronts)('a broker’s log is the broker’s with %j in front of its lines', (front) => {
  for (const lines of [[opens, openssl, ends], [asUsers]]) {
    const log = lines.map((line) => `${front}${line}\n`).join('')
    expect(leader(diagnose([textEvidence('log', log)]))).toBe('broker-does-not-trust-client-chain')
  }
})

test('the beginning of a log may be missing', () => {
  for (const front of fronts.slice(0, 4))
    expect(leader(diagnose([textEvidence('log', `${front}${openssl}\n${front}${ends}\n`)]))).toBe(
      'broker-does-not-trust-client-chain',
    )
})

/** Whose verdict a line is read as. */
function byOf(log: string): string | undefined {
  return readEvidence(textEvidence('log', log)).facts.find((fact) => fact.kind === 'distrust')?.value.by
}

test('what a client prints is not the broker’s, and neither is what a terminal stamps in between', () => {
  expect(byOf(`$ mosquitto_sub -h broker -d\n${openssl}\n`)).toBe('device')
  expect(byOf('mqtt-client  | OpenSSL Error[0]: error:0A000086:SSL routines::certificate verify failed\n')).toBe(
    'either',
  )
  const mixed = `[2024-05-11 10:00:00] ${opens}\n[2024-05-11 10:00:01] mqtt_connect, error: -111\n`
  expect(readEvidence(textEvidence('log', mixed)).facts.map(({ kind }) => kind)).toContain('failure')
  const board = `2024-05-11T10:00:00: ${opens}\n2024-05-11T10:00:01: <err> app: mqtt_connect, error: -111\n`
  expect(readEvidence(textEvidence('log', board)).facts.map(({ kind }) => kind)).toContain('failure')
})

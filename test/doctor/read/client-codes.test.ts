import { expect, test } from 'vitest'
import { clientCodeIn } from '../../../src/doctor/read/client-codes.ts'
import { leader, shareOf, verdictOn } from '../../support/evidence.ts'

test.each([
  ['Attempting MQTT connection...failed, rc=4 try again in 5 seconds', { connack: 4 }],
  ['Attempting MQTT connection...failed, rc=-4 try again in 5 seconds', { sign: 'connect-unanswered' }],
  ['failed, rc=-2', { failing: 'server' }],
  ['Connected with result code 5', { connack: 5 }],
  ['Unexpected disconnection, rc: 7', { sign: 'session-lost' }],
  ['+QMTOPEN: 0,4', { sign: 'name-not-resolved' }],
  ['+QMTCONN: 0,0,5', { connack: 5 }],
  ['+CMQTTCONNECT: 0,30', { connack: 4 }],
  ['ERROR: failed to load -150, please check', { sign: 'not-yet-valid' }],
])('%s is a number of its own library, and no errno', (line, code) => {
  expect(clientCodeIn(line)).toEqual(code)
})

test('a number of success says nothing, and a line without one is for other readers', () => {
  expect(clientCodeIn('+QMTOPEN: 0,0')).toEqual({})
  expect(clientCodeIn('mqtt_connect failed: -45')).toBeUndefined()
  expect(clientCodeIn('connect failed with -116')).toBeUndefined()
})

test('a refusal by such a number is told as what it is', () => {
  expect(leader(verdictOn('Attempting MQTT connection...failed, rc=4 try again in 5 seconds\n'))).toBe(
    'mqtt-bad-credentials',
  )
  expect(shareOf(verdictOn('+QMTOPEN: 0,4\n'), 'dns-failure')).toBeGreaterThan(0.5)
})

import { expect, test } from 'vitest'
import { diagnose, textEvidence } from '../../src/doctor/index.ts'
import { leader, shareOf } from '../support/evidence.ts'

const verdictOf = (...files: readonly string[]) =>
  diagnose(files.map((text, index) => textEvidence(`file-${index}`, text)))

const timedOut = '<err> app: mqtt_connect, error: -116\n'
const came = '1702300000: New connection from 10.0.0.5:50001 on port 8883.\n'
const left = '1702300031: Client <unknown> disconnected: connection lost.\n'
const other =
  '1702300000: New connection from 10.0.0.9:50002 on port 8883.\n' +
  '1702300001: New client connected from 10.0.0.9:50002 as other-board (p2, c1, k60).\n'

test('a connection that the broker’s log shows is no port at which nothing answers', () => {
  expect(leader(verdictOf(timedOut))).toBe('net-blocked')
  for (const files of [[timedOut + came + left], [timedOut, came + left], [came, timedOut]]) {
    const verdict = verdictOf(...files)
    expect(leader(verdict)).toBe('handshake-timeout')
    expect(shareOf(verdict, 'net-blocked')).toBeLessThan(0.1)
  }
})

test('a connection that became the session of another client tells nothing of this one', () => {
  expect(leader(verdictOf(timedOut, other))).toBe('net-blocked')
})

const aws =
  '{"timestamp":"2024-05-11 10:00:00.000","logLevel":"ERROR","status":"Failure","eventType":"Connect","protocol":"MQTT"}\n'
const emqx = '2024-05-11T10:00:00.123+00:00 [info] msg: terminate, mfa: emqx_connection:terminate/2, reason: closed\n'

test.each([
  ['Mosquitto’s', came],
  ['Mosquitto’s, of no TLS', '1702300000: OpenSSL Error[0]: error:0A00010B:SSL routines::wrong version number\n'],
  ['AWS IoT’s', aws],
  ['EMQX’s', emqx],
])('what the broker’s side saw is known where a log of its own was given: %s', (_, log) => {
  const verdict = verdictOf('<err> app: mqtt_connect, error: -111\n', log)
  expect(verdict.unknown).not.toContain("what the broker's side saw")
  expect(verdict.next?.topic).not.toBe('broker-log')
})

test('what the broker’s side saw is not known from the log of a board', () => {
  expect(verdictOf(timedOut).unknown).toContain("what the broker's side saw")
})

test('first bytes that are no MQTT, on the port without TLS, are TLS', () => {
  const malformed = (port: number): string =>
    `1702300000: New connection from 10.0.0.5:50001 on port ${port}.\n` +
    '1702300000: Client <unknown> disconnected due to malformed packet.\n'
  expect(leader(verdictOf(malformed(1883)))).toBe('plain-on-tls-port')
  expect(leader(verdictOf(malformed(8883)))).toBe('insufficient-evidence')
})

test.each([
  'MQTT client: Connection was rejected with return code 4',
  'MQTT connection rejected, return code: 4',
  'Connection rejected with reason code 4',
])('%s is an answer to CONNECT', (words) => {
  expect(leader(verdictOf(`[00:00:09.000,000] <err> mqtt_app: ${words}\n`))).toBe('mqtt-bad-credentials')
})

test('a listing of all tags with nothing in it is an empty store; behind a loss of power it is lost', () => {
  const empty = '> AT%CMNG=1\n< OK\n'
  expect(leader(verdictOf(empty))).toBe('cred-slot-empty')
  const lost = verdictOf(`<wrn> power: brown-out\n${empty}<err> app: mqtt_connect, error: -111\n`)
  expect(leader(lost)).toBe('cred-lost-after-power-event')
  expect(lost.unknown).toContain('which security tag the application uses')
  const held = '> AT%CMNG=1\n< %CMNG: 42,0,"00"\n< OK\n'
  expect(shareOf(verdictOf(held), 'cred-slot-empty')).toBe(0)
})

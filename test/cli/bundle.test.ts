import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parsePem } from '../../src/pki/index.ts'
import { byteText } from '../../src/terms/index.ts'
import { findProgram, needs } from '../support/outside.ts'
import { flags, port, tag, type Workbench, workbench } from '../support/workbench.ts'

let bench: Workbench
beforeEach(async () => {
  bench = await workbench({ mfw: '1.3.5' })
})
afterEach(() => bench.clear())

const archive = (): string => gunzipSync(readFileSync(join(bench.folder, 'case.tar.gz'))).toString('latin1')

test('a bundle holds versions, mode, listing, registration, dialogue, logs and verdict, and no key', async () => {
  await bench.run(['apply', ...port, ...flags, '--proof', 'digest'])
  bench.file('device.log', `mqtt_connect error -111\n${bench.paper.key}\n+CEREG: 2\n`)
  const { exit, result } = await bench.run(['bundle', 'device.log', ...port, '--out', 'case.tar.gz', '--json'])
  expect(exit).toBe(0)
  expect(Number(result['struck'])).toBeGreaterThan(0)
  const text = archive()
  for (const part of ['README.txt', 'board.json', 'dialogue.at', 'logs/device.log', 'verdict.json'])
    expect(text).toContain(part)
  for (const said of [
    'mfw_nrf9160_1.3.5',
    '+CFUN: ',
    `%CMNG: ${tag},0`,
    '+CEREG: ',
    'mqtt_connect error -111',
    '<struck>',
  ])
    expect(text).toContain(said)
  for (const line of bench.paper.key.split('\n').slice(1, -2)) expect(text).not.toContain(line)
  expect(statSync(join(bench.folder, 'case.tar.gz')).mode & 0o777).toBe(0o600)
})

test('the verdict in the bundle counts what the board answered', async () => {
  bench.file('device.log', `NCS version: 2.6.0\nsec_tag: ${tag}\nmqtt_connect error -111\n`)
  await bench.run(['bundle', 'device.log', ...port, '--out', 'case.tar.gz'])
  expect(archive()).toMatch(/"cause": "cred-slot-empty"[^]*"evidence": "dialogue.at"/)
})

test('two logs of one name are both in the archive', async () => {
  for (const folder of ['a', 'b']) mkdirSync(join(bench.folder, folder))
  bench.file('a/device.log', 'mqtt_connect error -45\n')
  bench.file('b/device.log', '+CEREG: 2\n')
  await bench.run(['bundle', 'a/device.log', 'b/device.log', '--out', 'case.tar.gz'])
  for (const part of ['logs/device.log', 'logs/2-device.log']) expect(archive()).toContain(part)
})

test('what is asked of the board changes nothing on it', async () => {
  await bench.active()
  const before = JSON.stringify([bench.board.modem.state, bench.board.modem.store.items()])
  expect((await bench.run(['bundle', ...port, '--out', 'case.tar.gz'])).exit).toBe(0)
  expect(JSON.stringify([bench.board.modem.state, bench.board.modem.store.items()])).toBe(before)
})

test('a trace goes in as it is, with a warning; without one it is said how one is recorded', async () => {
  bench.file('trace.bin', Uint8Array.from([0, 1, 2, 255]))
  const traced = await bench.run(['bundle', '--trace', 'trace.bin', '--out', 'case.tar.gz'])
  expect(traced.err).toContain('subscriber data')
  expect(archive()).toContain('\u0000\u0001\u0002\u00ff')
  bench.file('device.log', 'mqtt_connect error -45\n')
  const bare = await bench.run(['bundle', 'device.log', '--out', 'bare.tar.gz'])
  expect(bare.err).toContain('CONFIG_NRF_MODEM_LIB_TRACE')
  expect(bare.err).toContain('cannot record one')
})

needs('tar', findProgram('tar', 'SECTAG_TAR') !== undefined)('the archive is opened by tar', async () => {
  bench.file('odd name ü.log', 'mqtt_connect error -45\n')
  await bench.run(['bundle', 'odd name ü.log', '--out', 'case.tar.gz'])
  const listed = execFileSync('tar', ['-tzf', 'case.tar.gz'], { cwd: bench.folder, encoding: 'utf8' })
  expect(listed.trim().split('\n')).toEqual(['README.txt', 'logs/odd_name__.log', 'verdict.json'])
})

test('a key that lies in a DER file is in no archive, and the bundle says that it struck it out', async () => {
  const key = parsePem(bench.paper.key).blocks[0]?.der ?? new Uint8Array()
  bench.file('key.der', key)
  const { result } = await bench.run(['bundle', 'key.der', '--out', 'case.tar.gz', '--json'])
  expect(Number(result['struck'])).toBeGreaterThan(0)
  expect(archive()).toContain('-----BEGIN PRIVATE KEY-----\n<struck>')
  for (const secret of [byteText(key).slice(-40), btoa(byteText(key)).slice(20, 60)])
    expect(archive()).not.toContain(secret)
})

test('passwords, tokens, PSKs and PINs of a log are in no archive, nor in its verdict, and the README promises no more', async () => {
  const { key } = bench.paper
  const secrets = [
    ['AT+CGAUTH=0,2,"user","', 'hunter1secret', '"'],
    ['password: ', 'hunter2secret', ''],
    ['mosquitto_pub -u bob -P ', 'hunter3secret', ''],
    ['CONFIG_MQTT_PASSWORD="', 'hunter4secret', '"'],
    ['mqtts://bob:', 'hunter5secret', '@broker'],
    ['Authorization: Bearer ', 'eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJib2IifQ.c2lnbmF0dXJlLW9mLWl0', ''],
    ['aws_secret_access_key=', 'wJalrXUtnFEMIK7MDENG', ''],
    ['AT#XCMNG=0,42,3,"', '6e7266393174657374', '"'],
    ['AT+CPIN=', '47114711', ''],
  ] as const
  const tail = key.trimEnd().split('\n').slice(2).join('\n')
  bench.file(
    'device.log',
    `mqtt_connect error -111\n${secrets.map((parts) => parts.join('')).join('\n')}\nend\n${tail}\n`,
  )
  const { result } = await bench.run(['bundle', 'device.log', '--out', 'case.tar.gz', '--json'])
  const text = archive()
  for (const [before, secret] of secrets) {
    expect(text).not.toContain(secret)
    expect(text).toContain(`${before}<struck>`)
  }
  expect(text).not.toContain(tail.slice(0, 16))
  expect(text).toContain('read the logs before you give them away')
  expect(Number(result['struck'])).toBe(secrets.length + tail.split('\n').length - 1)
})

test.each(['1.0.0', '1.1.4', '1.3.2', '1.3.7', '2.0.2'])(
  'what bundle asks of a board with nothing wrong is no cause, whatever its modem refuses: %s, off and on',
  async (mfw) => {
    const own = await workbench({ mfw })
    try {
      for (const mode of ['off', 'on']) {
        if (mode === 'on') await own.active()
        await own.run(['bundle', ...port, '--out', `${mode}.tar.gz`])
        const text = gunzipSync(readFileSync(join(own.folder, `${mode}.tar.gz`))).toString('latin1')
        for (const cause of ['version-incompatible', 'app-config', 'sim-failure'])
          expect(text).not.toContain(`"cause": "${cause}"`)
      }
    } finally {
      await own.clear()
    }
  },
)

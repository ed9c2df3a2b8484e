import { expect, test } from 'vitest'
import { readEvidence } from '../../../src/doctor/read/reading.ts'
import { textEvidence } from '../../../src/doctor/index.ts'
import { leader, shareOf, verdictOn } from '../../support/evidence.ts'
import { certificate, pair } from '../../support/paper.ts'

const badCertificate = '1700000000: OpenSSL Error[0]: error:0A000412:SSL routines::sslv3 alert bad certificate\n'

async function shown(options: string, ...names: string[]): Promise<string> {
  const pem = await certificate(await pair(), { subject: 'broker', issuer: 'root', ...(names.length > 0 && { names }) })
  return `$ openssl s_client ${options}
CONNECTED(00000003)
depth=0 CN = broker
verify error:num=20:unable to get local issuer certificate
---
Certificate chain
 0 s:CN = broker
${pem}---
Server certificate
${pem}Verify return code: 20 (unable to get local issuer certificate)
`
}

function signsOf(text: string): string[] {
  return readEvidence(textEvidence('x', text)).facts.flatMap((fact) => (fact.kind === 'seen' ? [fact.value.sign] : []))
}

test('a name that is not in the certificate which a server shows is seen, and one that is, is not', async () => {
  const said: readonly (readonly [string, string[], boolean])[] = [
    ['-connect mqtt.example.org:8883', ['broker.test'], true],
    ['-connect mqtt.example.org:8883', ['broker.test', 'mqtt.example.org'], false],
    ['-connect mqtt.example.org:8883', ['*.example.org'], false],
    ['-connect a.mqtt.example.org:8883', ['*.example.org'], true],
    ['-connect MQTT.example.org:8883', [], true],
    ['-connect 10.0.0.7:8883 -servername mqtt.example.org', ['broker.test'], true],
    ['-connect localhost:8883', ['broker.test'], false],
    ['-connect 10.0.0.7:8883', ['broker.test'], false],
  ]
  for (const [options, names, differs] of said) {
    const text = await shown(options, ...names)
    expect(signsOf(text).includes('name-not-in-certificate'), options).toBe(differs)
    if (differs) expect(leader(verdictOn(`${text}${badCertificate}`)), options).toBe('hostname-mismatch')
  }
})

test('a computer that was not told of a CA trusts none, which says nothing of a device; with the CA it does', async () => {
  const kinds = (text: string): string[] => readEvidence(textEvidence('x', text)).facts.map(({ kind }) => kind)
  const alone = await shown('-connect 10.0.0.7:8883', 'broker.test')
  expect(kinds(alone)).not.toContain('distrust')
  expect(kinds(alone)).not.toContain('failure')
  expect(kinds(await shown('-connect 10.0.0.7:8883 -CAfile ca.pem', 'broker.test'))).toContain('distrust')
  expect(kinds(`${alone}${badCertificate}`)).toContain('distrust')
})

test('a server that takes the connection and says nothing to the first message lets the handshake run out', () => {
  expect(signsOf('$ openssl s_client -connect b.example:8883\nCONNECTED(00000003)\n')).toContain('handshake-timed-out')
  expect(signsOf('$ openssl s_client -connect b.example:8883\nconnect:errno=111\n')).not.toContain(
    'handshake-timed-out',
  )
  const refused = 'CONNECTED(00000003)\nerror:0A00010B:SSL routines:ssl3_get_record:wrong version number\n'
  expect(signsOf(`$ openssl s_client -connect b.example:8883\n${refused}`)).not.toContain('handshake-timed-out')
})

test('a server that ends the handshake before it shows a certificate has no suite in common, or knows no TLS', () => {
  const tried = '$ openssl s_client -connect b.example:8883\nCONNECTED(00000003)\n'
  const alert =
    '40C7A8:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:rec_layer_s3.c:1586:\n'
  const nothing = '---\nno peer certificate available\n---\n'
  expect(leader(verdictOn(`${tried}${alert}${nothing}`))).toBe('tls-version-mismatch')
  expect(shareOf(verdictOn(`${tried}${nothing}`), 'client-cert-missing')).toBeLessThan(0.1)
  expect(leader(verdictOn(`${tried}${nothing}SSL handshake has read 0 bytes and written 293 bytes\n`))).toBe(
    'plain-on-tls-port',
  )
})

test('a port that takes connections is no closed one: then it is the handshake that gets no answer', () => {
  const failing = 'connect error -116\n'
  const open = '$ nc -vz b.example 8883\nConnection to b.example 8883 port [tcp/secure-mqtt] succeeded!\n'
  expect(leader(verdictOn(failing, 'sdk=2.7.0'))).toBe('net-blocked')
  expect(leader(verdictOn(`${failing}${open}`, 'sdk=2.7.0'))).toBe('handshake-timeout')
})

test('an alert that says expired is that of a clock that is behind, where it is; otherwise the certificate is', () => {
  const expired = '1795359154: OpenSSL Error[0]: error:0A000415:SSL routines::sslv3 alert certificate expired\n'
  expect(leader(verdictOn(expired))).toBe('server-ca-rotated')
  expect(leader(verdictOn(`${expired}AT+CCLK?\n+CCLK: "23/01/01,00:00:10+00"\nOK\n`))).toBe('clock-not-set')
})

test('a clock of the modem that is behind makes a good certificate look not yet valid, and one that is right does not', () => {
  const dates = 'notBefore=Nov 21 14:52:34 2026 GMT\nnotAfter=Dec 22 14:52:34 2026 GMT\n'
  const unknownCa = '1795359154: OpenSSL Error[0]: error:0A000418:SSL routines::tlsv1 alert unknown ca\n'
  const clock = (text: string): string => `AT+CCLK?\n+CCLK: "${text}"\nOK\n`
  expect(leader(verdictOn(clock('15/01/01,00:00:10+00')))).toBe('clock-not-set')
  expect(leader(verdictOn(`${dates}${clock('26/11/20,12:00:00+04')}${badCertificate}`))).toBe('clock-not-set')
  expect(leader(verdictOn(`${unknownCa}${clock('26/01/01,12:00:00+04')}`))).toBe('clock-not-set')
  for (const right of ['26/11/21,15:30:00+00', '26/11/22,15:30:00+04'])
    expect(shareOf(verdictOn(`${unknownCa}${dates}${clock(right)}`), 'clock-not-set'), right).toBe(0)
})

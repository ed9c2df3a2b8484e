import { expect, test } from 'vitest'
import { leader, shareOf, verdictOn } from '../../support/evidence.ts'

const at = (...lines: string[]): string => lines.map((line) => `1700000000: ${line}\n`).join('')

test('a file that a broker cannot load is no credential of a board', () => {
  const starts = [
    [
      'Error: Unable to load CA certificates. Check cafile "/x/ca.pem".',
      'error:06800079:asn1 encoding routines::field missing',
    ],
    [
      'Error: Unable to load server key file "/x/key.pem". Check keyfile.',
      'error:05800074:x509 certificate routines::key values mismatch',
    ],
    [
      'Error: Unable to load server certificate "/x/s.pem". Check certfile.',
      'error:80000002:system library::No such file or directory',
    ],
  ] as const
  for (const [error, openssl] of starts) {
    const both = verdictOn(at('mosquitto version 2.0.11 starting', error, `OpenSSL Error[0]: ${openssl}`))
    const half = verdictOn(at('mosquitto version 2.0.11 starting', `OpenSSL Error[0]: ${openssl}`))
    for (const verdict of [both, half]) {
      expect(leader(verdict), openssl).toBe('broker-config')
      for (const cause of ['cred-content-malformed', 'key-cert-mismatch']) expect(shareOf(verdict, cause)).toBe(0)
    }
  }
})

test('once the broker serves, the same routines speak of what a client sent', () => {
  const log = at(
    'mosquitto version 2.0.11 running',
    'New connection from 10.0.0.7:40000 on port 8883.',
    'OpenSSL Error[0]: error:068000A8:asn1 encoding routines::wrong tag',
    'OpenSSL Error[1]: error:0A08000D:SSL routines::ASN1 lib',
  )
  expect(shareOf(verdictOn(log), 'broker-config')).toBe(0)
  expect(shareOf(verdictOn(log), 'cred-content-malformed')).toBeGreaterThan(0)
})

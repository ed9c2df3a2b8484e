import { expect, test } from 'vitest'
import { leader, shareOf, verdictOn } from '../../support/evidence.ts'

const digest = (end: string): string => `(stdin)= 1bc29b36f623ba82aaf6724fd3b167${end}\n`
const halves = (certificate: string, key: string): string =>
  `$ openssl x509 -in board.crt -noout -pubkey\n${certificate}$ openssl pkey -in board.key -pubout\n${key}$ ls\n`
const half = (body: string): string => `-----BEGIN PUBLIC KEY-----\n${body}\n-----END PUBLIC KEY-----\n`

test('two halves that openssl printed are a pair or not, as text and as a digest of it', () => {
  const cause = 'key-cert-mismatch'
  expect(leader(verdictOn(halves(half('MFkwEwYA'), half('MFkwEwYB'))))).toBe(cause)
  expect(shareOf(verdictOn(halves(half('MFkwEwYA'), half('MFkwEwYA'))), cause)).toBe(0)
  const moduli = (a: string, b: string): string =>
    `$ openssl x509 -noout -modulus -in b.crt | openssl md5\n${digest(a)}$ openssl rsa -noout -modulus -in b.key | openssl md5\n${digest(b)}`
  expect(leader(verdictOn(moduli('18', '19')))).toBe(cause)
  expect(shareOf(verdictOn(moduli('18', '18')), cause)).toBe(0)
})

test('one half alone, a value that is not there, and values of two forms say nothing', () => {
  const cause = 'key-cert-mismatch'
  for (const text of [
    `$ openssl x509 -in board.crt -noout -pubkey\n${half('MFkwEwYA')}`,
    halves(half('MFkwEwYA'), ''),
    `$ openssl x509 -noout -modulus -in b.crt\nModulus=AB\n$ openssl rsa -noout -modulus -in b.key | openssl md5\n${digest('18')}`,
    halves(half('MFkwEwYA'), `writing EC key\n${half('MFkwEwYA')}`),
  ])
    expect(shareOf(verdictOn(text), cause), text).toBe(0)
})

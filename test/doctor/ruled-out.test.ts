import { expect, test } from 'vitest'
import { shareOf, verdictOn } from '../support/evidence.ts'

const refused = 'esp-tls-mbedtls: mbedtls_ssl_handshake returned -0x2700\n'

test('what a client tried with another part speaks against what it would have shown', () => {
  const plain = verdictOn(`${refused}The certificate is not accepted.\n`)
  const accepted = verdictOn(`${refused}The certificate is not accepted.\nesp-tls-mbedtls: Certificate verified.\n`)
  expect(shareOf(accepted, 'cred-wrong-ca')).toBeLessThan(shareOf(plain, 'cred-wrong-ca'))
})

test('a client of another make has no firmware of this modem to blame, and a modem of this family has', () => {
  const told = 'It fails with the latest firmware version and works with the one before.\n'
  const foreign = shareOf(verdictOn(`ESP32 with Arduino. ${told}`), 'version-incompatible')
  const own = shareOf(verdictOn(`nRF9160 with its modem. ${told}`), 'version-incompatible')
  expect(foreign).toBeLessThanOrEqual(own)
})

test('a cause that is spoken against is still told, with the reason against it', () => {
  const verdict = verdictOn(`${refused}esp-tls-mbedtls: Certificate verified.\n`)
  const told = verdict.causes.find(({ cause }) => cause === 'cred-wrong-ca')
  expect(told?.against.map(({ words }) => words)).toContain("the client accepted the server's certificate")
})

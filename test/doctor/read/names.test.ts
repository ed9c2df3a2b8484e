import { expect, test } from 'vitest'
import { shareOf, verdictOn } from '../../support/evidence.ts'

const cause = 'hostname-mismatch'
const fails = 'Error: A TLS error occurred.\n'

test('a name that is dialled and not among those of the certificate may be what is refused', () => {
  const text = `mosquitto_sub -h mq.plant.example -p 8883 -t a --cafile ca.crt\n${fails}subject: CN = broker.plant.example\n`
  expect(shareOf(verdictOn(text), cause)).toBeGreaterThan(0.3)
})

test.each([
  ['the same name', 'CN = mq.plant.example'],
  ['a star for one label', 'DNS:*.plant.example'],
  ["a CA's name, which is no host", 'CN = Plant Root CA'],
])('%s is no mismatch', (_, named) => {
  const text = `mosquitto_sub -h mq.plant.example -p 8883 -t a --cafile ca.crt\n${fails}subject: ${named}\n`
  const without = verdictOn(text.replace(/subject: .*\n/, ''))
  expect(shareOf(verdictOn(text), cause)).toBeLessThanOrEqual(shareOf(without, cause) + 0.05)
})

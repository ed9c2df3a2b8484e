import { expect, test } from 'vitest'
import { Striker } from '../../src/at/index.ts'
import { keyPem, pair, paper } from '../support/paper.ts'

const bodyOf = (pem: string): string[] => pem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'))
const strike = (lines: readonly string[]): string => {
  const striker = new Striker()
  return lines.map((line) => striker.line(line).text).join('\n')
}

test.each([
  ['P-256', 'pkcs8'],
  ['P-256', 'sec1'],
  ['P-384', 'sec1'],
  ['P-521', 'pkcs8'],
  ['RSA', 'pkcs8'],
  ['RSA', 'pkcs1'],
  ['Ed25519', 'pkcs8'],
] as const)('a %s key in %s whose armour was left off is struck out, on its lines and on one', async (kind, form) => {
  const body = bodyOf(keyPem(await pair(kind), form))
  for (const lines of [
    ['the key:', ...body, 'OK'],
    [`key ${body.join('')}`, 'OK'],
    [`key=${body.join(' ')}`, 'OK'],
  ]) {
    const clean = strike(lines)
    for (const line of body) if (line.length >= 16) expect(clean).not.toContain(line.slice(0, 16))
    expect(clean).toMatch(/^(?:the key:|key[ =])[^]*<struck>[^]*\nOK$/)
  }
})

test('a certificate whose armour was left off stays, as it is no secret', async () => {
  const { ca } = await paper()
  expect(strike(bodyOf(ca))).toBe(bodyOf(ca).join('\n'))
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { KeyTail, Striker } from '../../src/at/index.ts'
import { keyPem, pair, paper } from '../support/paper.ts'

function strike(lines: readonly string[]): { text: string; numbers: number[]; struck: number } {
  const striker = new Striker()
  const tail = new KeyTail()
  const kept = lines.flatMap((line, index) => tail.line({ text: striker.line(line).text, number: index + 1 }))
  const all = [...kept, ...tail.end()]
  return { text: all.map(({ text }) => text).join('\n'), numbers: all.map(({ number }) => number), struck: tail.struck }
}

test.each([
  ['P-256', 'pkcs8'],
  ['P-384', 'sec1'],
  ['RSA', 'pkcs1'],
] as const)('the end of a %s key in %s alone is struck out, however it was printed', async (kind, form) => {
  const all = keyPem(await pair(kind), form)
    .trimEnd()
    .split('\n')
  for (const printed of [
    (line: string) => line,
    (line: string) => `[00:00:01.000,000] <inf> app: ${line}`,
    (line: string) => `2026-11-23T02:49:13.000Z ${line}`,
    (line: string) => `"${line}\\n"`,
    (line: string) => `${line}\r`,
  ]) {
    const lines = ['boot done', ...all.slice(2).map(printed), 'mqtt_connect error -45']
    const { text, numbers, struck } = strike(lines)
    for (const line of all.slice(2, -1)) expect(text).not.toContain(line.slice(0, 16))
    expect(text).toMatch(/^boot done\n[^]*-----END [A-Z ]*PRIVATE KEY-----[^]*\nmqtt_connect error -45$/)
    expect(numbers).toEqual(lines.map((_, index) => index + 1))
    expect(struck).toBe(all.length - 3)
  }
})

test('the end of a key that stands in one line with its END is struck out', async () => {
  const { key } = await paper()
  const tail = key.trimEnd().split('\n').slice(2)
  for (const flat of [tail.join(' '), tail.join('\\n'), tail.join('')]) {
    const { text } = strike([`{"log":"${flat}"}`])
    for (const line of tail.slice(0, -1)) expect(text).not.toContain(line.slice(0, 16))
    expect(text).toContain('-----END PRIVATE KEY-----')
  }
})

test('the end of a certificate stays, as it is no secret, and so does an OK above the END of a key', async () => {
  const { ca } = await paper()
  const lines = ca.trimEnd().split('\n').slice(3)
  expect(strike(lines).text).toBe(lines.join('\n'))
  expect(strike(['OK', '-----END PRIVATE KEY-----']).text).toBe('OK\n-----END PRIVATE KEY-----')
})

test('no line is lost, doubled or put out of its place, and no more is held than a key has', () => {
  const word = fc.constantFrom('OK', 'A'.repeat(64), 'temperature: 20', '-----END PRIVATE KEY-----', '', 'AB==')
  fc.assert(
    fc.property(fc.array(word, { maxLength: 40 }), (lines) => {
      const { text, numbers } = strike(lines)
      expect(numbers).toEqual(lines.map((_, index) => index + 1))
      expect(text.replaceAll('<struck>', '').length).toBeLessThanOrEqual(lines.join('\n').length)
    }),
  )
  const tail = new KeyTail()
  let out = 0
  for (let number = 1; number <= 5000; number++) {
    out += tail.line({ text: 'A'.repeat(64), number }).length
    expect(number - out).toBeLessThanOrEqual(300)
  }
})

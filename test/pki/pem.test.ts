import fc from 'fast-check'
import { expect, test } from 'vitest'
import { armour, parsePem } from '../../src/pki/index.ts'
import { paper } from '../support/paper.ts'

test('armour() and parsePem() are inverse, for any bytes and any line-end style', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 500 })
  fc.assert(
    fc.property(bytes, fc.constantFrom('\n', '\r\n', '\r'), (der, end) => {
      const text = armour({ label: 'CERTIFICATE', der: Uint8Array.from(der) }).replaceAll('\n', end)
      const { blocks, problems, outside } = parsePem(text)
      expect({ problems, outside }).toEqual({ problems: [], outside: false })
      expect(blocks).toEqual([{ label: 'CERTIFICATE', der, line: 1, headers: false }])
    }),
  )
})

test('armour() writes 64 characters a line and a last LF', () => {
  const lines = armour({ label: 'X', der: new Uint8Array(100) }).split('\n')
  expect(lines.map((line) => line.length)).toEqual([17, 64, 64, 8, 15, 0])
})

const wrong: [string, (pem: string) => string, string][] = [
  ['one line with blanks', (pem) => pem.replaceAll('\n', ' '), 'flattened'],
  ['one line without anything', (pem) => pem.replaceAll('\n', ''), 'flattened'],
  ['the two characters \\n', (pem) => pem.replaceAll('\n', '\\n'), 'escaped-newlines'],
  ['no footer', (pem) => pem.slice(0, -30), 'unfinished'],
  ['a foreign character in the body', (pem) => pem.replace('MII', 'M*I'), 'bad-base64'],
  ['a lost character in the body', (pem) => pem.replace('MII', 'MI'), 'bad-base64'],
  ['no PEM at all', () => 'hello', 'not-pem'],
  ['nothing', () => ' \n', 'empty'],
]

test.each(wrong)('%s is refused with its reason', async (_, spoil, code) => {
  const { ca } = await paper()
  expect(parsePem(spoil(ca)).problems.map((problem) => problem.code)).toEqual([code])
})

test('problems say their line, and blocks too', async () => {
  const { ca, certificate } = await paper()
  const text = `a comment\n${ca}${certificate.slice(0, -20)}`
  const { blocks, problems, outside } = parsePem(text)
  expect(blocks.map((block) => block.line)).toEqual([2])
  expect(problems.map((problem) => problem.line)).toEqual([2 + ca.split('\n').length - 1])
  expect(outside).toBe(true)
})

test('no text makes the reader fail', () => {
  fc.assert(
    fc.property(
      fc.string({
        unit: fc.constantFrom('-----BEGIN ', 'X', '-----', '\n', '\r', '-----END X-----', ':', 'AAAA', '\\n', ' '),
      }),
      (text) => {
        const { blocks, problems } = parsePem(text)
        expect(blocks.length + problems.length).toBeGreaterThan(0)
      },
    ),
  )
})

test('a block of eight megabytes is read, and one with a spoiled end is not', () => {
  const der = new Uint8Array(8 * 2 ** 20)
  const text = armour({ label: 'X509 CRL', der })
  expect(parsePem(text).blocks[0]?.der.length).toBe(der.length)
  expect(parsePem(text.replace(/A(?=.{0,3}\n-----END)/, '*')).problems).toMatchObject([{ code: 'bad-base64' }])
  expect(parsePem(text.replace(/A(?=.{0,3}\n-----END)/, '')).problems).toMatchObject([{ code: 'bad-base64' }])
})

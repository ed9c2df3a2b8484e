import fc from 'fast-check'
import { expect, test } from 'vitest'
import { smsMessages, smsReply } from '../../src/board/sms.ts'
import { scaled } from '../support/scale.ts'

test.each([
  ['OK\r\n', ''],
  ['%CMNG: 42,0,"00"\r\nOK\r\n', '%CMNG: 42,0,"00"'],
  ['%CMNG: 42,0,"00"\r\n%CMNG: 42,1,"01"\r\nOK\r\n', '%CMNG: 42,0,"00"\n%CMNG: 42,1,"01"'],
  ['ERROR\r\n', 'ERROR'],
  ['+CME ERROR: 513\r\n', '+CME ERROR: 513'],
])(
  'the answer %j goes back as %j: without its OK, blank where nothing else is there, errors as they stand',
  (answer, reply) => {
    expect(smsReply(answer)).toBe(reply)
  },
)

test('a text that fits is one message, also an empty one; a longer one is cut or split, and split loses nothing', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '%', '[', '€', '"', ','), maxLength: 600 })
  const length = (message: string): number =>
    Array.from(message).reduce((sum, one) => sum + (/[[€]/.test(one) ? 2 : 1), 0)
  fc.assert(
    fc.property(text, (whole) => {
      const texts = (long: 'cut' | 'split'): string[] =>
        smsMessages(whole, long, 1).map((data) => (data.alphabet === 'octets' ? '?' : data.text))
      const split = texts('split')
      const [cut, ...none] = texts('cut')
      expect(none).toEqual([])
      expect(split.join('')).toBe(whole)
      if (length(whole) <= 160) expect([split, cut]).toEqual([[whole], whole])
      else {
        for (const message of split) expect(length(message)).toBeLessThanOrEqual(153)
        expect(whole.startsWith(cut ?? '?')).toBe(true)
        expect([159, 160]).toContain(length(cut ?? ''))
      }
    }),
    { numRuns: scaled(5000, 200) },
  )
})

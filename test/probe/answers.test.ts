import fc from 'fast-check'
import { expect, test } from 'vitest'
import { notRun, readAnswer } from '../../src/probe/index.ts'

test('zero says that the modem has all of it, and that this is no proof of a session', () => {
  expect(readAnswer(0)).toMatchObject({ is: 'done', modemHas: 'all' })
  expect(readAnswer(0).likely).toMatch(/presence, and no proof/)
})

test('a blank word says nothing, and nothing is concluded of the modem', () => {
  expect(readAnswer(notRun)).toMatchObject({ is: 'silent', modemHas: 'unknown' })
})

test.each([
  [-2, 513],
  [-12, 515],
  [-13, 518],
])('the open writer: errno %i of its key library stands for +CME ERROR: %i (ERR-113)', (word, code) => {
  const answer = readAnswer(word)
  expect(answer).toMatchObject({ is: 'refused', modemHas: 'some', refusal: { kind: 'cme', code } })
  expect(answer.what).toContain(`+CME ERROR: ${code}`)
  expect(answer.item).toBeUndefined()
})

test('the open writer: what 514 becomes in its library, -1, is the blank word itself, and no host can tell them apart', () => {
  expect(readAnswer(-1)).toEqual(readAnswer(notRun))
  expect(readAnswer(-1).likely).toMatch(/514/)
})

test('the open writer: a number that its library does not name stays one that nobody names', () => {
  const answer = readAnswer(0xbaad_baad)
  expect(answer.refusal).toBeUndefined()
  expect(answer.what).toMatch(/does not name$/)
  expect(answer.likely).toMatch(/527.*519.*528/)
})

test('the open writer: any other errno is told by its number', () => {
  expect(readAnswer(-22).what).toMatch(/errno 22$/)
  expect(readAnswer(-22).refusal).toBeUndefined()
})

test('our writer: a refusal keeps its number, its item, and what is known of that number', () => {
  expect(readAnswer(0x5b02_0203)).toMatchObject({
    is: 'refused',
    modemHas: 'before',
    item: 2,
    refusal: { kind: 'cme', code: 515 },
    remedy: expect.stringMatching(/erase those that are no longer used/),
  })
})

test('our writer: an errno of the modem library is no refusal of the modem', () => {
  expect(readAnswer(0x5c01_8074)).toMatchObject({ modemHas: 'before-or-with', item: 1 })
  expect(readAnswer(0x5c01_8074).refusal).toBeUndefined()
})

test.each([1, 0x1234_5678, 0x5000_0000, 0x5d00_0000, 0x5f00_0000, 0xcafe_0000])(
  'a word of no writer, 0x%x, is told as such',
  (word) => {
    expect(readAnswer(word)).toMatchObject({ is: 'refused', modemHas: 'unknown' })
    expect(readAnswer(word).what).toMatch(/the word of no writer/)
  },
)

test('every word has all parts of an answer, says its own word, and only zero is done', () => {
  fc.assert(
    fc.property(fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 }), (word) => {
      const answer = readAnswer(word)
      expect(answer.word).toBe(word >>> 0)
      for (const part of [answer.what, answer.likely, answer.remedy]) {
        expect(part.length).toBeGreaterThan(10)
        expect(part).not.toContain('undefined')
      }
      expect(answer.is === 'done').toBe(word === 0)
    }),
    { numRuns: 500 },
  )
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { imageOf, readHex, writeHex } from '../../src/probe/index.ts'
import { bytesOf } from '../../src/terms/index.ts'
import { scaled } from '../support/scale.ts'

const key = 'MIGHAgEAMBMGByqGSM49'
const good = writeHex(imageOf([{ at: 0x1_fff0, bytes: bytesOf(`${key}${key}`) }]))

describe('an Intel HEX file', () => {
  test('is read whatever its line ends, and spans that touch are one', () => {
    const image = { spans: [{ at: 0x1_fff0, bytes: bytesOf(`${key}${key}`) }] }
    for (const end of ['\n', '\r\n', '\r'])
      expect(readHex(good.replaceAll('\n', end))).toEqual({ ok: true, value: image })
    expect(readHex(`${good}\n\n`)).toEqual({ ok: true, value: image })
  })

  test.each([
    ['cut', good.replace(/:00000001FF\n/, '')],
    ['cut', good.slice(0, good.indexOf(':00000001FF'))],
    ['cut', good.slice(0, good.indexOf(':00000001FF') - 9)],
    ['cut', good.slice(0, good.indexOf(':00000001FF') - 2)],
    ['damaged', good.replace('4D49', '4D48')],
    ['not-hex', 'PK\u0003\u0004 this is an archive'],
    ['not-hex', ''],
    ['overlap', good.replace(':00000001FF', `${good.split('\n').at(-3) ?? ''}\n:00000001FF`)],
  ])('that is %s is refused in words that hold nothing of it', (code, text) => {
    const read = readHex(text)
    expect(read).toMatchObject({ ok: false, refusal: { code } })
    expect(JSON.stringify(read)).not.toMatch(/4D4947|MIGH/)
  })
})

test('any bytes as a file end in an image or in a reason, never in an exception', () => {
  const line = fc.stringMatching(/^:[0-9A-F]{8,40}$/)
  const noise = fc.oneof(
    fc.string(),
    fc.array(line).map((lines) => `${lines.join('\n')}\n:00000001FF\n`),
  )
  const mutated = fc.tuple(fc.nat(good.length - 1), fc.string({ minLength: 1, maxLength: 1 })).map(([at, char]) => {
    return good.slice(0, at) + char + good.slice(at + 1)
  })
  fc.assert(
    fc.property(fc.oneof(noise, mutated), (text) => {
      const read = readHex(text)
      if (!read.ok) expect(read.refusal.text).not.toBe('')
    }),
    { numRuns: scaled(50_000) },
  )
})

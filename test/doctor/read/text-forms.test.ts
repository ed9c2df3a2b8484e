import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Striker } from '../../../src/at/index.ts'
import { diagnose, LineSplitter, textEvidence } from '../../../src/doctor/index.ts'
import { type Bytes, bytesOf, concatBytes, utf8 } from '../../../src/terms/index.ts'
import { paper } from '../../support/paper.ts'

type Form = (text: string) => Bytes

const sixteen =
  (mark: boolean, big: boolean): Form =>
  (text) => {
    const units = [...(mark ? '\ufeff' : ''), ...text].map((character) => character.charCodeAt(0))
    return Uint8Array.from(units.flatMap((unit) => (big ? [unit >> 8, unit & 0xff] : [unit & 0xff, unit >> 8])))
  }

const forms: Readonly<Record<string, Form>> = {
  'UTF-8': utf8,
  'UTF-8 with its mark': (text) => utf8(`\ufeff${text}`),
  'UTF-16 as PowerShell writes it': sixteen(true, false),
  'UTF-16 without its mark': sixteen(false, false),
  'UTF-16, the other way round': sixteen(true, true),
  'UTF-16 behind UTF-8, as >> leaves it': (text) => concatBytes([utf8('first\n'), sixteen(false, false)(text)]),
}

/** The lines of a file, cut at any places. */
function linesOf(bytes: Bytes, sizes: readonly number[] = [bytes.length]): string[] {
  const lines: string[] = []
  const splitter = new LineSplitter((line) => lines.push(line))
  let from = 0
  for (let turn = 0; from < bytes.length; turn++) {
    const to = from + (sizes[turn % sizes.length] ?? 1)
    splitter.bytes(bytes.slice(from, to))
    from = to
  }
  splitter.end()
  return lines
}

const log = 'NCS version: 1.0.0\r\nLTE Link Connected!\r\nERROR: mqtt_connect -45\r\n'

test.each(Object.entries(forms))('a log in %s has the lines of any other', (_, form) => {
  const plain = ['NCS version: 1.0.0', 'LTE Link Connected!', 'ERROR: mqtt_connect -45']
  expect(linesOf(form(log)).slice(-3)).toEqual(plain)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), (sizes) => {
      expect(linesOf(form(log), sizes).slice(-3)).toEqual(plain)
    }),
    { numRuns: 50 },
  )
})

test.each(Object.entries(forms))('a private key in %s is struck out', async (_, form) => {
  const { key } = await paper()
  const striker = new Striker()
  const told = linesOf(form(`before\n${key}after\n`))
    .map((line) => striker.line(line).text)
    .join('\n')
  expect(told).toContain('after')
  for (const line of key.trim().split('\n').slice(1, -1)) expect(told).not.toContain(line.slice(0, 21))
})

test('a log whose lines end in carriage returns alone has lines; a credential keeps its own', () => {
  expect(linesOf(bytesOf('one\rtwo\rthree\r'))).toEqual(['one', 'two', 'three'])
  const credential = 'AT%CMNG=0,42,0,"-----BEGIN CERTIFICATE-----\rMIIB\r-----END CERTIFICATE-----"\r'
  expect(linesOf(bytesOf(credential))).toHaveLength(1)
})

test('what could not be read is said: a line that is cut, and a file that is no text', () => {
  const noise = Uint8Array.from({ length: 4000 }, (_, at) => 128 + ((at * 37) % 127))
  const notes = diagnose([
    textEvidence('long.log', `${'x'.repeat(20_000)}\n`),
    { ...textEvidence('modem.bin', ''), body: noise },
  ]).notes.map(({ code, words }) => `${code}: ${words}`)
  expect(notes).toEqual([
    'cut-evidence: of 1 line of long.log only the first 16384 characters were read',
    'garbled-evidence: modem.bin is no text, and nothing was read from it',
  ])
})

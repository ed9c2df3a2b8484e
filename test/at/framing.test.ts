import fc from 'fast-check'
import { expect, test } from 'vitest'
import { emptyFraming, frame, longestLine, splitLines } from '../../src/at/index.ts'

const pem = '-----BEGIN CERTIFICATE-----\r\nMIIOK\r\nOK\r\nERROR\r\n-----END CERTIFICATE-----\r\n'

function inChunks(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].sort((a, b) => a - b)
  let framing = emptyFraming
  const lines: string[] = []
  for (const [index, from] of [0, ...places].entries()) {
    const framed = frame(framing, text.slice(from, places[index] ?? text.length))
    framing = framed.framing
    lines.push(...framed.lines)
  }
  return framing.line === '' ? lines : [...lines, framing.line]
}

const piece = fc.constantFrom(
  'OK\r\n',
  '%CMNG: 1,0,"AB"\r\n',
  `%CMNG: 1,0,"AB","${pem}"\r\n`,
  '+CEREG: 5\r\n',
  '\r\n',
  'log "quote\r\n',
  'AT%CMNG=0,1,0,"',
  '"\r',
  '\n',
  'x',
)

test('framing gives the same logical lines for any chunking', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.array(fc.nat(5000), { maxLength: 30 }), (pieces, cuts) => {
      const text = pieces.join('')
      expect(inChunks(text, cuts)).toEqual(splitLines(text))
    }),
  )
})

test('a PEM between quotes is one logical line, and OK and ERROR in its base64 end nothing', () => {
  expect(splitLines(`%CMNG: 42,0,"AB","${pem}"\r\nOK\r\n`)).toEqual([`%CMNG: 42,0,"AB","${pem}"`, 'OK'])
})

test('a lone quote in a boot log opens nothing', () => {
  expect(splitLines('*** Booting "nRF\r\nOK\r\n')).toEqual(['*** Booting "nRF', 'OK'])
})

test('a command on its way to the modem keeps its quoted line ends too', () => {
  expect(splitLines('at%cmng=0,42,0,"a\nb"\r\nAT\r\n')).toEqual(['at%cmng=0,42,0,"a\nb"', 'AT'])
})

test('CR, LF and CR LF end a line, and empty lines are dropped', () => {
  expect(splitLines('\r\nOK\r\n\nA\rB\n')).toEqual(['OK', 'A', 'B'])
})

test('noise cannot fill the memory: an endless line is given up', () => {
  const { framing, lines } = frame(emptyFraming, `%X: "${'x'.repeat(longestLine * 2)}`)
  expect(lines[0]?.length).toBe(longestLine)
  expect(framing.line.length).toBeLessThan(longestLine)
})

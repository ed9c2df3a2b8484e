import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteText, bytesOf } from '../../src/terms/index.ts'
import { testBoard } from '../support/board.ts'

async function typed(mfw: string, chunks: readonly string[], expected: number): Promise<string> {
  const { port } = testBoard({ mfw }).plug()
  const writer = port.writable.getWriter()
  let heard = ''
  const listening = (async () => {
    for await (const chunk of port.readable) {
      heard += byteText(chunk)
      if (heard.split(/OK\r\n|ERROR(?:: \d+)?\r\n/).length > expected) return
    }
  })()
  for (const chunk of chunks) await writer.write(bytesOf(chunk))
  await listening
  return heard
}

test('lines end at CR, empty ones are ignored, a left-over LF is tolerated (HOST-03, HOST-11, HOST-12)', async () => {
  expect(await typed('1.0.0', ['\r\n\r\nAT\r\n', 'AT+CFUN?\r\n'], 2)).toBe('OK\r\n+CFUN: 0\r\nOK\r\n')
})

test('backspace and DEL take back what was typed (HOST-06)', async () => {
  expect(await typed('1.0.0', ['ATX\b+CFUX\x7fN?\r'], 1)).toBe('+CFUN: 0\r\nOK\r\n')
})

test('what does not fit the line buffer is dropped without a word (HOST-08)', async () => {
  expect(await typed('1.0.0', [`AT%CMNG=0,1,4,"${'x'.repeat(5000)}"\r`, '\b'.repeat(4096), '"\r', 'AT\r'], 2)).toBe(
    'ERROR\r\nOK\r\n',
  )
})

test('a command is the same however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(60), { maxLength: 6 }), async (cuts) => {
      const text = 'AT%CMNG=0,42,4,"line one\r\nline two"\r\nAT%CMNG=2,42,4\r\n'
      const places = [...new Set(cuts)].sort((a, b) => a - b)
      const [write, read] = text.split(/(?<="\r\n)/)
      const chunks = [0, ...places].map((from, index) => (write ?? '').slice(from, places[index]))
      const heard = await typed('1.0.0', [...chunks, read ?? ''], 2)
      expect(heard).toBe(`OK\r\n%CMNG: 42,4,"${'04'.repeat(32)}","line one\r\nline two"\r\nOK\r\n`)
    }),
    { numRuns: 40 },
  )
})

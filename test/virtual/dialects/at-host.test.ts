import { setTimeout as wait } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteText, bytesOf, virtualClock } from '../../../src/terms/index.ts'
import { testBoard } from '../../support/board.ts'

/** Types each text in its chunks, waits for its final results, and returns all that was heard. */
async function typed(mfw: string, ...texts: { chunks: readonly string[]; finals: number }[]): Promise<string> {
  const { port } = testBoard({ mfw }).plug()
  const writer = port.writable.getWriter()
  const reader = port.readable.getReader()
  let heard = ''
  let finals = 0
  for (const text of texts) {
    finals += text.finals
    for (const chunk of text.chunks) await writer.write(bytesOf(chunk))
    while (heard.split(/OK\r\n|ERROR(?:: \d+)?\r\n/).length <= finals)
      heard += byteText((await reader.read()).value ?? new Uint8Array())
  }
  return heard
}

/** Lets everything happen that needs no time. */
const turn = (): Promise<void> => wait(5)

const said = (...chunks: string[]): { chunks: string[]; finals: number } => ({ chunks, finals: 1 })

test('lines end at CR, empty ones are ignored, a left-over LF is tolerated (HOST-03, HOST-11, HOST-12)', async () => {
  expect(await typed('1.0.0', said('\r\n\r\nAT\r\n'), said('AT+CFUN?\r\n'))).toBe('OK\r\n+CFUN: 0\r\nOK\r\n')
})

test('backspace and DEL take back what was typed (HOST-06)', async () => {
  expect(await typed('1.0.0', said('ATX\b+CFUX\x7fN?\r'))).toBe('+CFUN: 0\r\nOK\r\n')
})

test('M59 what does not fit the line buffer is dropped without a word (HOST-08)', async () => {
  expect(
    await typed('1.0.0', said(`AT%CMNG=0,1,4,"${'x'.repeat(5000)}"\r`, '\b'.repeat(4096), '"\r'), said('AT\r')),
  ).toBe('ERROR\r\nOK\r\n')
})

test('a command is the same however it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(60), { maxLength: 6 }), async (cuts) => {
      const text = 'AT%CMNG=0,42,4,"line one\r\nline two"\r\nAT%CMNG=2,42,4\r\n'
      const places = [...new Set(cuts)].sort((a, b) => a - b)
      const [write, read] = text.split(/(?<="\r\n)/)
      const chunks = [0, ...places].map((from, index) => (write ?? '').slice(from, places[index]))
      const heard = await typed('1.0.0', said(...chunks), said(read ?? ''))
      expect(heard).toBe(`OK\r\n%CMNG: 42,4,"${'04'.repeat(32)}","line one\r\nline two"\r\nOK\r\n`)
    }),
    { numRuns: 40 },
  )
})

test('what is sent while a command is carried out is lost, but for what the UART keeps (HOST-15)', async () => {
  const clock = virtualClock()
  const board = testBoard({ clock })
  board.modem.execute('AT+CFUN=1')
  const { port } = board.plug()
  const writer = port.writable.getWriter()
  const reader = port.readable.getReader()
  let heard = ''
  const hears = async (words: string): Promise<void> => {
    while (!heard.includes(words)) heard += byteText((await reader.read()).value ?? new Uint8Array())
  }
  for (const text of ['AT+CFUN=4\r', 'AT+CGSN\r', 'AT%CMNG=1,7\r']) {
    await writer.write(bytesOf(text))
    await turn()
  }
  clock.advance(1000)
  await hears('OK\r\n')
  // What the UART kept of them is finished by the next end of line, and makes no sense.
  await writer.write(bytesOf('\r'))
  await turn()
  clock.advance(1000)
  await hears('ERROR\r\n')
  await writer.write(bytesOf('AT+CGMR\r'))
  await turn()
  clock.advance(1000)
  await hears('mfw_nrf91x1_2.0.2\r\nOK\r\n')
  expect(heard).toBe('OK\r\nERROR\r\nmfw_nrf91x1_2.0.2\r\nOK\r\n')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteText } from '../../../src/terms/index.ts'
import { shellWords } from '../../../src/virtual/dialects/shell-words.ts'
import { testBoard, type TestBoard } from '../../support/board.ts'
import { paper } from '../../support/paper.ts'
import { type Typist, typist } from '../../support/typist.ts'

const prompt = '\x1b[1;32muart:~$ \x1b[m'

/** A board with a shell, and somebody at it who has seen the first prompt. */
async function seated(
  options: { mfw?: string; unescapesLf?: boolean; longest?: number } = {},
): Promise<TestBoard & Typist> {
  const { mfw, ...build } = options
  const board = testBoard({ dialect: { name: 'shell', ...build }, ...(mfw !== undefined && { mfw }) })
  const somebody = typist(board.plug().port)
  await somebody.types('', prompt)
  return { ...board, ...somebody }
}

const stored = (board: TestBoard, type: number): string =>
  byteText(board.modem.store.get({ tag: 42, type })?.content ?? new Uint8Array())

test('M82 the prompt is uart:~$, what is typed is typed back, and at carries a command out (SHELL-01, SHELL-02, SHELL-03)', async () => {
  const board = await seated()
  expect(await board.types('at AT+CFUN?\r', prompt)).toBe(`at AT+CFUN?\r\n+CFUN: 0\r\r\nOK\r\r\n\r\n${prompt}`)
})

test('CR, LF and CR LF are one line end, and case passes through (SHELL-13)', async () => {
  const board = await seated()
  for (const end of ['\r', '\n', '\r\n']) expect(await board.types(`at at+cmee?${end}`, prompt)).toContain('+CMEE: 0')
  expect(board.screen().match(/CMEE: 0/g)?.length).toBe(3)
})

test('single quotes keep double quotes alive, and without them they go (SHELL-04)', async () => {
  const board = await seated()
  await board.types(`at 'AT%CMNG=0,42,4,"device 7"'\r`, prompt)
  expect(stored(board, 4)).toBe('device 7')
  expect(await board.types('at AT%CMNG=0,42,4,"other"\r', prompt)).toContain('ERROR')
  expect(stored(board, 4)).toBe('device 7')
})

test('a quote that is open at the end of a line is refused, and no modem hears of it (SHELL-05, SHELL-15)', async () => {
  const board = await seated()
  const asked: string[] = []
  board.modem.inFront((text, answer) => (asked.push(text), answer()))
  expect(await board.types(`at 'AT%CMNG=0,42,4,"torn\r`, prompt)).toContain("not terminated: '")
  expect(await board.types(`rest"'\r`, prompt)).toContain('not terminated')
  expect(await board.types('AT+CFUN?\r', prompt)).toContain('AT+CFUN?: command not found')
  expect(asked).toEqual([])
})

test('M83 from NCS 2.8 on the two characters \\n become CR LF, only in AT%CMNG=0; before, they stay (SHELL-06, SHELL-07)', async () => {
  const { ca } = await paper()
  const typed = `at 'AT%CMNG=0,42,0,"${ca.replaceAll('\n', '\\n')}"'\r`
  const later = await seated()
  expect(await later.types(typed, prompt)).toContain('OK')
  expect(stored(later, 0)).toBe(ca.replaceAll('\n', '\r\n'))
  const before = await seated({ mfw: '1.3.5', unescapesLf: false })
  expect(await before.types(typed, prompt)).toContain('OK')
  expect(stored(before, 0)).toBe(ca.replaceAll('\n', '\\n'))
  // PEM-18: firmware that looks at what it stores refuses that.
  const validating = await seated({ unescapesLf: false })
  await validating.types(`at AT+CMEE=1\r`, prompt)
  expect(await validating.types(typed, prompt)).toContain('+CME ERROR: 527')
})

test('hexadecimal escapes are bytes before and after NCS 2.8 (SHELL-14)', async () => {
  const { ca } = await paper()
  for (const unescapesLf of [true, false]) {
    const board = await seated({ unescapesLf })
    expect(await board.types(`at 'AT%CMNG=0,42,0,"${ca.replaceAll('\n', '\\x0a')}"'\r`, prompt)).toContain('OK')
    expect(stored(board, 0)).toBe(ca)
  }
})

test('a line is as long as the application says; what does not fit is dropped, and with it the closing quote (SHELL-08, SHELL-16)', async () => {
  const board = await seated({ longest: 64 })
  expect(await board.types(`at 'AT%CMNG=0,42,4,"${'x'.repeat(100)}"'\r`, prompt)).toContain('not terminated')
  await board.types(`at 'AT%CMNG=0,42,4,"${'x'.repeat(40)}"'\r`, prompt)
  expect(stored(board, 4)).toBe('x'.repeat(40))
})

test('what is typed back goes on in the next line after 80 columns (SHELL-17)', async () => {
  const board = await seated()
  const echo = (await board.types(`at AT${'x'.repeat(100)}\r`, prompt)).split('\r\n')
  expect(echo.slice(0, 2).map((line) => line.length)).toEqual([72, 33])
})

test('backspaces take back what was typed, and at the beginning of a line they do nothing', async () => {
  const board = await seated()
  await board.types(`${'\b'.repeat(4096)}at AT+CFUX\x7fN?`, '?')
  expect(await board.types('\r', prompt)).toContain('+CFUN: 0')
})

test('notifications are printed after events_enable only, over what is being typed (SHELL-12, SHELL-18)', async () => {
  const board = await seated()
  await board.types('at AT+CEREG=1\r', prompt)
  await board.types('at AT+CFUN=1\r', prompt)
  await board.clock.sleep(5000)
  expect(board.screen()).not.toContain('+CEREG: ')
  await board.types('at AT+CFUN=4\r', prompt)
  await board.types('at events_enable\r', prompt)
  await board.types('at AT+CFUN=1\r', prompt)
  const printed = await board.types('', `+CEREG: 1\r\r\n\r\n${prompt}`)
  expect(printed).toContain('AT event handler:\r\n+CEREG: 1')
})

test('any text between single quotes comes out as it went in, escaped as sectag escapes it (SHELL-14)', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary-ascii', maxLength: 60 }), (text) => {
      const escaped = text.replace(
        /[^ -~]|['\\?*]/g,
        (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
      )
      expect(shellWords(`at '${escaped}'`)).toEqual({ words: ['at', text] })
    }),
  )
})

test('no line makes the shell fall over, and every one comes back to the prompt', async () => {
  const board = await seated()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
      const line = byteText(Uint8Array.from(bytes)).replaceAll(/[\r\n]|events_enable/g, ' ')
      expect(await board.types(`${line}\r`, prompt)).toContain(prompt)
    }),
    { numRuns: 50 },
  )
})

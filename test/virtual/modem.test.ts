import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { finalOf, parseTranscript, splitLines } from '../../src/at/index.ts'
import { capabilities, parseFirmware } from '../../src/numbers/index.ts'
import { sha256Hex } from '../../src/pki/index.ts'
import { utf8 } from '../../src/terms/index.ts'
import { personalities, virtualIdentity } from '../../src/virtual/index.ts'
import { testBoard } from '../support/board.ts'
import { paper } from '../support/paper.ts'

const names = personalities.map(({ name }) => name)

function told(mfw: string, ...texts: string[]): string {
  const { modem } = testBoard({ mfw })
  return texts.map((text) => modem.execute(text).text).join('')
}

test('same seed and index, same modem; another index, another IMEI with a valid check digit in the range for tests', () => {
  expect(virtualIdentity('7', 3)).toEqual(virtualIdentity('7', 3))
  const imeis = Array.from({ length: 500 }, (_, index) => virtualIdentity('7', index).imei)
  expect(new Set(imeis).size).toBe(500)
  for (const imei of imeis) {
    const sum = Array.from(imei, Number)
      .reverse()
      .reduce(
        (sum, digit, index) => sum + (index % 2 === 0 ? digit : Math.floor((digit * 2) / 10) + ((digit * 2) % 10)),
        0,
      )
    expect(sum % 10).toBe(0)
    expect(imei).toMatch(/^00\d{13}$/)
  }
})

test('every personality can do what the table of firmware lines says of it (ID-34 to ID-45)', () => {
  for (const line of personalities) {
    const firmware = parseFirmware(line.firmware)
    expect(firmware && capabilities(firmware), line.name).toEqual({
      digests: line.digests,
      bornKeys: line.bornKeys !== undefined,
      checksContent: line.checksContent,
      guardsSupply: line.guardsSupply,
      developerTags: line.developerTags,
      deviceUuid: line.deviceUuid,
      factoryEntries: line.factoryEntries.length > 0,
    })
  }
})

test.each(names)('mfw %s: any text gets exactly one final line, and it is the last (AT-16)', (mfw) => {
  const word = fc.constantFrom(
    'AT',
    '%CMNG',
    '%KEYGEN',
    '%ATTESTTOKEN',
    '+CFUN',
    '+CMEE',
    '=',
    '?',
    '0',
    '1',
    ',',
    '"',
    '42',
    '-1',
    '4294967296',
    'OK',
    '\r',
    '\n',
    ' ',
    '\u0000',
    '\u00ff',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word).map((words) => words.join('')),
        fc.array(word).map((words) => `AT${words.join('')}`),
      ),
      (text) => {
        const reply = testBoard({ mfw }).modem.execute(text).text
        expect(reply.endsWith('\r\n')).toBe(true)
        const finals = splitLines(reply).filter((line) => finalOf(line) !== undefined)
        expect(finals.length).toBe(1)
      },
    ),
  )
})

test('digests: mfw 1.0.0 prints the type’s byte 32 times (DIG-16), mfw 2.0.2 the SHA-256 of the stored bytes (DIG-02)', async () => {
  const { ca } = await paper()
  const write = `AT%CMNG=0,42,0,"${ca}"`
  expect(told('1.0.0', write, 'AT%CMNG=1,42')).toBe(`OK\r\n%CMNG: 42,0,"${'00'.repeat(32)}"\r\nOK\r\n`)
  expect(told('2.0.2', write, 'AT%CMNG=1,42')).toBe(`OK\r\n%CMNG: 42,0,"${sha256Hex(utf8(ca))}"\r\nOK\r\n`)
})

test('527: mfw 2.0.2 refuses what is no certificate in types 0 and 1, mfw 1.0.0 stores it (PEM-02, PEM-03, PEM-14)', async () => {
  const { ca } = await paper()
  const inputs: [string, boolean][] = [
    [ca, true],
    [ca.replaceAll('\n', '\r\n'), true],
    [ca.trimEnd(), true],
    [`text in front\n${ca}`, true],
    [`${ca}${ca}`, true],
    [ca.replaceAll('\n', ' '), false],
    [ca.replaceAll('\n', '\\n'), false],
    [ca.replaceAll('\n', '\r'), false],
    ['hello', false],
  ]
  for (const [content, accepted] of inputs) {
    expect(told('2.0.2', 'AT+CMEE=1', `AT%CMNG=0,42,0,"${content}"`)).toBe(
      `OK\r\n${accepted ? 'OK' : '+CME ERROR: 527'}\r\n`,
    )
    expect(told('1.0.0', `AT%CMNG=0,42,0,"${content}"`)).toBe('OK\r\n')
    expect(told('2.0.2', `AT%CMNG=0,42,2,"${content}"`)).toBe('OK\r\n')
  }
})

test('518: nothing is written or deleted while the modem is active, and everything is listed (CMNG-52 to CMNG-57)', () => {
  for (const [mode, code] of [
    [1, '518'],
    [2, '518'],
    [21, '518'],
    [0, 'OK'],
    [4, 'OK'],
    [20, 'OK'],
    [31, 'OK'],
    [44, 'OK'],
  ] as const) {
    const { modem } = testBoard()
    modem.execute('AT%CMNG=0,42,4,"x"')
    modem.execute('AT+CMEE=1')
    modem.execute(`AT+CFUN=${mode}`)
    const final = code === 'OK' ? 'OK\r\n' : `+CME ERROR: ${code}\r\n`
    expect(modem.execute('AT%CMNG=1,42').text, `CFUN ${mode}`).toContain('%CMNG: 42,4,')
    expect(modem.execute('AT%CMNG=0,42,4,"y"').text, `CFUN ${mode}`).toBe(final)
    expect(modem.execute('AT%CMNG=3,42,4').text, `CFUN ${mode}`).toBe(final)
  }
})

test('528 at low supply on mfw 2.0.2 only (POW-12)', () => {
  for (const [mfw, answer] of [
    ['2.0.2', '+CME ERROR: 528\r\n'],
    ['1.0.0', 'OK\r\n'],
  ] as const) {
    const { modem } = testBoard({ mfw })
    modem.state.supply = 2900
    modem.execute('AT+CMEE=1')
    expect(modem.execute('AT%CMNG=0,42,4,"x"').text).toBe(answer)
  }
})

test('514 for what users cannot touch, 513 for what is not there, 515 when it is full, 0 for what makes no sense', () => {
  const { modem } = testBoard()
  modem.execute('AT+CMEE=1')
  const answers: [string, string][] = [
    ['AT%CMNG=3,4294967293,10', '514'],
    ['AT%CMNG=0,4294967293,10,"x"', '514'],
    ['AT%CMNG=0,3000000000,4,"x"', '514'],
    ['AT%CMNG=0,42,6,"x"', '514'],
    ['AT%CMNG=2,42,0', '513'],
    ['AT%CMNG=2,42,2', '514'],
    ['AT%CMNG=2,4294967293,10', '514'],
    ['AT%CMNG=0,42,12,"x"', '0'],
    ['AT%CMNG=1,,0', '0'],
    ['AT%CMNG=3,42,0', '513'],
    ['AT%CMNG=0,42,4,""', '0'],
    ['AT%CMNG=0,42', '0'],
    ['AT%CMNG=7,42', '0'],
    ['AT%CMNG?', '0'],
    ['AT%CMNG=?', '0'],
    ['AT+CMEE=2', '0'],
  ]
  for (const [text, code] of answers) expect(modem.execute(text).text, text).toBe(`+CME ERROR: ${code}\r\n`)
  for (let tag = 0; tag < 20; tag++) modem.execute(`AT%CMNG=0,${tag},4,"${'x'.repeat(4000)}"`)
  expect(modem.execute(`AT%CMNG=0,99,4,"${'x'.repeat(4000)}"`).text).toBe('+CME ERROR: 515\r\n')
})

test('reading gives back a root CA and a PSK identity with its own line ends, and never a key (CMNG-31 to CMNG-33, CMNG-45)', async () => {
  const { ca, key } = await paper()
  const { modem } = testBoard()
  modem.execute('AT+CMEE=1')
  modem.execute(`AT%CMNG=0,42,0,"${ca}"`)
  modem.execute(`AT%CMNG=0,42,2,"${key}"`)
  expect(modem.execute('AT%CMNG=2,42,0').text).toBe(`%CMNG: 42,0,"${sha256Hex(utf8(ca))}","${ca}"\r\nOK\r\n`)
  expect(modem.execute('AT%CMNG=2,42,2').text).toBe('+CME ERROR: 514\r\n')
})

test('the developer tags take writes on nRF91x1 only (CMNG-09)', () => {
  expect(told('2.0.2', 'AT%CMNG=0,2147483648,4,"x"')).toBe('OK\r\n')
  expect(told('1.0.0', 'AT%CMNG=0,2147483648,4,"x"')).toBe('ERROR\r\n')
})

test('a restart keeps credentials and forgets modes (LOSS-17, MODE-01, AT-26)', () => {
  const { modem } = testBoard()
  modem.execute('AT%CMNG=0,42,4,"x"')
  modem.execute('AT+CFUN=1')
  modem.execute('AT+CMEE=1')
  modem.restart()
  expect(modem.execute('AT+CFUN?').text).toBe('+CFUN: 0\r\nOK\r\n')
  expect(modem.execute('AT+CMEE?').text).toBe('+CMEE: 0\r\nOK\r\n')
  expect(modem.execute('AT%CMNG=1,42').text).toContain('%CMNG: 42,4,')
})

test('the dialogue of the %CMNG page replays line for line on mfw 2.0.2', () => {
  const entries = parseTranscript(readFileSync(new URL('../transcripts/credentials.at', import.meta.url), 'utf8'))
  const { modem } = testBoard()
  let said = ''
  let expected = ''
  for (const entry of entries) {
    if (entry.direction === '>') said += modem.execute(entry.text).text
    if (entry.direction === '<') expected += `${entry.text}\r\n`
  }
  expect(said).toBe(expected)
})

test('registration is notified by its subscription, and ends when the radio goes off', async () => {
  const board = testBoard()
  const lines: string[] = []
  board.modem.listen((line) => lines.push(line))
  board.modem.execute('AT+CEREG=2')
  board.modem.execute('AT+CFUN=1')
  await board.clock.sleep(2000)
  board.modem.execute('AT+CFUN=4')
  expect(lines).toEqual(['+CEREG: 2', '+CEREG: 1,"002F","0012BEEF",7', '+CEREG: 0'])
})

test('GNSS and SIM modes leave LTE as it is: writing is refused exactly while LTE is on (MODE-15, MODE-16)', () => {
  for (const [modes, active] of [
    [[1, 31], true],
    [[1, 30], true],
    [[4, 31], false],
    [[1, 20, 31], false],
    [[1, 40], true],
    [[1, 44, 41], false],
  ] as const) {
    const { modem } = testBoard()
    for (const mode of modes) modem.execute(`AT+CFUN=${mode}`)
    modem.execute('AT+CMEE=1')
    expect(modem.execute('AT%CMNG=0,42,4,"x"').text, modes.join()).toBe(active ? '+CME ERROR: 518\r\n' : 'OK\r\n')
    expect(modem.execute('AT+CFUN?').text).toBe(`+CFUN: ${modes.at(-1)}\r\nOK\r\n`)
  }
})

test('from level 4 on +CEREG carries the power saving timers (MODE-29)', async () => {
  const board = testBoard()
  board.modem.execute('AT+CEREG=5')
  board.modem.execute('AT+CFUN=1')
  await board.clock.sleep(5000)
  expect(board.modem.execute('AT+CEREG?').text).toBe(
    '+CEREG: 5,1,"002F","0012BEEF",7,,,"11100000","11100000"\r\nOK\r\n',
  )
})

test('mode 2 is taken and not listed (OPEN-21)', () => {
  expect(told('2.0.2', 'AT+CFUN=?', 'AT+CFUN=2')).toBe('+CFUN: (0,1,4,20,21,30,31,40,41,44)\r\nOK\r\nOK\r\n')
})

import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { commandsSince, knowsCommand, parseFirmware } from '../../src/numbers/index.ts'
import { personalities, personality, VirtualModem } from '../../src/virtual/index.ts'
import { testBoard } from '../support/board.ts'
import { fastClock } from '../support/clock.ts'
import { paper } from '../support/paper.ts'

const names = personalities.map(({ name }) => name)

/** A modem of a firmware that has no personality of its own: the nearest one under another name. */
function line(firmware: string): VirtualModem {
  const near = personality(firmware.includes('91x1') ? '2.0.2' : firmware.includes('_1.3.') ? '1.3.5' : '1.0.0')
  if (near === undefined) throw new Error('no personality')
  const modem = new VirtualModem({ personality: { ...near, firmware }, clock: fastClock() })
  modem.execute('AT+CMEE=1')
  return modem
}

test.each(names)(
  'mfw %s: M18 to M21 %%HWVERSION, +CFUN after a start, its modes, and flight mode from every one of them (ID-16, MODE-01, MODE-02, MODE-04)',
  (mfw) => {
    const { modem } = testBoard({ mfw })
    const says = (text: string): string => modem.execute(text).text
    expect(says('AT%HWVERSION')).toMatch(
      /^%HWVERSION: nRF91\d1? ?[\w ]+\r\nOK\r\n$|^%HWVERSION: nRF9160 SICA B[01]A\r\nOK\r\n$/,
    )
    expect(says('AT+CFUN?')).toBe('+CFUN: 0\r\nOK\r\n')
    expect(says('AT+CFUN=?')).toBe('+CFUN: (0,1,4,20,21,30,31,40,41,44)\r\nOK\r\n')
    for (const mode of modem.personality.functionalModes) {
      expect(says(`AT+CFUN=${mode}`), `mode ${mode}`).toBe('OK\r\n')
      expect(says('AT+CFUN=4')).toBe('OK\r\n')
      expect(modem.state.lte).toBe(false)
    }
  },
)

test('which firmware knows which command is a table, and a modem answers by it (LOSS-02, POW-06)', () => {
  const samples: Record<string, string> = {
    '%XFACTORYRESET': 'AT%XFACTORYRESET=1',
    '%XPOFWARN': 'AT%XPOFWARN=1,30',
  }
  expect(Object.keys(samples).sort()).toEqual(Object.keys(commandsSince).sort())
  const seen: Record<string, string> = {}
  for (const version of ['1.0.0', '1.1.2', '1.1.3', '1.2.0', '1.2.1', '1.3.0', '1.3.5', '2.0.2']) {
    const firmware = version.startsWith('2') ? `mfw_nrf91x1_${version}` : `mfw_nrf9160_${version}`
    const parsed = parseFirmware(firmware)
    const modem = line(firmware)
    for (const [name, text] of Object.entries(samples)) {
      const known = parsed !== undefined && knowsCommand(parsed, name)
      expect(modem.execute(text).text === '+CME ERROR: 0\r\n', `${text} on ${version}`).toBe(!known)
      seen[version] = (seen[version] ?? '') + (known ? 'x' : '-')
    }
  }
  expect(seen).toEqual({
    '1.0.0': '--',
    '1.1.2': '--',
    '1.1.3': '-x',
    '1.2.0': '--',
    '1.2.1': '-x',
    '1.3.0': 'xx',
    '1.3.5': 'xx',
    '2.0.2': 'xx',
  })
})

test('M60 while the supply is low, writing, deleting, making keys and %XPMNG answer 528, and listing does not (POW-10, POW-12, OPEN-19)', () => {
  for (const mfw of ['1.3.5', '2.0.2']) {
    const { modem } = testBoard({ mfw })
    modem.execute('AT%CMNG=0,42,4,"x"')
    modem.execute('AT+CMEE=1')
    modem.power(2990)
    for (const text of ['AT%CMNG=0,42,4,"y"', 'AT%CMNG=3,42,4', 'AT%KEYGEN=43,2,0', 'AT%XPMNG=0,"key"'])
      expect(modem.execute(text).text, text).toBe('+CME ERROR: 528\r\n')
    expect(modem.execute('AT%CMNG=1,42').text).toContain('%CMNG: 42,4,')
    // POW-27
    modem.power(3000)
    expect(modem.execute('AT%CMNG=0,42,4,"y"').text).toBe('OK\r\n')
    modem.power(2990)
    modem.execute('AT%XPOFWARN=0')
    expect(modem.execute('AT%CMNG=0,42,4,"z"').text).toBe('OK\r\n')
    modem.execute('AT%XPOFWARN=1,33')
    modem.power(3299)
    expect(modem.execute('AT%CMNG=0,42,4,"z"').text).toBe('+CME ERROR: 528\r\n')
  }
})

test('below the threshold a modem goes offline by itself, tells those who asked, once, and comes back with +CFUN=1 only (POW-08 to POW-11)', async () => {
  const board = testBoard()
  const lines: string[] = []
  for (const text of ['AT%MDMEV=1', 'AT+CGEREP=1', 'AT+CEREG=1', 'AT+CFUN=1']) board.modem.execute(text)
  await board.clock.sleep(2000)
  board.modem.listen((line) => lines.push(line))
  board.modem.power(2900)
  board.modem.power(2800)
  expect(lines).toEqual(['+CEREG: 0', '+CGEV: ME BATTERY LOW', '%MDMEV: ME BATTERY LOW'])
  expect(board.modem.execute('AT%XVBAT').text).toBe('%XVBAT: 2800\r\nOK\r\n')
  board.modem.power(3600)
  await board.clock.sleep(60_000)
  expect(board.modem.state.lte).toBe(false)
  board.modem.execute('AT+CFUN=1')
  board.modem.power(2900)
  expect(lines.filter((line) => line.startsWith('%MDMEV'))).toHaveLength(2)
  const silent = testBoard({ mfw: '1.0.0' })
  silent.modem.execute('AT+CFUN=1')
  silent.modem.power(2900)
  expect(silent.modem.state.lte).toBe(true)
})

test('M61 %XFACTORYRESET keeps credentials, takes effect after a start, and erases where the switch says so (LOSS-03 to LOSS-06, LOSS-14, OPEN-10)', async () => {
  const { ca } = await paper()
  for (const erases of [false, true]) {
    for (const what of [0, 1]) {
      const near = personality('2.0.2')
      if (near === undefined) throw new Error('no personality')
      const modem = new VirtualModem({ personality: { ...near, factoryResetErases: erases }, clock: fastClock() })
      modem.execute(`AT%CMNG=0,42,0,"${ca}"`)
      modem.execute('AT+CFUN=1')
      modem.execute('AT+CMEE=1')
      expect(modem.execute(`AT%XFACTORYRESET=${what}`).text).toBe('+CME ERROR: 518\r\n')
      modem.execute('AT+CFUN=4')
      expect(modem.execute(`AT%XFACTORYRESET=${what}`).text).toBe('OK\r\n')
      expect(modem.execute('AT%CMNG=1,42').text).toContain('%CMNG: 42,0,')
      modem.restart()
      expect(modem.execute('AT%CMNG=1,42').text.includes('%CMNG: 42,0,')).toBe(!erases)
      expect(modem.execute('AT%CMNG=1').text.match(/429496729[234],/g)).toHaveLength(3)
    }
  }
})

test('M62 %XFACTORYRESET before mfw 1.3.0 answers an error (LOSS-02)', () => {
  expect(testBoard({ mfw: '1.0.0' }).modem.execute('AT%XFACTORYRESET=0').text).toBe('ERROR\r\n')
})

test('M64 an update of the modem firmware keeps credentials, and the identity key (LOSS-22)', () => {
  const { modem } = testBoard({ mfw: '1.3.5' })
  modem.execute('AT%CMNG=0,42,4,"x"')
  modem.execute('AT%KEYGEN=43,2,0')
  const [before, digest] = [modem.identity, modem.execute('AT%CMNG=1,43').text]
  const newer = personality('2.0.2')
  if (newer === undefined) throw new Error('no personality')
  const after = modem.updated({ ...newer, firmware: 'mfw_nrf9160_1.3.7' })
  expect(after.execute('AT+CGMR').text).toContain('1.3.7')
  expect(after.execute('AT%CMNG=1,42').text).toContain('%CMNG: 42,4,')
  expect(after.execute('AT%CMNG=1,43').text).toBe(digest)
  expect(after.identity).toEqual(before)
})

test('M75 +CEREG? has the shape of the reference, by level (MODE-27, MODE-28, MODE-54)', async () => {
  const shapes: string[] = []
  for (const level of [0, 1, 2, 3, 4, 5]) {
    const board = testBoard()
    board.modem.execute(`AT+CEREG=${level}`)
    board.modem.execute('AT+CFUN=1')
    await board.clock.sleep(2000)
    shapes.push(board.modem.execute('AT+CEREG?').text.split('\r\n')[0] ?? '')
  }
  expect(shapes).toEqual([
    '+CEREG: 0,1',
    '+CEREG: 1,1',
    '+CEREG: 2,1,"002F","0012BEEF",7',
    '+CEREG: 3,1,"002F","0012BEEF",7',
    '+CEREG: 4,1,"002F","0012BEEF",7,,,"11100000","11100000"',
    '+CEREG: 5,1,"002F","0012BEEF",7,,,"11100000","11100000"',
  ])
})

test('why a network refuses is told in levels 3 and 5 only, and by +CEER (MODE-33, MODE-54, MODE-55)', async () => {
  const told: Record<number, string> = {}
  for (const level of [1, 2, 3, 4, 5]) {
    const board = testBoard()
    board.modem.state.network = { refuses: 11 }
    const lines: string[] = []
    board.modem.listen((line) => lines.push(line))
    board.modem.execute(`AT+CEREG=${level}`)
    board.modem.execute('AT+CFUN=1')
    await board.clock.sleep(2000)
    told[level] = lines.at(-1) ?? ''
    expect(board.modem.execute('AT+CEER').text).toBe('+CEER: "EMM 11"\r\nOK\r\n')
  }
  const withCause = '+CEREG: 3,"002F","0012BEEF",7,0,11'
  expect(told).toEqual({ 1: '+CEREG: 3', 2: '+CEREG: 3', 3: withCause, 4: '+CEREG: 3', 5: withCause })
})

test('M76 status 90 is a SIM that failed, and nothing is registered (MODE-31)', async () => {
  const board = testBoard()
  board.modem.state.sim = 'none'
  board.modem.execute('AT+CEREG=2')
  board.modem.execute('AT+CFUN=1')
  await board.clock.sleep(5000)
  expect(board.modem.execute('AT+CEREG?').text).toBe('+CEREG: 2,90\r\nOK\r\n')
})

test.each(names)(
  'M77 on mfw %s: %%XMONITOR prints the status alone while not registered; from mfw 1.2 on it has one field more (MODE-36, MODE-37)',
  async (mfw) => {
    const board = testBoard({ mfw })
    expect(board.modem.execute('AT%XMONITOR').text).toBe('%XMONITOR: 0\r\nOK\r\n')
    board.modem.execute('AT+CFUN=1')
    expect(board.modem.execute('AT%XMONITOR').text).toBe('%XMONITOR: 2\r\nOK\r\n')
    await board.clock.sleep(2000)
    const fields = board.modem.execute('AT%XMONITOR').text.split('\r\n')[0]?.split(',')
    const [, major = 0, minor = 0] = (/_(\d+)\.(\d+)\./.exec(board.modem.personality.firmware) ?? []).map(Number)
    expect(fields).toHaveLength(major > 1 || minor >= 2 ? 16 : 15)
  },
)

test('the clock is unknown until a network or the application tells it, and goes on (MODE-41, MODE-42, MODE-49)', async () => {
  const board = testBoard()
  expect(board.modem.execute('AT+CCLK?').text).toBe('ERROR\r\n')
  board.modem.state.network = { zone: 4 }
  board.modem.execute('AT+CFUN=1')
  await board.clock.sleep(2000)
  expect(board.modem.execute('AT+CCLK?').text).toBe('+CCLK: "26/11/22,07:55:02+04"\r\nOK\r\n')
  await board.clock.sleep(3000)
  expect(board.modem.execute('AT%CCLK?').text).toBe('%CCLK: "26/11/22,07:55:05+04",0\r\nOK\r\n')
  board.modem.restart()
  expect(board.modem.execute('AT%CCLK?').text).toBe('ERROR\r\n')
  const blind = testBoard()
  blind.modem.state.network = { time: false }
  blind.modem.execute('AT+CFUN=1')
  await blind.clock.sleep(5000)
  expect(blind.modem.execute('AT+CCLK?').text).toBe('ERROR\r\n')
})

test('+CSCON tells when the radio connection comes and when it is idle, as much as was asked for (MODE-52)', async () => {
  for (const [level, lines] of [
    [1, ['+CSCON: 1', '+CSCON: 0']],
    [2, ['+CSCON: 1,7', '+CSCON: 0,7']],
    [3, ['+CSCON: 1,7,4', '+CSCON: 0,7,4']],
  ] as const) {
    const board = testBoard()
    const heard: string[] = []
    board.modem.listen((line) => heard.push(line))
    board.modem.execute(`AT+CSCON=${level}`)
    board.modem.execute('AT+CFUN=1')
    await board.clock.sleep(2000)
    expect(board.modem.execute('AT+CSCON?').text).toBe(`+CSCON: ${level},1\r\nOK\r\n`)
    await board.clock.sleep(20_000)
    expect(heard).toEqual(lines)
  }
})

test('+CPIN and the SIM: ready, wanting its PIN, off and absent (MODE-22 to MODE-24, CME-03, CME-07)', () => {
  for (const [sim, mode, answer] of [
    ['free', 44, '+CPIN: READY\r\nOK\r\n'],
    ['pin', 44, '+CPIN: SIM PIN\r\nOK\r\n'],
    ['free', 4, '+CME ERROR: 14\r\n'],
    ['none', 44, '+CME ERROR: 10\r\n'],
  ] as const) {
    const { modem } = testBoard()
    modem.state.sim = sim
    modem.execute('AT+CMEE=1')
    modem.execute(`AT+CFUN=${mode}`)
    expect(modem.execute('AT+CPIN?').text, `${sim} ${mode}`).toBe(answer)
  }
})

test('%XSUDO carries out what its owner has signed, no more of it and nothing else (KEY-63, KEY-64, KEY-86)', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = String(publicKey.export({ type: 'spki', format: 'pem' }))
  const { modem } = testBoard()
  modem.execute('AT+CMEE=1')
  const signed = (command: string, tail = ''): string => {
    const signature = sign('sha256', Buffer.from(command), privateKey).toString('base64')
    return modem.execute(`AT%XSUDO=${command.length},"${signature}",3;${command}${tail}`).text
  }
  expect(signed('+CFUN?')).toBe('+CME ERROR: 513\r\n')
  expect(modem.execute(`AT%XPMNG=0,"${pem}",3`).text).toBe('OK\r\n')
  expect(signed('+CFUN?')).toBe('+CFUN: 0\r\nOK\r\n')
  expect(signed('%CMNG=3,42,0')).toBe('+CME ERROR: 513\r\n')
  // What stands behind the signed characters is ignored.
  expect(signed('+CFUN=4', '4')).toBe('OK\r\n')
  expect(modem.execute('AT+CFUN?').text).toBe('+CFUN: 4\r\nOK\r\n')
  expect(modem.execute('AT%XSUDO=6,"AAAA",3;+CFUN?').text).toBe('+CME ERROR: 520\r\n')
  expect(modem.execute(`AT%CMNG=3,3,5`).text).toBe('OK\r\n')
  expect(modem.execute('AT%XPMNG=2,,3').text).toBe('+CME ERROR: 513\r\n')
})

test('refusals of %XPMNG: 514 beyond tag 9, 518 while active, 520 where one is, an empty one not at all (KEY-57, KEY-59, KEY-60, KEY-87)', () => {
  const { modem } = testBoard()
  modem.execute('AT+CMEE=1')
  expect(modem.execute('AT%XPMNG=0,"key",10').text).toBe('+CME ERROR: 514\r\n')
  expect(modem.execute('AT%XPMNG=0,""').text).toBe('+CME ERROR: 0\r\n')
  expect(modem.execute('AT%XPMNG=0,"key"').text).toBe('OK\r\n')
  expect(modem.execute('AT%XPMNG=0,"key"').text).toBe('+CME ERROR: 520\r\n')
  modem.execute('AT+CFUN=1')
  expect(modem.execute('AT%XPMNG=0,"key",1').text).toBe('+CME ERROR: 518\r\n')
})

test('too many starts without +CFUN=0 block the network for half an hour, while everything else answers (POW-19 to POW-23, POW-29, OPEN-16)', async () => {
  const startMany = (board: ReturnType<typeof testBoard>, count: number): string[] => {
    const lines: string[] = []
    for (let start = 0; start < count; start++) {
      board.modem.execute('AT+CFUN=1')
      board.modem.restart()
    }
    board.modem.listen((line) => lines.push(line))
    for (const text of ['AT%MDMEV=1', 'AT+CEREG=1', 'AT+CFUN=1']) expect(board.modem.execute(text).text).toBe('OK\r\n')
    return lines
  }
  const board = testBoard()
  const lines = startMany(board, 7)
  await board.clock.sleep(29 * 60_000)
  board.modem.lookAround()
  await board.clock.sleep(5000)
  expect(lines).toEqual(['+CEREG: 2', '%MDMEV: RESET LOOP'])
  await board.clock.sleep(60_000)
  board.modem.lookAround()
  await board.clock.sleep(5000)
  expect(lines.at(-1)).toBe('+CEREG: 1')
  const few = testBoard()
  const calm = startMany(few, 6)
  await few.clock.sleep(5000)
  expect(calm).toEqual(['+CEREG: 2', '+CEREG: 1'])
  const forgiven = testBoard()
  startMany(forgiven, 7)
  forgiven.modem.execute('AT+CFUN=4')
  forgiven.modem.execute('AT%XFACTORYRESET=0')
  forgiven.modem.restart()
  forgiven.modem.execute('AT+CFUN=1')
  await forgiven.clock.sleep(5000)
  expect(forgiven.modem.execute('AT+CEREG?').text).toContain('+CEREG: 0,1')
  const old = testBoard({ mfw: '1.0.0' })
  expect(startMany(old, 20)).toEqual(['+CEREG: 2'])
  await old.clock.sleep(5000)
  expect(old.modem.execute('AT+CEREG?').text).toContain('+CEREG: 1,1')
})

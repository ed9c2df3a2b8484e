import { expect, test } from 'vitest'
import { utf8 } from '../../src/terms/index.ts'
import type { Personality } from '../../src/virtual/index.ts'
import { amazonRoot } from '../conformance/paper.ts'
import { testBoard } from '../support/board.ts'

const locked = '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n'
const before = ['AT+CMEE=1', 'AT%CMNG=0,42,4,"device-7"']

/** The other position of each switch than the default, which test/conformance holds: what is asked, and what comes then. */
const switches: readonly (readonly [
  open: string,
  mfw: string,
  Partial<Personality>,
  ask: string,
  hears: string | RegExp,
])[] = [
  ['OPEN-01', '1.0.0', { overwrite: 'error519' }, 'AT%CMNG=0,42,4,"y"', '+CME ERROR: 519'],
  ['OPEN-03', '1.3.1', { digests: 'real' }, 'AT%CMNG=1,42,4', /"F65A5B25/],
  ['OPEN-04', '2.0.0', { checksContent: true }, 'AT%CMNG=0,43,0,"x"', '+CME ERROR: 527'],
  ['OPEN-05', '1.3.5', { readable: [0, 1, 4] }, 'AT%CMNG=2,42,1', '+CME ERROR: 513'],
  ['OPEN-05', '2.0.2', { readable: [0, 4, 10] }, 'AT%CMNG=2,4294967293,10', /^%CMNG: 4294967293,10,"2C43952E/],
  ['OPEN-05', '2.0.2', { readable: [0, 4, 11] }, 'AT%CMNG=2,4294967292,11', '+CME ERROR: 514'],
  ['OPEN-06', '2.0.2', { moreTypes: [12] }, 'AT%CMNG=0,42,12,"x"', 'OK'],
  ['OPEN-06', '2.0.2', { moreTypes: [12] }, 'AT%CMNG=2,42,12', '+CME ERROR: 513'],
  ['OPEN-07', '2.0.2', { storeBytes: 100 }, `AT%CMNG=0,43,4,"${'x'.repeat(100)}"`, '+CME ERROR: 515'],
  ['OPEN-14', '1.3.5', { deviceUuid: true }, 'AT%DEVICEUUID', /^%DEVICEUUID: 50/],
  ['OPEN-15', '2.0.2', { checksPassword: true }, `AT%CMNG=0,43,2,"${locked}"`, '+CME ERROR: 50'],
  ['OPEN-15', '2.0.2', { checksPassword: true }, `AT%CMNG=0,43,2,"${locked}","secret"`, 'OK'],
  ['OPEN-17', '2.0.2', { quotesPin: true }, 'AT+CPIN?', '+CPIN: "READY"\r\nOK'],
  ['OPEN-18', '2.0.4', { verboseErrors: true }, 'AT+CMEE=2', 'OK'],
  ['OPEN-19', '2.0.2', { guardsReads: true }, 'low: AT%CMNG=2,42,4', '+CME ERROR: 528'],
  ['OPEN-20', '2.0.2', { checksPsk: true }, 'AT%CMNG=0,43,3,"no hex"', '+CME ERROR: 50'],
  ['OPEN-20', '2.0.2', { checksPsk: true }, 'AT%CMNG=0,43,3,"6e72"', 'OK'],
  ['OPEN-21', '2.0.2', { listsReceiveOnly: true }, 'AT+CFUN=?', '+CFUN: (0,1,2,4,20,21,30,31,40,41,44)\r\nOK'],
]

test.each(switches)('%s on mfw %s, in its other position %o (%#)', (_, mfw, position, ask, hears) => {
  const { modem } = testBoard({ mfw, switches: position })
  for (const text of before) modem.execute(text)
  if (ask.startsWith('low: ')) modem.state.supply = 2900
  modem.state.simOn = true
  const came = modem.execute(ask.replace('low: ', '')).text.replace(/\r\n$/, '')
  if (typeof hears === 'string') expect(came).toBe(hears)
  else expect(came).toMatch(hears)
})

test('OPEN-05: what the factory wrote is Amazon Root CA 1, octet for octet (CMNG-91)', () => {
  const { modem } = testBoard({ switches: { readable: [10] } })
  expect(modem.execute('AT%CMNG=2,4294967293,10').text).toContain(`,"${amazonRoot}"\r\nOK\r\n`)
})

test('OPEN-13: where the session cache is on, sessions are remembered until the modem restarts', () => {
  expect(testBoard().modem.tlsSessions).toBeUndefined()
  const { modem } = testBoard({ switches: { sessionCache: true } })
  const session = { id: utf8('id'), suite: 0xc02b, master: utf8('secret'), extended: true }
  modem.tlsSessions?.set('broker:8883', session)
  modem.execute('AT+CFUN=4')
  expect(modem.tlsSessions?.get('broker:8883')).toBe(session)
  modem.restart()
  expect(modem.tlsSessions?.size).toBe(0)
})

test('OPEN-18: refusals carry numbers after AT+CMEE=2 where it is taken, as one report has it (AT-29)', () => {
  const { modem } = testBoard({ mfw: '2.0.4', switches: { verboseErrors: true } })
  modem.execute('AT+CMEE=2')
  expect(modem.execute('AT%CMNG=0,42,0,"x"').text).toBe('+CME ERROR: 527\r\n')
  expect(modem.execute('AT+CMEE?').text).toBe('+CMEE: 2\r\nOK\r\n')
})

const orders = [
  [[514, 518, 528, 513], 514],
  [[518, 514, 528, 513], 518],
  [[528, 518, 514, 513], 528],
  [[513, 514, 518, 528], 513],
] as const

test.each(orders)('OPEN-08: where all four reasons are given, the order %j tells %i', (checkOrder, code) => {
  const { modem } = testBoard({ switches: { checkOrder } })
  modem.execute('AT+CMEE=1')
  modem.execute('AT+CFUN=1')
  modem.state.supply = 2900
  expect(modem.execute('AT%CMNG=3,4294967291,4').text).toBe(`+CME ERROR: ${code}\r\n`)
})

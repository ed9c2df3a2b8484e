import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byteText } from '../../../src/terms/index.ts'
import { testBoard, type TestBoard } from '../../support/board.ts'
import { paper } from '../../support/paper.ts'
import { type Typist, typist } from '../../support/typist.ts'

const good = '\r\nOK\r\n'
const bad = '\r\nERROR\r\n'

async function seated(): Promise<TestBoard & Typist> {
  const board = testBoard({ dialect: { name: 'serial-modem' } })
  const somebody = typist(board.plug().port)
  await somebody.types('', 'Ready\r\n')
  return { ...board, ...somebody }
}

test('M85 it says Ready at its start, and puts CR LF in front of what it prints (SM-01, SM-02, SM-03)', async () => {
  const board = await seated()
  expect(board.screen()).toBe('Ready\r\n')
  expect(await board.types('AT\r', good)).toBe(good)
  expect(await board.types('AT+CFUN?\r', good)).toBe('\r\n+CFUN: 0\r\n\r\nOK\r\n')
  expect(await board.types('AT+NOSUCH\r', bad)).toBe(bad)
})

test('AT%CMNG goes to the modem: a root CA with CR LF and its quote right behind END is stored as it is (SM-08, SM-21, SM-25)', async () => {
  const board = await seated()
  const { ca } = await paper()
  const text = ca.trimEnd().replaceAll('\n', '\r\n')
  await board.types('AT+CFUN=0\r', good)
  await board.types(`AT%CMNG=0,1000,0,"${text}"\r`, good)
  expect(byteText(board.modem.store.get({ tag: 1000, type: 0 })?.content ?? new Uint8Array())).toBe(text)
})

test('M86 +IPR lists its rates and takes one of them (SM-10, SM-11)', async () => {
  const board = await seated()
  expect(await board.types('AT+IPR=?\r', good)).toBe('\r\n+IPR: (),(115200,230400,460800,921600,1000000)\r\n\r\nOK\r\n')
  expect(await board.types('AT+IPR=1000000\r', good)).toBe(good)
  expect(await board.types('AT+IPR=9600\r', bad)).toBe(bad)
})

test('M87 #XSSOCKET answers 258 for TLS and 273 for DTLS; a server has no tag (SM-14, SM-15)', async () => {
  const board = await seated()
  expect(await board.types('AT#XSSOCKET=1,1,0,16842753\r', good)).toContain('#XSSOCKET: 0,1,258\r\n')
  expect(await board.types('AT#XSSOCKET=1,2,0,16842753\r', good)).toContain('#XSSOCKET: 0,2,273\r\n')
  expect(await board.types('AT#XSSOCKET=1,1,1,16842753\r', bad)).toBe(bad)
})

test('versions, UUID, its commands, and a reset of the modem that forgets its mode (SM-12, SM-13)', async () => {
  const board = await seated()
  for (const name of ['#XSMVER', '#XSLMVER']) expect(await board.types(`AT${name}\r`, good)).toContain(`${name}: "`)
  expect(await board.types('AT#XUUID\r', good)).toContain(`#XUUID: ${board.modem.identity.uuid}`)
  expect(await board.types('AT#XCLAC\r', good)).toContain('AT#XMQTTCON\r\n')
  board.modem.execute('AT+CFUN=4')
  expect(await board.types('AT#XMODEMRESET\r', good)).toContain('#XMODEMRESET: 0')
  expect(board.modem.state.functionalMode).toBe(0)
})

test('what stands before AT is thrown away, what is no command by its form is an ERROR, and what has no AT is ignored (SM-06, SM-07)', async () => {
  const board = await seated()
  expect(await board.types('junk\x01AT+CFUN?\r', good)).toContain('+CFUN: 0')
  expect(await board.types('at AT+CGSN\r', bad)).toBe(bad)
  expect(await board.types('hello\r\n\r\nAT\r', good)).toBe(good)
})

test('echo is off until ATE1 (SM-05)', async () => {
  const board = await seated()
  await board.types('ATE1\r', good)
  expect(await board.types('AT\r', good)).toBe(`AT\r${good}`)
  await board.types('ATE0\r', good)
  expect(await board.types('AT\r', good)).toBe(good)
})

test('a command beyond 8,192 bytes is an ERROR, unlike the silence of an AT host (SM-09)', async () => {
  const board = await seated()
  expect(await board.types(`AT%CMNG=0,42,4,"${'x'.repeat(9000)}`, bad)).toBe(bad)
  expect(await board.types('\rAT\r', good)).toBe(good)
})

test('without a way to a broker #XMQTTCON is an ERROR, and so is all that needs a connection (SM-29)', async () => {
  const board = await seated()
  expect(await board.types('AT#XMQTTCON?\r', good)).toContain('#XMQTTCON: 0\r\n')
  for (const text of [
    'AT#XMQTTCON=1,"","","localhost",8883,42',
    'AT#XMQTTCON=0',
    'AT#XMQTTPUB="a","b"',
    'AT#XMQTTSUB="a",0',
  ])
    expect(await board.types(`${text}\r`, bad)).toBe(bad)
})

test('no line makes it fall over, and it answers the next command', async () => {
  const board = await seated()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
      const line = byteText(Uint8Array.from(bytes)).replaceAll(/["\r\b\x7f]|at/gi, ' ')
      expect(await board.types(`${line}\rAT\r`, good)).toMatch(/\r\nOK\r\n$/)
    }),
    { numRuns: 50 },
  )
})

test('#XRESET answers OK, and then it is as after a start: Ready, no echo, and the modem off (SM-30)', async () => {
  const board = await seated()
  await board.types('ATE1\r', good)
  board.modem.execute('AT+CFUN=1')
  expect(await board.types('AT#XRESET\r', 'Ready\r\n')).toBe(`AT#XRESET\r${good}Ready\r\n`)
  expect(board.modem.state.functionalMode).toBe(0)
  expect(await board.types('AT\r', good)).toBe(good)
  expect(await board.types('AT#XRESET=1\r', bad)).toBe(bad)
})

import { expect, test } from 'vitest'
import { diagnose, readEvidence, textEvidence } from '../../src/doctor/index.ts'
import { leader, shareOf } from '../support/evidence.ts'

const verdictOf = (text: string) => diagnose([textEvidence('log', text)])
const begin = 'AT%CMNG=0,42,0,"-----BEGIN CERTIFICATE-----'
const end = '-----END CERTIFICATE-----'
const fails = '<err> app: mqtt_connect, error: -111\n'

test.each([
  ['an ellipsis', `${begin}..."`],
  ['an ellipsis without the quotes’ end', `${begin}\\nMIIBxDCCAWug…`],
  ['a remark', `${begin}<truncated>"`],
  ['the length of a logger’s line', `${begin}\\nMIIBxDCCAWugAwIBAgIUZmE`],
  ['an ellipsis in front', `AT%CMNG=0,42,0,"...${end}"`],
])('a write that the modem took and a log shows in part is no fault of the text: %s', (_, write) => {
  for (const mark of ['> ', '<inf> app: '])
    expect(shareOf(verdictOf(`${mark}${write}\n${mark === '> ' ? '< ' : ''}OK\n${fails}`), 'pem-format')).toBe(0)
})

test('a write whose quotes are closed and whose end is missing has a fault', () => {
  const verdict = verdictOf(`> ${begin}\\nMIIBxDCCAWugAwIBAgIUZmE"\n< OK\n${fails}`)
  expect(shareOf(verdict, 'pem-format')).toBeGreaterThan(0.1)
})

test('a write that was refused for another reason says nothing of the text', () => {
  const refused = (code: number) => verdictOf(`> ${begin}\\nMIIBxDCCAWugAwIBAgIUZmE"\n< +CME ERROR: ${code}\n`)
  expect(leader(refused(528))).toBe('supply-voltage-low')
  expect(shareOf(refused(528), 'pem-format')).toBe(0)
  expect(leader(refused(527))).toBe('pem-format')
  expect(leader(refused(50))).toBe('pem-format')
})

test('a refusal points at the line that says it, and names the command', () => {
  const [top] = verdictOf(`> ${begin}..."\n< +CME ERROR: 528\n`).causes
  expect(top?.for[0]).toMatchObject({
    words: '+CME ERROR: 528 to AT%CMNG: the power-off warning is active',
    said: '< +CME ERROR: 528',
    from: { evidence: 'log', line: 2 },
  })
  const [sim] = verdictOf('> AT+CPIN?\n< +CME ERROR: 10\n').causes
  expect(sim?.for.map(({ from }) => from.line)).toEqual([2, 2])
})

test.each([
  ['connect() failed: -1, errno: 111', { number: 111 }],
  ['connect() returned -1, errno = 111 (ECONNREFUSED)', { number: 111 }],
  ['connect() failed: -1 (Connection refused, errno=111)', { number: 111 }],
  ['connect ret -1 errno -111', { number: -111 }],
  ['connect() failed, errno: 111', { number: 111 }],
  ['connect() = -1 ECONNREFUSED', { number: -111, name: 'ECONNREFUSED' }],
  ['connect failed, err: -1, errno: 0', { number: -1 }],
  ['connect failed, err: -116', { number: -116 }],
])('an errno that is named counts before what a call returned: %s', (line, value) => {
  const failure = readEvidence(textEvidence('log', line)).facts.find(({ kind }) => kind === 'failure')
  expect(failure?.value).toEqual({ ...value, call: 'connect' })
})

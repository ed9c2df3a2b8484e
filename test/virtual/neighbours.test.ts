import { expect, test } from 'vitest'
import { onChip, personalities, personality, VirtualModem } from '../../src/virtual/index.ts'
import { fastClock } from '../support/clock.ts'
import { paper } from '../support/paper.ts'

const flat = '-----BEGIN CERTIFICATE----- MIIB -----END CERTIFICATE-----'

/** What is asked of every modem, in this order; each answer by the question. */
const questions = [
  'AT+CGMR',
  'AT+CGMM',
  'AT%HWVERSION',
  'AT%DEVICEUUID',
  'AT+CFUN=2',
  'AT+CFUN=4',
  'AT%CMNG=1',
  `AT%CMNG=0,42,0,"${flat}"`,
  'AT%CMNG=0,42,4,"device-7"',
  'AT%CMNG=1,42,4',
  'AT%CMNG=0,2147483648,4,"x"',
  'AT%KEYGEN=43,2,0',
  'AT%ATTESTTOKEN',
  'AT%CLAIMTOKEN=42',
  'low supply: AT%CMNG=0,44,4,"x"',
]

/** What makes two answers alike: numbers of the modem's own are left out, whether and how it answered stays. */
function gist(answer: string): string {
  return answer
    .replace(/"[\w-]{60,}\.[\w-]+"/g, '"a token"')
    .replace(/: [0-9a-f-]{36}/g, ': a UUID')
    .replace(/mfw_[\w.]+/, 'its name')
}

function answers(name: string): Map<string, string> {
  const line = personality(name)
  if (line === undefined) throw new Error(`no mfw ${name}`)
  const modem = new VirtualModem({ personality: line, clock: fastClock(), seed: 'neighbours' })
  modem.execute('AT+CMEE=1')
  return new Map(
    questions.map((question) => {
      if (question.startsWith('low supply: ')) modem.state.supply = 2900
      return [question, modem.execute(question.replace('low supply: ', '')).text]
    }),
  )
}

/** The questions that two lines answer differently. */
function differences(older: string, newer: string): string[] {
  const [before, after] = [answers(older), answers(newer)]
  return questions.filter((question) => gist(before.get(question) ?? '') !== gist(after.get(question) ?? ''))
}

const name = 'AT+CGMR'
const nameOnly: string[] = []
const pairs: [string, string, string, string[]][] = [
  ['1.0.0', '1.0.1', 'the name only', nameOnly],
  ['1.0.1', '1.1.4', 'the name only, as far as credentials go', nameOnly],
  ['1.1.4', '1.2.3', 'the name only, as far as credentials go', nameOnly],
  [
    '1.2.3',
    '1.3.1',
    'the revision, factory entries, keys that are born inside, and tokens',
    ['AT%HWVERSION', 'AT%CMNG=1', 'AT%KEYGEN=43,2,0', 'AT%ATTESTTOKEN'],
  ],
  [
    '1.3.1',
    '1.3.2',
    'real digests, and no writing at low supply',
    ['AT%CMNG=1', 'AT%CMNG=1,42,4', 'low supply: AT%CMNG=0,44,4,"x"'],
  ],
  ['1.3.2', '1.3.5', 'claim tokens', ['AT%CLAIMTOKEN=42']],
  ['1.3.5', '1.3.7', 'the name only', nameOnly],
  [
    '1.3.7',
    '2.0.0',
    'the chip, the device UUID, mode 2, and developer tags',
    ['AT+CGMM', 'AT%HWVERSION', 'AT%DEVICEUUID', 'AT+CFUN=2', 'AT%CMNG=0,2147483648,4,"x"'],
  ],
  ['2.0.0', '2.0.2', 'the look at content', [`AT%CMNG=0,42,0,"${flat}"`]],
  ['2.0.2', '2.0.4', 'the name only', nameOnly],
]

test('the pairs below are all neighbours there are', () => {
  const names = personalities.map((line) => line.name)
  expect(pairs.map(([older, newer]) => [older, newer])).toEqual(names.slice(1).map((newer, at) => [names[at], newer]))
})

test.each(pairs)('between mfw %s and mfw %s the answers differ in: %s', (older, newer, _, expected) => {
  expect(answers(older).get(name)).not.toBe(answers(newer).get(name))
  expect(differences(older, newer)).toEqual(expected)
})

test('a line runs on its usual chip, on others where it is asked for, and on no chip that it was not made for (ID-28, ID-32)', async () => {
  const { ca } = await paper()
  for (const [mfw, chip, told] of [
    ['1.0.0', 'B1A', 'nRF9160 SICA B1A'],
    ['1.2.3', undefined, 'nRF9160 SICA B0A'],
    ['1.3.7', undefined, 'nRF9160 SICA B1A'],
    ['1.3.7', 'B0A', 'nRF9160 SICA B0A'],
    ['2.0.4', undefined, 'nRF9151 LACA A0A'],
    ['2.0.4', 'nRF9161', 'nRF9161 LACA A0A'],
  ] as const) {
    const line = personality(mfw, chip)
    if (line === undefined) throw new Error(`mfw ${mfw} does not run on ${chip}`)
    const modem = new VirtualModem({ personality: line, clock: fastClock() })
    expect(modem.execute('AT%HWVERSION').text).toBe(`%HWVERSION: ${told}\r\nOK\r\n`)
    expect(modem.execute(`AT%CMNG=0,42,0,"${ca}"`).text).toBe('OK\r\n')
  }
  expect(personality('2.0.2', 'B0A')).toBeUndefined()
  expect(personality('1.0.0', 'nRF9151')).toBeUndefined()
  expect(personality('1.9.9')).toBeUndefined()
  const line = personality('1.0.0')
  expect(line && onChip(line, 'B0A')).toBe(line)
})

import { type Case, cme, numbered, restart } from '../case.ts'
import { all } from '../lines.ts'

/** Commands that no line knows: other chip families', invented ones, and what nobody has described (AT-12, KEY-69, ID-26). */
const unknown = [
  'AT%CERTEXPIRY',
  'AT%IDENTITY',
  'AT%SECDISC=1',
  'AT%REGJWT',
  'AT%CLOUDACCESSKEY=1',
  'AT%2DID',
  'AT%CMNGX=1',
  'AT%CMN',
  'AT+CFUNNY?',
  'AT#XCMNG=1',
  'ATZ',
  'AT&F',
  'at AT+CGSN',
  'hello',
  'A',
  'AT%',
  'AT+',
  'AT=1',
]

/** Forms that commands do not have (AT-06). */
const unsupported = [
  ['AT+CGMR?', 'ID-18'],
  ['AT+CGMR=?1', 'AT-06'],
  ['AT%HWVERSION?', 'ID-18'],
  ['AT%CMNG?', 'CMNG-02'],
  ['AT%CMNG=?', 'CMNG-02'],
  ['AT+CMEE', 'AT-06'],
  ['AT+CFUN', 'AT-06'],
  ['AT?', 'AT-06'],
] as const

/** Lower and mixed case. */
const spelled = [
  ['at', 'OK'],
  ['aT+cMeE?', '+CMEE: 0\r\nOK'],
  ['at+cfun?', '+CFUN: 0\r\nOK'],
  ['at%cmng=1,42', 'OK'],
  ['At%Cmng=0,42,4,"x"', 'OK'],
] as const

/** Blanks that the modem does not mind. */
const blanks = [
  'AT%CMNG= 1, 42',
  'AT%CMNG=1 , 42 , 4',
  'AT%CMNG=0, 42, 4, "x"',
  '\nAT%CMNG=1, 42',
  ' AT%CMNG=1,42 ',
] as const

/** How the modem reads a line and ends an answer. */
export const languageCases: readonly Case[] = [
  { title: 'M1 AT answers OK', fact: 'AT-01', grade: 'documented', on: all, dialogue: [['AT', 'OK']] },
  { title: 'M2 ATI answers ERROR', fact: 'AT-02', grade: 'seen', on: all, dialogue: [['ATI', 'ERROR']] },
  ...spelled.map(
    ([text, answer]): Case => ({
      title: `M6 ${text} is understood whatever the case of its letters`,
      fact: 'AT-03',
      grade: 'documented',
      on: all,
      dialogue: [[text, answer]],
    }),
  ),
  ...blanks.map(
    (text): Case => ({
      title: `M7 blanks in ${JSON.stringify(text)} do not matter`,
      fact: 'AT-04',
      grade: 'seen',
      on: all,
      dialogue: [[text, 'OK']],
    }),
  ),
  ...unknown.map(
    (text): Case => ({
      title: `${text} is no command: ERROR, or 0 where refusals are numbered`,
      fact: 'AT-09',
      grade: 'seen',
      on: all,
      dialogue: [[text, 'ERROR'], numbered, [text, cme(0)]],
    }),
  ),
  ...unsupported.map(
    ([text, fact]): Case => ({
      title: `${text.startsWith('AT%CMNG') ? 'M58 ' : ''}${text} is a form that the command does not have`,
      fact,
      grade: 'documented',
      on: all,
      dialogue: [[text, 'ERROR']],
    }),
  ),
  ...unsupported.map(
    ([text]): Case => ({
      title: `${text} answers 0 where refusals are numbered`,
      fact: 'AT-07',
      grade: 'inferred',
      on: all,
      dialogue: [numbered, [text, cme(0)]],
    }),
  ),
  {
    title: 'M8 while +CMEE is 0 every refusal prints only ERROR',
    fact: 'AT-25',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT%CMNG=3,42,0', 'ERROR'],
      ['AT%CMNG=2,42,2', 'ERROR'],
      ['AT+CFUN=1', 'OK'],
      ['AT%CMNG=0,42,4,"x"', 'ERROR'],
    ],
  },
  {
    title: 'M9 +CMEE starts at 0',
    fact: 'AT-26',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CMEE?', '+CMEE: 0\r\nOK']],
  },
  {
    title: 'M10 AT+CMEE=1 numbers the refusals from then on, and AT+CMEE=0 ends it',
    fact: 'AT-27',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT%CMNG=3,42,0', 'ERROR'],
      numbered,
      ['AT+CMEE?', '+CMEE: 1\r\nOK'],
      ['AT%CMNG=3,42,0', cme(513)],
      ['AT+CMEE=0', 'OK'],
      ['AT%CMNG=3,42,0', 'ERROR'],
    ],
  },
  {
    title: 'M11 AT+CMEE=2 answers ERROR and changes nothing',
    fact: 'AT-28',
    grade: 'seen',
    on: all,
    dialogue: [
      ['AT+CMEE=2', 'ERROR'],
      ['AT+CMEE?', '+CMEE: 0\r\nOK'],
    ],
  },
  {
    title: 'AT+CMEE=? lists 0 and 1',
    fact: 'AT-31',
    grade: 'documented',
    on: all,
    dialogue: [['AT+CMEE=?', '+CMEE: (0,1)\r\nOK']],
  },
  {
    title: '+CMEE does not outlive a restart',
    fact: 'AT-32',
    grade: 'ours',
    on: all,
    dialogue: [numbered, restart, ['AT+CMEE?', '+CMEE: 0\r\nOK'], ['ATI', 'ERROR']],
  },
  ...['AT+CMEE=3', 'AT+CMEE=', 'AT+CMEE=x', 'AT+CMEE=1,1', 'AT+CMEE=-1'].map(
    (text): Case => ({
      title: `${text} is refused and leaves numbered refusals as they are`,
      fact: 'CME-02',
      grade: 'seen',
      on: all,
      dialogue: [numbered, [text, cme(0)], ['AT+CMEE?', '+CMEE: 1\r\nOK']],
    }),
  ),
]

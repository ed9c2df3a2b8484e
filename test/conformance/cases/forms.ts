import { type Case, cme, numbered } from '../case.ts'
import { all, keyless, keyMakers } from '../lines.ts'

/** `%CMNG` lines that lack something, have too much, or hold what is no number or no text. */
const malformed = [
  'AT%CMNG',
  'AT%CMNG=',
  'AT%CMNG=4,42,0',
  'AT%CMNG=5',
  'AT%CMNG=-1,42,0',
  'AT%CMNG=a',
  'AT%CMNG="1"',
  'AT%CMNG=0',
  'AT%CMNG=0,42',
  'AT%CMNG=0,42,4',
  'AT%CMNG=0,42,4,',
  'AT%CMNG=0,,4,"x"',
  'AT%CMNG=0,x,4,"y"',
  'AT%CMNG=0,-1,4,"y"',
  'AT%CMNG=0,42,,"y"',
  'AT%CMNG=0,42,x,"y"',
  'AT%CMNG=0,42,256,"y"',
  'AT%CMNG=0,"42",4,"y"',
  'AT%CMNG=0,42,4,unquoted',
  'AT%CMNG=0,42,4,"open',
  'AT%CMNG=0,42,4,open"',
  'AT%CMNG=0,42,4,"a"b"',
  'AT%CMNG=0,42,4,"x","p","q"',
  'AT%CMNG=1,x',
  'AT%CMNG=1,42,x',
  'AT%CMNG=1,42,4,"x"',
  'AT%CMNG=1 42',
  'AT%CMNG=2',
  'AT%CMNG=2,42',
  'AT%CMNG=2,,4',
  'AT%CMNG=2,42,4,"x"',
  'AT%CMNG=3',
  'AT%CMNG=3,42',
  'AT%CMNG=3,,4',
  'AT%CMNG=3,42,4,"x"',
]

const malformedKeygen = [
  'AT%KEYGEN',
  'AT%KEYGEN?',
  'AT%KEYGEN=?',
  'AT%KEYGEN=',
  'AT%KEYGEN=42',
  'AT%KEYGEN=x,2',
  'AT%KEYGEN=42,x',
  'AT%KEYGEN=42,2,2',
  'AT%KEYGEN=42,2,0,CN=x',
  'AT%KEYGEN=42,2,0,"XX=x"',
  'AT%KEYGEN=42,2,0,"CN="',
  'AT%KEYGEN=42,2,0,"CN=x","11101000"',
  'AT%KEYGEN=42,2,0,"CN=x","111010001"',
  'AT%KEYGEN=42,2,0,"CN=x","111010000","more"',
  'AT%KEYGEN=42,3,0',
  'AT%KEYGEN=42,0,0',
]

const malformedToken = [
  'AT%ATTESTTOKEN?',
  'AT%ATTESTTOKEN=',
  'AT%ATTESTTOKEN="0123"',
  'AT%ATTESTTOKEN="90115c20ac3f381b520b43c76bd5d99g"',
  'AT%ATTESTTOKEN=90115c20ac3f381b520b43c76bd5d99c',
  'AT%ATTESTTOKEN="90115c20ac3f381b520b43c76bd5d99c",1',
]

function refusedForm(text: string, on: readonly string[]): Case {
  return {
    title: `${JSON.stringify(text)} is malformed: ERROR, or 0 where refusals are numbered; nothing is stored`,
    fact: 'CME-02',
    grade: 'seen',
    on,
    dialogue: [[text, 'ERROR'], numbered, [text, cme(0)], ['AT%CMNG=1,42', 'OK']],
  }
}

/** A line of `%CMNG=1`, and what it lists of 42/2, 42/4 and 43/4. */
const filters = [
  ['AT%CMNG=1,42', ['42,2', '42,4']],
  ['AT%CMNG=1,43', ['43,4']],
  ['AT%CMNG=1,42,4', ['42,4']],
  ['AT%CMNG=1,42,2', ['42,2']],
  ['AT%CMNG=1,42,0', []],
  ['AT%CMNG=1,44', []],
  ['AT%CMNG=1,44,4', []],
  ['AT%CMNG=1,2147483648', []],
  ['AT%CMNG=1,42,12', []],
] as const

/** What lines are made of. */
export const formCases: readonly Case[] = [
  ...malformed.map((text) => refusedForm(text, all)),
  ...malformedKeygen.map((text) => refusedForm(text, keyMakers)),
  ...malformedToken.map((text) => refusedForm(text, keyMakers)),
  ...['AT%KEYGEN=42,2,0', 'AT%ATTESTTOKEN', 'AT%CLAIMTOKEN=42'].map(
    (text): Case => ({
      title: `${text} is unknown on mfw 1.0 to 1.2`,
      fact: text.includes('CLAIM') ? 'ID-38' : 'ID-36',
      grade: 'documented',
      on: keyless,
      dialogue: [[text, 'ERROR'], numbered, [text, cme(0)]],
    }),
  ),
  ...filters.map(
    ([text, slots]): Case => ({
      title: `${slots.length === 0 ? 'M23 ' : ''}${text} lists ${slots.join(' and ') || 'nothing'} of three items, and answers OK`,
      fact: slots.length === 0 ? 'CMNG-38' : 'CMNG-04',
      grade: slots.length === 0 ? 'seen' : 'documented',
      on: all,
      dialogue: [
        ['AT%CMNG=0,42,2,"x"', 'OK'],
        ['AT%CMNG=0,42,4,"x"', 'OK'],
        ['AT%CMNG=0,43,4,"x"', 'OK'],
        [text, new RegExp(`^${slots.map((slot) => `%CMNG: ${slot},"[0-9A-F]{64}"\r\n`).join('')}OK$`)],
      ],
    }),
  ),
  {
    title: 'a type without a tag is no listing',
    fact: 'CMNG-04',
    grade: 'documented',
    on: all,
    dialogue: [numbered, ['AT%CMNG=1,,4', cme(0)]],
  },
  ...[0, 1, 2, 3, 4].map(
    (type): Case => ({
      title: `M50 an empty content of type ${type} is refused`,
      fact: 'CMNG-07',
      grade: 'documented',
      on: all,
      dialogue: [
        [`AT%CMNG=0,42,${type},""`, 'ERROR'],
        ['AT%CMNG=1,42', 'OK'],
      ],
    }),
  ),
  ...[',', '\r', '\n', '\r\n', 'a,b,c', 'AT+CFUN=1\r\nAT', '\u0000', '\u00ff', ' x ', 'OK\r\n', '\\n', "'"].map(
    (content): Case => ({
      title: `M51 content may be ${JSON.stringify(content)}: it comes back as it was written`,
      fact: 'AT-13',
      grade: content.length < 3 && /[,\r\n]/.test(content) ? 'documented' : 'inferred',
      on: all,
      dialogue: [
        [`AT%CMNG=0,42,4,"${content}"`, 'OK'],
        [
          'AT%CMNG=2,42,4',
          {
            shows: 'the content',
            holds: (text) => text.slice(-content.length - 7) === `,"${content}"\r\nOK`.slice(-content.length - 7),
          },
        ],
        ['AT+CFUN?', '+CFUN: 0\r\nOK'],
      ],
    }),
  ),
  {
    title: 'a password may follow a private key, and is ignored with others',
    fact: 'PEM-37',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT%CMNG=0,42,2,"x","secret"', 'OK'],
      ['AT%CMNG=0,42,4,"x","secret"', 'OK'],
      ['AT%CMNG=2,42,4', /,"x"\r\nOK$/],
    ],
  },
  {
    title: 'a password has at most 32 characters',
    fact: 'PEM-38',
    grade: 'inferred',
    on: all,
    dialogue: [
      numbered,
      [`AT%CMNG=0,42,2,"x","${'p'.repeat(32)}"`, 'OK'],
      [`AT%CMNG=0,43,2,"x","${'p'.repeat(33)}"`, cme(0)],
    ],
  },
]

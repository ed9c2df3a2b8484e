import { type Case, cme, type Grade, numbered } from '../case.ts'
import { all, checking, from, placeholder, real, unchecking } from '../lines.ts'
import { amazonRoot, digest, privateKey, sample } from '../paper.ts'

const crlf = amazonRoot.replaceAll('\n', '\r\n')

/** Forms of one certificate, and the digest of each where one was published (DIG-09 to DIG-13). */
const vectors = [
  [
    'LF with a last LF',
    amazonRoot,
    '2C43952EE9E000FF2ACC4E2ED0897C0A72AD5FA72C3D934E81741CBD54F05BD1',
    'DIG-09',
    'M28 ',
  ],
  [
    'LF without a last newline',
    amazonRoot.trimEnd(),
    'AD6FB002E6B34C0559FA8F93A3794FF12C4E3F119BD77290C52525123FB9EA74',
    'DIG-10',
    '',
  ],
  ['CR LF with a last one', crlf, '56AE01E6773BDAEC4BFB216D4005ADB06E4F680BD8BFB8BE4C683CE921681897', 'DIG-11', 'M27 '],
  [
    'CR LF without a last one',
    crlf.trimEnd(),
    'A86D8BF8D75130765A6453960E0E4E5158E0F3E43F86699EFE36190C463A25CF',
    'DIG-12',
    '',
  ],
  [
    'a LF in front',
    `\n${amazonRoot.trimEnd()}`,
    'D8D81DE9D4DC85EC920862EB3BFAF1340BEE68E8505336C2E90F2E78ABF58D85',
    'DIG-13',
    '',
  ],
] as const

interface Input {
  readonly what: string
  readonly content: string
  readonly accepted: boolean
  /** On lines that look, and on lines that do not. */
  readonly looking: readonly [fact: string, grade: Grade]
  readonly blind: readonly [fact: string, grade: Grade]
  readonly statement?: string
}

const body = amazonRoot.split('\n').slice(1, -2).join('')
const inputs: readonly Input[] = [
  { what: 'LF', content: amazonRoot, accepted: true, looking: ['PEM-08', 'seen'], blind: ['PEM-08', 'seen'] },
  { what: 'CR LF', content: crlf, accepted: true, looking: ['PEM-09', 'documented'], blind: ['PEM-09', 'documented'] },
  {
    what: 'no last newline',
    content: amazonRoot.trimEnd(),
    accepted: true,
    looking: ['PEM-10', 'documented'],
    blind: ['PEM-10', 'documented'],
  },
  {
    what: 'text in front',
    content: `Certificate:\n    Data:\n${amazonRoot}`,
    accepted: true,
    looking: ['PEM-11', 'seen'],
    blind: ['PEM-12', 'inferred'],
    statement: 'M55 ',
  },
  {
    what: 'two certificates',
    content: `${amazonRoot}${amazonRoot}`,
    accepted: true,
    looking: ['PEM-13', 'seen'],
    blind: ['PEM-13', 'seen'],
    statement: 'M56 ',
  },
  {
    what: 'two certificates with a blank line',
    content: `${amazonRoot}\n${amazonRoot}`,
    accepted: true,
    looking: ['PEM-13', 'seen'],
    blind: ['PEM-13', 'seen'],
    statement: 'M56 ',
  },
  {
    what: 'one line without breaks',
    content: `-----BEGIN CERTIFICATE-----${body}-----END CERTIFICATE-----`,
    accepted: false,
    looking: ['PEM-17', 'inferred'],
    blind: ['PEM-14', 'seen'],
    statement: 'M54 ',
  },
  {
    what: 'one line with blanks',
    content: amazonRoot.replaceAll('\n', ' '),
    accepted: false,
    looking: ['PEM-17', 'inferred'],
    blind: ['PEM-14', 'seen'],
    statement: 'M54 ',
  },
  {
    what: 'the two characters \\n',
    content: amazonRoot.replaceAll('\n', '\\n'),
    accepted: false,
    looking: ['PEM-18', 'seen'],
    blind: ['PEM-19', 'inferred'],
    statement: 'M53 ',
  },
  {
    what: 'CR only',
    content: amazonRoot.replaceAll('\n', '\r'),
    accepted: false,
    looking: ['PEM-20', 'inferred'],
    blind: ['PEM-21', 'inferred'],
  },
  { what: 'a word', content: 'hello', accepted: false, looking: ['PEM-24', 'inferred'], blind: ['PEM-23', 'inferred'] },
  {
    what: 'a private key',
    content: privateKey,
    accepted: false,
    looking: ['PEM-03', 'seen'],
    blind: ['PEM-23', 'inferred'],
    statement: 'M52 ',
  },
  {
    what: 'a cut body',
    content: amazonRoot.replace(/\n[^\n]+\n-----END/, '\n-----END'),
    accepted: false,
    looking: ['PEM-07', 'inferred'],
    blind: ['PEM-23', 'inferred'],
  },
  {
    what: 'no END line',
    content: amazonRoot.replace(/-----END[^\n]*\n/, ''),
    accepted: false,
    looking: ['PEM-07', 'inferred'],
    blind: ['PEM-23', 'inferred'],
  },
]

const perInput = inputs.flatMap(({ what, content, accepted, looking, blind, statement = '' }): Case[] =>
  [0, 1].flatMap((type): Case[] => [
    {
      title: `${statement}type ${type} with ${what} ${accepted ? 'is stored' : 'answers 527 and is not stored'} where content is looked at`,
      fact: looking[0],
      grade: looking[1],
      on: checking,
      dialogue: [
        numbered,
        [`AT%CMNG=0,42,${type},"${content}"`, accepted ? 'OK' : cme(527)],
        ['AT%CMNG=1,42', accepted ? `%CMNG: 42,${type},"${digest(content)}"\r\nOK` : 'OK'],
      ],
    },
    {
      title: `${statement}type ${type} with ${what} is stored where content is not looked at`,
      fact: blind[0],
      grade: blind[1],
      on: unchecking,
      dialogue: [numbered, [`AT%CMNG=0,42,${type},"${content}"`, 'OK'], ['AT%CMNG=1,42', /^%CMNG: 42,/]],
    },
  ]),
)

const perVector = vectors.map(
  ([what, content, sha, fact, statement]): Case => ({
    title: `${statement}${what}: the digest of Amazon Root CA 1 is ${sha.slice(0, 8)}…`,
    fact,
    grade: 'seen',
    on: real,
    dialogue: [
      [`AT%CMNG=0,42,0,"${content}"`, 'OK'],
      ['AT%CMNG=1,42,0', `%CMNG: 42,0,"${sha}"\r\nOK`],
    ],
  }),
)

const perType = [0, 1, 2, 3, 4].flatMap((type): Case[] => [
  {
    title: `${type === 2 ? 'M29 ' : 'M26 '}the digest of type ${type} is the SHA-256 of the stored text`,
    fact: type === 2 ? 'DIG-06' : 'DIG-02',
    grade: 'seen',
    on: real,
    dialogue: [
      [`AT%CMNG=0,42,${type},"${sample(type)}"`, 'OK'],
      ['AT%CMNG=1,42', `%CMNG: 42,${type},"${digest(sample(type))}"\r\nOK`],
    ],
  },
  {
    title: `M31 the digest of type ${type} is a placeholder below mfw 1.3.2`,
    fact: type > 2 ? 'DIG-17' : 'DIG-16',
    grade: 'seen',
    on: placeholder.filter((line) => line !== '1.3.1'),
    dialogue: [
      [`AT%CMNG=0,42,${type},"${sample(type)}"`, 'OK'],
      ['AT%CMNG=1,42', `%CMNG: 42,${type},"${`0${type}`.repeat(32)}"\r\nOK`],
    ],
  },
  {
    title: `the digest of type ${type} is a placeholder on mfw 1.3.1`,
    fact: 'OPEN-03',
    grade: 'ours',
    on: ['1.3.1'],
    dialogue: [
      [`AT%CMNG=0,42,${type},"${sample(type)}"`, 'OK'],
      ['AT%CMNG=1,42', `%CMNG: 42,${type},"${`0${type}`.repeat(32)}"\r\nOK`],
    ],
  },
  {
    title: `a type ${type} over another replaces it`,
    fact: 'OPEN-01',
    grade: 'ours',
    on: all,
    dialogue: [
      numbered,
      [`AT%CMNG=0,42,${type},"${sample(type)}"`, 'OK'],
      [`AT%CMNG=0,42,${type},"${type <= 1 ? crlf : '00ff'}"`, 'OK'],
    ],
  },
])

/** What a modem says of content, and prints for it. */
export const contentCases: readonly Case[] = [
  ...perInput,
  ...perVector,
  ...perType,
  {
    title: 'the factory entries of mfw 1.3.1 print placeholders too',
    fact: 'DIG-23',
    grade: 'seen',
    on: ['1.3.1'],
    dialogue: [
      [
        'AT%CMNG=1',
        `%CMNG: 4294967292,11,"${'0B'.repeat(32)}"\r\n%CMNG: 4294967293,10,"${'0A'.repeat(32)}"\r\n%CMNG: 4294967294,6,"${'06'.repeat(32)}"\r\nOK`,
      ],
    ],
  },
  {
    title: 'M57 anything is stored as type 2: its OK proves no key',
    fact: 'PEM-25',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT%CMNG=0,42,2,"hello"', 'OK'],
      ['AT%CMNG=0,43,2,"-----BEGIN EC PRIVATE KEY-----"', 'OK'],
    ],
  },
  {
    title: 'an encrypted private key is stored without a password',
    fact: 'OPEN-15',
    grade: 'ours',
    on: all,
    dialogue: [
      ['AT%CMNG=0,42,2,"-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----\n"', 'OK'],
    ],
  },
  {
    title: 'M93 a tag for PSK takes a key in hexadecimal text and a name in plain text',
    fact: 'CMNG-87',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT%CMNG=0,42,3,"6e7266393174657374"', 'OK'],
      ['AT%CMNG=0,42,4,"nrf91test"', 'OK'],
      ['AT%CMNG=1,42', /^%CMNG: 42,3,"\w{64}"\r\n%CMNG: 42,4,"\w{64}"\r\nOK$/],
    ],
  },
  {
    title: 'a type 3 that is not hexadecimal is stored by firmware up to mfw 2.0.1',
    fact: 'PEM-26',
    grade: 'inferred',
    on: unchecking,
    dialogue: [['AT%CMNG=0,42,3,"no hex"', 'OK']],
  },
  {
    title: 'a type 3 that is not hexadecimal is stored from mfw 2.0.2 on',
    fact: 'OPEN-20',
    grade: 'ours',
    on: checking,
    dialogue: [['AT%CMNG=0,42,3,"no hex"', 'OK']],
  },
  {
    title: 'a digest follows the content that replaced another',
    fact: 'DIG-02',
    grade: 'seen',
    on: from('1.3.2'),
    dialogue: [
      ['AT%CMNG=0,42,4,"a"', 'OK'],
      ['AT%CMNG=0,42,4,"b"', 'OK'],
      ['AT%CMNG=2,42,4', `%CMNG: 42,4,"${digest('b')}","b"\r\nOK`],
    ],
  },
]

import { type Case, cme, type Grade, numbered } from '../case.ts'
import { all, from, keyless, keyMakers, nrf9160, nrf91x1 } from '../lines.ts'
import { sample } from '../paper.ts'

interface TypeRow {
  readonly type: number
  readonly fact: string
  readonly grade: Grade
  readonly on: readonly string[]
  readonly write: string
  readonly remove: string
  readonly read: string
  /** Where reading rests on another fact. */
  readonly reading?: readonly [fact: string, grade: Grade, statement?: string]
}

const [missing, forbidden, senseless] = [cme(513), cme(514), cme(0)]
const nobody = { write: forbidden, remove: forbidden, read: forbidden }
const plain = { on: all, write: 'OK', remove: missing, read: missing }
const secret = { ...plain, read: forbidden }

/** What may be done with each type; on lines before 1.3 nothing is said of types 7 to 11 (CMNG-79). */
const types: readonly TypeRow[] = [
  { type: 0, fact: 'CMNG-16', grade: 'documented', ...plain, reading: ['CMNG-48', 'seen', 'M45'] },
  { type: 2, fact: 'CMNG-18', grade: 'documented', ...secret, reading: ['CMNG-32', 'documented', 'M46'] },
  { type: 3, fact: 'CMNG-19', grade: 'documented', ...secret, reading: ['CMNG-33', 'documented', 'M47'] },
  { type: 4, fact: 'CMNG-20', grade: 'documented', ...plain, reading: ['CMNG-48', 'seen', 'M45'] },
  { type: 5, fact: 'CMNG-21', grade: 'documented', on: all, write: forbidden, remove: missing, read: forbidden },
  { type: 6, fact: 'CMNG-22', grade: 'seen', on: all, ...nobody, reading: ['CMNG-79', 'ours'] },
  { type: 7, fact: 'CMNG-23', grade: 'documented', on: keyMakers, ...nobody, reading: ['CMNG-79', 'ours'] },
  { type: 7, fact: 'CMNG-79', grade: 'ours', on: keyless, ...nobody },
  { type: 8, fact: 'CMNG-24', grade: 'seen', on: keyMakers, ...nobody },
  { type: 8, fact: 'CMNG-79', grade: 'ours', on: keyless, ...nobody },
  { type: 9, fact: 'CMNG-25', grade: 'ours', on: all, ...nobody },
  { type: 10, fact: 'CMNG-26', grade: 'seen', on: keyMakers, ...nobody, reading: ['CMNG-35', 'ours'] },
  { type: 10, fact: 'CMNG-79', grade: 'ours', on: keyless, ...nobody },
  { type: 11, fact: 'CMNG-27', grade: 'seen', on: keyMakers, ...nobody, reading: ['CMNG-35', 'ours'] },
  { type: 11, fact: 'CMNG-79', grade: 'ours', on: keyless, ...nobody },
  { type: 12, fact: 'OPEN-06', grade: 'ours', on: all, write: senseless, remove: senseless, read: senseless },
  { type: 13, fact: 'OPEN-06', grade: 'ours', on: all, write: senseless, remove: senseless, read: senseless },
  { type: 255, fact: 'OPEN-06', grade: 'ours', on: all, write: senseless, remove: senseless, read: senseless },
]

const clientCertificate: readonly TypeRow[] = [
  { type: 1, fact: 'CMNG-17', grade: 'documented', ...secret, on: keyless, reading: ['CMNG-31', 'documented', 'M48'] },
  { type: 1, fact: 'CMNG-17', grade: 'documented', ...secret, on: keyMakers, reading: ['CMNG-34', 'ours', 'M48'] },
]

const where = (on: readonly string[]): string => (on === all ? '' : ` on mfw ${on[0]} to ${on.at(-1)}`)

const perType = [...types, ...clientCertificate].flatMap((row): Case[] => {
  const { type, fact, grade, on, write, remove, read } = row
  const [readFact, readGrade, statement = ''] = row.reading ?? [fact, grade]
  const content = sample(type)
  const common = { fact, grade, on }
  return [
    {
      ...common,
      title: `type ${type} in an empty slot: a write answers ${write}${where(on)}`,
      dialogue: [numbered, [`AT%CMNG=0,42,${type},"${content}"`, write]],
    },
    {
      ...common,
      title: `${remove === missing ? 'M44 ' : ''}type ${type} in an empty slot: a delete answers ${remove}${where(on)}`,
      ...(remove === missing && { fact: 'CMNG-49', grade: 'documented' as const }),
      dialogue: [numbered, [`AT%CMNG=3,42,${type}`, remove]],
    },
    {
      ...common,
      title: `${statement === 'M45' ? 'M45 ' : ''}type ${type} in an empty slot: a read answers ${read}${where(on)}`,
      fact: readFact,
      grade: read === forbidden && type <= 5 ? 'ours' : readGrade,
      dialogue: [numbered, [`AT%CMNG=2,42,${type}`, read]],
    },
    {
      title: `M23 type ${type} in an empty slot: a listing answers only OK${where(on)}`,
      fact: 'CMNG-38',
      grade: 'seen',
      on,
      dialogue: [numbered, [`AT%CMNG=1,42,${type}`, 'OK']],
    },
    ...(write === 'OK' ? afterwards(row, content, statement) : []),
  ]
})

/** Slots that hold something. */
function afterwards(row: TypeRow, content: string, statement: string): Case[] {
  const { type, fact, grade, on, read } = row
  const [readFact, readGrade] = read === forbidden ? (row.reading ?? [fact, grade]) : ['CMNG-45', 'documented' as const]
  const written = [numbered, [`AT%CMNG=0,42,${type},"${content}"`, 'OK']] as const
  const shown = read === missing ? 'the content with its own line ends' : read
  const line = new RegExp(`^%CMNG: 42,${type},"[0-9A-F]{64}"\r\nOK$`)
  return [
    {
      title: `${read === missing ? 'M49' : statement} a type ${type} that was written: a read answers ${shown}${where(on)}`,
      fact: readFact,
      grade: readGrade,
      on,
      dialogue: [
        ...written,
        [
          `AT%CMNG=2,42,${type}`,
          read === missing
            ? {
                shows: shown,
                holds: (text) => /^%CMNG: 42,\d,"[0-9A-F]{64}","/.test(text) && text.endsWith(`,"${content}"\r\nOK`),
              }
            : read,
        ],
      ],
    },
    {
      title: `${type === 2 ? 'M24, M25' : 'M24'} a type ${type} that was written is listed with 64 upper-case digits and no blanks${where(on)}`,
      fact: type === 2 ? 'CMNG-41' : 'CMNG-39',
      grade: 'seen',
      on,
      dialogue: [...written, [`AT%CMNG=1,42,${type}`, line], ['AT%CMNG=1,42', line]],
    },
    {
      title: `a type ${type} that was written is gone after AT%CMNG=3${where(on)}`,
      fact,
      grade,
      on,
      dialogue: [...written, [`AT%CMNG=3,42,${type}`, 'OK'], ['AT%CMNG=1,42', 'OK'], [`AT%CMNG=3,42,${type}`, missing]],
    },
  ]
}

interface TagRow {
  readonly tag: number
  readonly fact: string
  readonly grade: Grade
  readonly on: readonly string[]
  readonly write: string
  readonly statement?: string
}

const tags: readonly TagRow[] = [
  ...[0, 1, 43, 888, 1001, 16_842_753, 2_147_483_647].map(
    (tag): TagRow => ({ tag, fact: 'CMNG-08', grade: 'documented', on: all, write: 'OK' }),
  ),
  ...[2_147_483_648, 2_147_483_657, 2_147_483_667].flatMap((tag): TagRow[] => [
    { tag, fact: 'CMNG-09', grade: 'seen', on: nrf91x1, write: 'OK', statement: 'M94 ' },
    { tag, fact: 'CMNG-09', grade: 'seen', on: nrf9160, write: forbidden, statement: 'M94 ' },
  ]),
  ...[2_147_483_668, 3_000_000_000, 4_294_967_291, 4_294_967_292, 4_294_967_293, 4_294_967_294].map(
    (tag): TagRow => ({ tag, fact: 'CMNG-11', grade: 'documented', on: all, write: forbidden }),
  ),
  { tag: 4_294_967_295, fact: 'CMNG-12', grade: 'seen', on: all, write: forbidden },
  { tag: 4_294_967_296, fact: 'CME-02', grade: 'seen', on: all, write: senseless },
]

const perTag = tags.flatMap(({ tag, fact, grade, on, write, statement = '' }): Case[] => [
  {
    title: `${statement}tag ${tag}: a write answers ${write}${where(on)}`,
    fact,
    grade,
    on,
    dialogue: [numbered, [`AT%CMNG=0,${tag},4,"x"`, write]],
  },
  {
    title: `tag ${tag}: a delete answers ${write === 'OK' ? missing : write}${where(on)}`,
    fact,
    grade: grade === 'documented' ? 'documented' : 'seen',
    on,
    dialogue: [numbered, [`AT%CMNG=3,${tag},4`, write === 'OK' ? missing : write]],
  },
])

/** Each item of the factory, and what the user may do with it. */
const factory = [
  { tag: 4_294_967_292, type: 11 },
  { tag: 4_294_967_293, type: 10 },
  { tag: 4_294_967_294, type: 6 },
].flatMap(({ tag, type }): Case[] => [
  {
    title: `M33 the factory entry ${tag}/${type} is listed from mfw 1.3 on`,
    fact: 'CMNG-90',
    grade: 'seen',
    on: keyMakers,
    dialogue: [[`AT%CMNG=1,${tag}`, new RegExp(`^%CMNG: ${tag},${type},"[0-9A-F]{64}"\r\nOK$`)]],
  },
  {
    title: `M35 deleting the factory entry ${tag}/${type} is refused, and it stays`,
    fact: 'CMNG-94',
    grade: 'inferred',
    on: keyMakers,
    dialogue: [
      numbered,
      [`AT%CMNG=3,${tag},${type}`, forbidden],
      [`AT%CMNG=0,${tag},${type},"x"`, forbidden],
      [`AT%CMNG=1,${tag},${type}`, new RegExp(`^%CMNG: ${tag},${type},`)],
    ],
  },
  {
    title: `reading the factory entry ${tag}/${type} is refused`,
    fact: 'OPEN-05',
    grade: 'ours',
    on: keyMakers,
    dialogue: [numbered, [`AT%CMNG=2,${tag},${type}`, forbidden]],
  },
])

/** Types, tags, and what each slot answers. */
export const slotCases: readonly Case[] = [
  ...perType,
  ...perTag,
  ...factory,
  {
    title: 'M22 an empty store lists only OK on mfw 1.0 to 1.2',
    fact: 'CMNG-37',
    grade: 'seen',
    on: keyless,
    dialogue: [['AT%CMNG=1', 'OK']],
  },
  {
    title: 'a fresh modem of mfw 1.3 and later lists three factory entries and nothing else',
    fact: 'CMNG-90',
    grade: 'seen',
    on: keyMakers,
    dialogue: [
      [
        'AT%CMNG=1',
        /^%CMNG: 4294967292,11,"\w{64}"\r\n%CMNG: 4294967293,10,"\w{64}"\r\n%CMNG: 4294967294,6,"\w{64}"\r\nOK$/,
      ],
    ],
  },
  {
    title: 'M34 the digest of the factory entry 4294967293/10 is that of Amazon Root CA 1',
    fact: 'CMNG-91',
    grade: 'seen',
    on: from('1.3.2'),
    dialogue: [
      [
        'AT%CMNG=1,4294967293',
        '%CMNG: 4294967293,10,"2C43952EE9E000FF2ACC4E2ED0897C0A72AD5FA72C3D934E81741CBD54F05BD1"\r\nOK',
      ],
    ],
  },
  ...[11, 6].map(
    (type): Case => ({
      title: `the digest of the factory entry of type ${type} is not that of Amazon Root CA 1`,
      fact: type === 6 ? 'CMNG-93' : 'CMNG-92',
      grade: 'seen',
      on: from('1.3.2'),
      dialogue: [
        [`AT%CMNG=1,429496729${type === 6 ? 4 : 2}`, /^%CMNG: \d+,\d+,"(?!2C43952E|(\w\w)\1{31}")[0-9A-F]{64}"\r\nOK$/],
      ],
    }),
  ),
  {
    title: 'a listing is in the order of tags, then types, the factory last',
    fact: 'CMNG-44',
    grade: 'ours',
    on: keyMakers,
    dialogue: [
      ['AT%CMNG=0,43,4,"x"', 'OK'],
      ['AT%CMNG=0,42,4,"x"', 'OK'],
      ['AT%CMNG=0,42,2,"x"', 'OK'],
      ['AT%CMNG=1', /^%CMNG: 42,2,[^\n]*\n%CMNG: 42,4,[^\n]*\n%CMNG: 43,4,[^\n]*\n%CMNG: 4294967292,11,/],
    ],
  },
  {
    title: 'two items of one tag and two tags of one type are items of their own',
    fact: 'CMNG-15',
    grade: 'documented',
    on: all,
    dialogue: [
      ['AT%CMNG=0,42,4,"a"', 'OK'],
      ['AT%CMNG=0,42,2,"b"', 'OK'],
      ['AT%CMNG=0,43,4,"c"', 'OK'],
      ['AT%CMNG=3,42,4', 'OK'],
      ['AT%CMNG=1,42', /^%CMNG: 42,2,"\w{64}"\r\nOK$/],
      ['AT%CMNG=2,43,4', /,"c"\r\nOK$/],
    ],
  },
]

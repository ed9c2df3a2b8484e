import { type Asked, type Case, cme, type Grade, numbered, restart, supply } from '../case.ts'
import { all, guarded, keyMakers, unguarded } from '../lines.ts'

const low = supply(2900)
const active: Asked = ['AT+CFUN=1', 'OK']
const keygenLine = /^%KEYGEN: "[\w-]+\.[\w-]+"\r\nOK$/
const makers = (on: readonly string[]): string[] => on.filter((line) => keyMakers.includes(line as never))

/** What is asked with 42/4 held, what comes while the supply is low, and what comes else. */
const atLowSupply = [
  { ask: 'AT%CMNG=0,42,4,"y"', low: cme(528), else: 'OK', fact: 'POW-12', grade: 'documented' },
  { ask: 'AT%CMNG=0,43,4,"y"', low: cme(528), else: 'OK', fact: 'POW-12', grade: 'documented' },
  { ask: 'AT%CMNG=3,42,4', low: cme(528), else: 'OK', fact: 'POW-12', grade: 'documented' },
  { ask: 'AT%KEYGEN=42,2,0', low: cme(528), else: keygenLine, fact: 'POW-12', grade: 'documented' },
  {
    ask: 'AT%CMNG=1,42',
    low: /^%CMNG: 42,4,"\w{64}"\r\nOK$/,
    else: /^%CMNG: 42,4,"\w{64}"\r\nOK$/,
    fact: 'OPEN-19',
    grade: 'ours',
  },
  { ask: 'AT%CMNG=2,42,4', low: /,"x"\r\nOK$/, else: /,"x"\r\nOK$/, fact: 'OPEN-19', grade: 'ours' },
  { ask: 'AT%ATTESTTOKEN', low: /^%ATTESTTOKEN: "/, else: /^%ATTESTTOKEN: "/, fact: 'KEY-44', grade: 'inferred' },
  { ask: 'AT%CMNG=3,43,4', low: cme(528), else: cme(513), fact: 'OPEN-08', grade: 'ours' },
  { ask: 'AT+CFUN?', low: '+CFUN: 0\r\nOK', else: '+CFUN: 0\r\nOK', fact: 'MODE-07', grade: 'documented' },
] as const

const perSupply = atLowSupply.flatMap((row): Case[] => {
  const needsKeys = /KEYGEN|ATTEST/.test(row.ask)
  const held = [numbered, ['AT%CMNG=0,42,4,"x"', 'OK'], low] as const
  return [
    {
      title: `M60 at 2.9 V ${row.ask} answers ${typeof row.low === 'string' ? row.low.replace(/\r\n/g, ' ') : 'as ever'} from mfw 1.3.2 on`,
      fact: row.fact,
      grade: row.grade,
      on: needsKeys ? makers(guarded) : guarded,
      dialogue: [...held, [row.ask, row.low]],
    },
    {
      title: `at 2.9 V ${row.ask} is as ever below mfw 1.3.2`,
      fact: row.low === row.else || row.grade !== 'documented' ? row.fact : 'ID-40',
      grade: row.grade,
      on: needsKeys ? makers(unguarded) : unguarded,
      dialogue: [...held, [row.ask, row.else]],
    },
  ]
})

/** Two reasons at once: the first in the order CMNG-79 to CMNG-84 is the one that is told. */
const both: readonly { what: string; on: readonly string[]; setting: Case['dialogue']; ask: string; hears: string }[] =
  [
    {
      what: 'write to a reserved tag while active: 514 before 518',
      on: all,
      setting: [active],
      ask: 'AT%CMNG=0,4294967291,4,"x"',
      hears: cme(514),
    },
    {
      what: 'write of a reserved type while active: 514 before 518',
      on: all,
      setting: [active],
      ask: 'AT%CMNG=0,42,6,"x"',
      hears: cme(514),
    },
    {
      what: 'delete of a reserved type while active: 514 before 518',
      on: all,
      setting: [active],
      ask: 'AT%CMNG=3,42,6',
      hears: cme(514),
    },
    {
      what: 'write to a reserved tag at low supply: 514 before 528',
      on: guarded,
      setting: [low],
      ask: 'AT%CMNG=0,4294967291,4,"x"',
      hears: cme(514),
    },
    {
      what: 'write while active at low supply: 518 before 528',
      on: guarded,
      setting: [active, low],
      ask: 'AT%CMNG=0,42,4,"x"',
      hears: cme(518),
    },
    {
      what: 'delete while active at low supply: 518 before 528',
      on: guarded,
      setting: [active, low],
      ask: 'AT%CMNG=3,42,4',
      hears: cme(518),
    },
    {
      what: 'delete of nothing while active: 518 before 513',
      on: all,
      setting: [active],
      ask: 'AT%CMNG=3,42,4',
      hears: cme(518),
    },
    {
      what: 'delete of nothing at low supply: 528 before 513',
      on: guarded,
      setting: [low],
      ask: 'AT%CMNG=3,42,4',
      hears: cme(528),
    },
    {
      what: 'write of nothing while active: 0 before 518',
      on: all,
      setting: [active],
      ask: 'AT%CMNG=0,42,4,""',
      hears: cme(0),
    },
    {
      what: 'write of bad content while active: 518 before 527',
      on: all,
      setting: [active],
      ask: 'AT%CMNG=0,42,0,"x"',
      hears: cme(518),
    },
    {
      what: 'write of bad content at low supply: 528 before 527',
      on: guarded,
      setting: [low],
      ask: 'AT%CMNG=0,42,0,"x"',
      hears: cme(528),
    },
    {
      what: 'key in a reserved tag while active: 514 before 518',
      on: keyMakers,
      setting: [active],
      ask: 'AT%KEYGEN=4294967291,2',
      hears: cme(514),
    },
    {
      what: 'key while active at low supply: 518 before 528',
      on: makers(guarded),
      setting: [active, low],
      ask: 'AT%KEYGEN=42,2',
      hears: cme(518),
    },
    {
      what: 'key of unknown attributes while active: 0 before 518',
      on: keyMakers,
      setting: [active],
      ask: 'AT%KEYGEN=42,2,0,"XX=y"',
      hears: cme(0),
    },
    {
      what: 'key over a key while active: 518 before 519',
      on: keyMakers,
      setting: [['AT%KEYGEN=42,2', keygenLine], active],
      ask: 'AT%KEYGEN=42,2',
      hears: cme(518),
    },
    {
      what: 'key over a key at low supply: 528 before 519',
      on: makers(guarded),
      setting: [['AT%KEYGEN=42,2', keygenLine], low],
      ask: 'AT%KEYGEN=42,2',
      hears: cme(528),
    },
  ]

const fullStore = Array.from({ length: 16 }, (_, tag): Asked => [`AT%CMNG=0,${tag},4,"${'x'.repeat(4096)}"`, 'OK'])

interface Plain {
  readonly title: string
  readonly fact: string
  readonly grade: Grade
  readonly on?: readonly string[]
  readonly dialogue: Case['dialogue']
}

const rest: readonly Plain[] = [
  {
    title: '515 when 65,536 bytes are held and one more comes; deleting makes room',
    fact: 'OPEN-07',
    grade: 'ours',
    dialogue: [
      numbered,
      ...fullStore,
      ['AT%CMNG=0,99,4,"x"', cme(515)],
      ['AT%CMNG=1,99', 'OK'],
      [`AT%CMNG=0,0,4,"${'y'.repeat(4096)}"`, 'OK'],
      ['AT%CMNG=3,7,4', 'OK'],
      ['AT%CMNG=0,99,4,"x"', 'OK'],
    ],
  },
  {
    title: '515 comes before 519, and for a key that does not fit',
    fact: 'OPEN-08',
    grade: 'ours',
    on: keyMakers,
    dialogue: [numbered, ...fullStore, ['AT%KEYGEN=42,2', cme(515)]],
  },
  {
    title: 'M43 what was written survives a power cut right after its OK, and so does a delete',
    fact: 'CMNG-61',
    grade: 'documented',
    dialogue: [
      ['AT%CMNG=0,42,4,"x"', 'OK'],
      ['AT%CMNG=0,43,4,"x"', 'OK'],
      ['AT%CMNG=3,43,4', 'OK'],
      restart,
      ['AT%CMNG=1,42', /^%CMNG: 42,4,"\w{64}"\r\nOK$/],
      ['AT%CMNG=2,42,4', /,"x"\r\nOK$/],
      ['AT%CMNG=1,43', 'OK'],
    ],
  },
  {
    title: 'a write takes 60 ms, and so does a delete',
    fact: 'AT-38',
    grade: 'ours',
    dialogue: [
      ['AT%CMNG=0,42,4,"x"', 'OK', 60],
      ['AT%CMNG=3,42,4', 'OK', 60],
      ['AT%CMNG=1,42', 'OK', 1],
    ],
  },
  {
    title: 'a refused write leaves the old item as it was',
    fact: 'CMNG-52',
    grade: 'inferred',
    dialogue: [
      ['AT%CMNG=0,42,4,"old"', 'OK'],
      active,
      ['AT%CMNG=0,42,4,"new"', 'ERROR'],
      ['AT%CMNG=2,42,4', /,"old"\r\nOK$/],
    ],
  },
  {
    title: 'no AT+CFUN=0 is needed to keep a change',
    fact: 'CMNG-62',
    grade: 'documented',
    dialogue: [['AT+CFUN=4', 'OK'], ['AT%CMNG=0,42,4,"x"', 'OK'], restart, ['AT%CMNG=1,42', /^%CMNG: 42,4,/]],
  },
  {
    title: '518 is over as soon as LTE is off',
    fact: 'CMNG-55',
    grade: 'seen',
    dialogue: [
      numbered,
      active,
      ['AT%CMNG=0,42,4,"x"', cme(518)],
      ['AT+CFUN=4', 'OK'],
      ['AT%CMNG=0,42,4,"x"', 'OK'],
      active,
      ['AT%CMNG=3,42,4', cme(518)],
      ['AT+CFUN=0', 'OK'],
      ['AT%CMNG=3,42,4', 'OK'],
    ],
  },
  {
    title: '528 is over when the supply is back',
    fact: 'POW-10',
    grade: 'documented',
    on: guarded,
    dialogue: [numbered, low, ['AT%CMNG=0,42,4,"x"', cme(528)], supply(3700), ['AT%CMNG=0,42,4,"x"', 'OK']],
  },
]

/** Why a change is refused, and which reason is told. */
export const refusalCases: readonly Case[] = [
  ...perSupply,
  ...both.map(
    ({ what, on, setting, ask, hears }): Case => ({
      title: what,
      fact: 'OPEN-08',
      grade: 'ours',
      on,
      dialogue: [numbered, ...setting, [ask, hears]],
    }),
  ),
  ...rest.map((row): Case => ({ on: all, ...row })),
]

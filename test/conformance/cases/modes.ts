import { type Case, cme, numbered, restart } from '../case.ts'
import { all, keyMakers, nrf9160, nrf91x1 } from '../lines.ts'
import { amazonRoot } from '../paper.ts'

/** Each mode, from a start with LTE off, and whether LTE is on then. */
const modes = [
  { mode: 0, lte: false, fact: 'CMNG-55', grade: 'seen', on: all },
  { mode: 1, lte: true, fact: 'CMNG-52', grade: 'documented', on: all },
  { mode: 2, lte: true, fact: 'CMNG-56', grade: 'documented', on: nrf91x1 },
  { mode: 4, lte: false, fact: 'CMNG-55', grade: 'seen', on: all },
  { mode: 20, lte: false, fact: 'CMNG-57', grade: 'inferred', on: all },
  { mode: 21, lte: true, fact: 'CMNG-56', grade: 'documented', on: all },
  { mode: 30, lte: false, fact: 'CMNG-57', grade: 'inferred', on: all },
  { mode: 31, lte: false, fact: 'CMNG-57', grade: 'inferred', on: all },
  { mode: 40, lte: false, fact: 'CMNG-58', grade: 'inferred', on: all },
  { mode: 41, lte: false, fact: 'CMNG-58', grade: 'inferred', on: all },
  { mode: 44, lte: false, fact: 'CMNG-57', grade: 'inferred', on: all },
] as const

/** Statements of the first specification that a mode carries. */
const statement = (mode: number): string => {
  if (mode === 1) return 'M37, M38 '
  if (mode === 0 || mode === 4) return 'M40 '
  if (mode === 2 || mode === 21) return 'M41 '
  return mode === 20 || mode === 31 || mode === 44 ? 'M42 ' : ''
}

const held = `AT%CMNG=0,42,0,"${amazonRoot}"`

/** Writing, deleting, looking, making keys: in each mode. */
const perMode = modes.flatMap(({ mode, lte, fact, grade, on }): Case[] => {
  const enter = [[held, 'OK'], numbered, [`AT+CFUN=${mode}`, 'OK']] as const
  const change = lte ? cme(518) : 'OK'
  return [
    {
      title: `${statement(mode)}in mode ${mode} a write ${lte ? 'is refused with 518' : 'is taken'}`,
      fact,
      grade,
      on,
      dialogue: [
        ...enter,
        ['AT%CMNG=0,43,4,"x"', change],
        ['AT%CMNG=1,43', lte ? 'OK' : /^%CMNG: 43,4,"\w{64}"\r\nOK$/],
      ],
    },
    {
      title: `${statement(mode)}in mode ${mode} a delete ${lte ? 'is refused with 518' : 'is taken'}`,
      fact: mode === 1 ? 'CMNG-53' : fact,
      grade,
      on,
      dialogue: [...enter, ['AT%CMNG=3,42,0', change], ['AT%CMNG=1,42', lte ? /^%CMNG: 42,0,"\w{64}"\r\nOK$/ : 'OK']],
    },
    {
      title: `M39 in mode ${mode} listing and reading work`,
      fact: 'CMNG-54',
      grade: mode === 1 ? 'documented' : 'inferred',
      on,
      dialogue: [
        ...enter,
        ['AT%CMNG=1,42', /^%CMNG: 42,0,"\w{64}"\r\nOK$/],
        ['AT%CMNG=2,42,0', /^%CMNG: 42,0,"\w{64}","-----BEGIN [^"]*"\r\nOK$/],
      ],
    },
    {
      title: `${lte ? 'M71 ' : ''}in mode ${mode} %KEYGEN ${lte ? 'is refused with 518' : 'makes a key'}`,
      fact: lte ? 'KEY-19' : fact,
      grade: lte ? 'documented' : grade,
      on: on.filter((line) => keyMakers.includes(line)),
      dialogue: [...enter, ['AT%KEYGEN=42,2,0', lte ? cme(518) : /^%KEYGEN: "[\w-]+\.[\w-]+"\r\nOK$/]],
    },
    {
      title: `M73 in mode ${mode} %ATTESTTOKEN answers`,
      fact: 'KEY-43',
      grade: mode === 1 ? 'seen' : 'inferred',
      on: on.filter((line) => keyMakers.includes(line)),
      dialogue: [...enter, ['AT%ATTESTTOKEN', /^%ATTESTTOKEN: "[\w-]{60,}\.[\w-]{100,}"\r\nOK$/]],
    },
    {
      title: `AT+CFUN? answers ${mode} after AT+CFUN=${mode}`,
      fact: 'MODE-07',
      grade: 'documented',
      on,
      dialogue: [
        [`AT+CFUN=${mode}`, 'OK'],
        ['AT+CFUN?', `+CFUN: ${mode}\r\nOK`],
      ],
    },
    {
      title: `M21 AT+CFUN=4 is accepted from mode ${mode}`,
      fact: 'MODE-04',
      grade: 'seen',
      on,
      dialogue: [
        [`AT+CFUN=${mode}`, 'OK'],
        ['AT+CFUN=4', 'OK'],
        ['AT+CFUN?', '+CFUN: 4\r\nOK'],
      ],
    },
  ]
})

/** A mode behind another one: GNSS and SIM leave LTE as it is. */
const behind = [
  [[1, 30], true],
  [[1, 31], true],
  [[1, 40], true],
  [[1, 41], true],
  [[1, 20], false],
  [[1, 44], false],
  [[1, 0], false],
  [[1, 4, 31], false],
  [[21, 31, 40], true],
  [[1, 20, 31], false],
] as const

const combined = behind.map(
  ([path, lte]): Case => ({
    title: `behind the modes ${path.join(', ')} a write ${lte ? 'is refused: LTE is still on' : 'is taken'}`,
    fact: path.some((mode) => mode === 40 || mode === 41) ? 'MODE-16' : 'MODE-15',
    grade: 'inferred',
    on: all,
    dialogue: [
      numbered,
      ...path.map((mode) => [`AT+CFUN=${mode}`, 'OK'] as const),
      ['AT%CMNG=0,42,4,"x"', lte ? cme(518) : 'OK'],
    ],
  }),
)

const refusedModes = [3, 5, 22, 32, 45, 46, 99, 255].map(
  (mode): Case => ({
    title: `AT+CFUN=${mode} is no mode of these lines and changes nothing`,
    fact: mode === 45 || mode === 46 ? 'MODE-18' : 'MODE-02',
    grade: mode === 45 || mode === 46 ? 'seen' : 'inferred',
    on: all,
    dialogue: [['AT+CFUN=44', 'OK'], numbered, [`AT+CFUN=${mode}`, cme(0)], ['AT+CFUN?', '+CFUN: 44\r\nOK']],
  }),
)

/** The functional mode, and what it forbids. */
export const modeCases: readonly Case[] = [
  ...perMode,
  ...combined,
  ...refusedModes,
  {
    title: 'M19 AT+CFUN? answers 0 right after a start',
    fact: 'MODE-01',
    grade: 'seen',
    on: all,
    dialogue: [['AT+CFUN?', '+CFUN: 0\r\nOK'], ['AT+CFUN=1', 'OK'], restart, ['AT+CFUN?', '+CFUN: 0\r\nOK']],
  },
  {
    title: 'M20 AT+CFUN=? lists ten modes on the nRF9160',
    fact: 'MODE-02',
    grade: 'documented',
    on: nrf9160,
    dialogue: [['AT+CFUN=?', '+CFUN: (0,1,4,20,21,30,31,40,41,44)\r\nOK']],
  },
  {
    title: 'AT+CFUN=? does not list mode 2 where it is taken',
    fact: 'OPEN-21',
    grade: 'ours',
    on: nrf91x1,
    dialogue: [['AT+CFUN=?', '+CFUN: (0,1,4,20,21,30,31,40,41,44)\r\nOK']],
  },
  {
    title: 'AT+CFUN=2 is refused on the nRF9160',
    fact: 'ID-45',
    grade: 'documented',
    on: nrf9160.filter((line) => !line.startsWith('1.3')),
    dialogue: [numbered, ['AT+CFUN=2', cme(0)], ['AT+CFUN?', '+CFUN: 0\r\nOK']],
  },
  {
    title: 'AT+CFUN=2 is refused on mfw 1.3, which has it in part only',
    fact: 'ID-45',
    grade: 'ours',
    on: nrf9160.filter((line) => line.startsWith('1.3')),
    dialogue: [numbered, ['AT+CFUN=2', cme(0)], ['AT+CFUN?', '+CFUN: 0\r\nOK']],
  },
]

import type { ChangeCheck, Personality } from '../../src/virtual/index.ts'
import { cases } from './cases.ts'
import { runCase } from './run.ts'

/** A personality of which one field is not as it should be. */
export interface Mutant {
  readonly line: string
  /** `bornKeys.signs → payload and body` */
  readonly change: string
  readonly personality: Personality
}

type Flip = readonly [change: string, changes: Partial<Personality>]

/** Words that have a counterpart. */
const counterparts: Readonly<Record<string, string>> = {
  placeholder: 'real',
  real: 'placeholder',
  replace: 'error519',
  error519: 'replace',
  payload: 'payload and body',
  'payload and body': 'payload',
  careless: 'cautious',
  cautious: 'careless',
  journalled: 'cautious',
  // The digest of another factory entry.
  device: '2C43952EE9E000FF2ACC4E2ED0897C0A72AD5FA72C3D934E81741CBD54F05BD1',
}

/** Another value of the same kind. */
function other(value: unknown): unknown {
  if (typeof value === 'boolean') return !value
  if (typeof value === 'number') return value + 1
  const text = String(value)
  return (
    counterparts[text] ??
    (/^[0-9a-fA-F-]{20,}$/.test(text) ? text.replace(/^./, (digit) => (digit === '1' ? '2' : '1')) : `${text}X`)
  )
}

/** Each field of a record changed, one at a time. */
function flipsOf<T extends object>(record: T): { name: string; changed: T; told: string }[] {
  return Object.entries(record).map(([name, value]) => {
    const changed = { ...record, [name]: other(value) }
    return { name, changed, told: String(other(value)) }
  })
}

/** A list with one member more, and one less, for every member that it could have. */
function membership(list: readonly number[], possible: readonly number[]): [string, number[]][] {
  return possible.map((member) =>
    list.includes(member)
      ? [`without ${member}`, list.filter((one) => one !== member)]
      : [`with ${member}`, [...list, member].sort((a, b) => a - b)],
  )
}

function plainFlips(line: Personality): Flip[] {
  return (
    Object.entries(line)
      .filter(([, value]) => typeof value !== 'object')
      // A list of modes without mode 2 is the same whether it lists mode 2 or not.
      .filter(([name]) => name !== 'listsReceiveOnly' || line.functionalModes.includes(2))
      .filter(([name]) => name !== 'deviceType' || tellsItsType(line))
      // Lines that make no keys have no %XFACTORYRESET either (LOSS-02).
      .filter(([name]) => name !== 'factoryResetErases' || line.bornKeys !== undefined)
      // A line without the power-off warning is never in its state.
      .filter(([name]) => name !== 'guardsReads' || line.guardsSupply)
      .map(([name, value]) => [`${name} → ${String(other(value))}`, { [name]: other(value) }])
  )
}

/** Only tokens name the device type, and old lines make none. */
function tellsItsType({ bornKeys }: Personality): boolean {
  return bornKeys !== undefined
}

function listFlips(line: Personality): Flip[] {
  const types = Array.from({ length: 12 }, (_, type) => type)
  return [
    ...membership(line.readable, types).map(([told, readable]): Flip => [`readable ${told}`, { readable }]),
    ...membership(line.moreTypes, [12, 13]).map(([told, moreTypes]): Flip => [`moreTypes ${told}`, { moreTypes }]),
    ...membership(line.functionalModes, [0, 1, 2, 4, 20, 21, 30, 31, 40, 41, 44, 45, 46]).map(
      ([told, functionalModes]): Flip => [`functionalModes ${told}`, { functionalModes }],
    ),
  ]
}

/** Neighbours in the order of checks change places; one that a line never makes has no place. */
function orderFlips({ checkOrder, guardsSupply }: Personality): Flip[] {
  const made = checkOrder.filter((check) => check !== 528 || guardsSupply)
  return made.slice(1).map((check, index) => {
    const swapped: ChangeCheck[] = [...made]
    swapped.splice(index, 2, check, made[index] ?? check)
    return [`checkOrder ${swapped.join(', ')}`, { checkOrder: swapped }]
  })
}

/** A list of records: each missing, and each field of each changed. */
function recordFlips(line: Personality, key: 'factoryEntries' | 'otherHardware'): Flip[] {
  const list: readonly object[] = line[key]
  return list.flatMap((record, index): Flip[] => [
    [`${key} without ${index}`, { [key]: list.filter((_, at) => at !== index) }],
    ...flipsOf(record)
      // A placeholder tells nothing of a digest.
      .filter(({ name }) => name !== 'digest' || line.digests === 'real')
      .filter(({ name }) => name !== 'deviceType' || tellsItsType(line))
      .map(
        ({ name, changed, told }): Flip => [`${key}[${index}].${name} → ${told}`, { [key]: list.with(index, changed) }],
      ),
  ])
}

function keyFlips(line: Personality): Flip[] {
  const { bornKeys, ...without } = line
  if (bornKeys === undefined)
    return [
      [
        'bornKeys there',
        { bornKeys: { nullParameter: true, signs: 'payload', overwrite: 'error519', takes: 300, jwtNamesKey: true } },
      ],
    ]
  return [
    ['bornKeys missing', { ...without, bornKeys: undefined } as unknown as Partial<Personality>],
    ...flipsOf(bornKeys).map(({ name, changed, told }): Flip => [`bornKeys.${name} → ${told}`, { bornKeys: changed }]),
  ]
}

/** Every way to change one field of a firmware line. */
export function mutantsOf(line: Personality): Mutant[] {
  const extra: Flip[] = [
    [
      'factoryEntries with one more',
      { factoryEntries: [...line.factoryEntries, { tag: 4_294_967_290, type: 10, digest: 'device' }] },
    ],
  ]
  return [
    ...plainFlips(line),
    ...listFlips(line),
    ...orderFlips(line),
    ...recordFlips(line, 'factoryEntries'),
    ...recordFlips(line, 'otherHardware'),
    ...extra,
    ...keyFlips(line),
  ].map(([change, changes]) => ({ line: line.name, change, personality: { ...line, ...changes } }))
}

/** The name of the first case that notices; undefined where none does. */
export function noticedBy(mutant: Mutant): string | undefined {
  const applying = cases.filter(({ on }) => on.includes(mutant.line))
  return applying.find((test) => runCase(test, mutant.personality) !== undefined)?.title
}

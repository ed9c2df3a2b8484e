import { firmwareNamed, type Libc, parseSdk } from '../../numbers/index.ts'
import type { FactKind, FactValues } from '../facts.ts'
import type { Tell } from '../ledger.ts'
import { noEnd, type Reader } from './line.ts'

const libcs: readonly Libc[] = ['minimal', 'newlib', 'picolibc', 'raw']

type Told = { [K in FactKind]: { readonly kind: K; readonly value: FactValues[K] } }[FactKind]

/** What a key of the context says; undefined where its value is not of the form that it needs. */
const keys: Readonly<Record<string, (value: string) => Told | undefined>> = {
  sdk: (value) => {
    const version = parseSdk(value)
    return version === undefined ? undefined : { kind: 'sdk', value: { version, from: 'said' } }
  },
  libc: (value) => {
    const libc = libcs.find((known) => known === value)
    return libc === undefined ? undefined : { kind: 'libc', value: { libc } }
  },
  mfw: (value) => {
    // `%SHORTSWVER` leaves the first part of the name off.
    const firmware = firmwareNamed(value) ?? firmwareNamed(`mfw_${value}`)
    return firmware === undefined ? undefined : { kind: 'mfw', value: { text: firmware.text } }
  },
  board: (value) => ({ kind: 'hardware', value: { text: value } }),
  client: (value) => ({ kind: 'client', value: { name: value.slice(0, 80) } }),
  tag: (value) =>
    /^\d{1,10}$/.test(value) && Number(value) <= 0xffff_ffff
      ? { kind: 'tag', value: { tag: Number(value), how: 'told' } }
      : undefined,
}

/** The keys that `--context` takes. */
export const contextKeys: readonly string[] = Object.keys(keys)

const forms: Readonly<Record<string, string>> = {
  sdk: 'sdk is a version of the nRF Connect SDK, such as 1.0.0',
  libc: `libc is ${libcs.slice(0, -1).join(', ')} or ${libcs.at(-1)}`,
  mfw: 'mfw is a modem firmware, such as 1.3.5 or mfw_nrf9160_1.3.5',
  tag: 'tag is a whole number from 0 to 4294967295',
}

/** What the value of an item has to be; undefined where nobody knows its key, or any text will do. */
export function contextForm(item: string): string | undefined {
  return forms[/^\s*([a-z]+)\s*=/.exec(item)?.[1] ?? '']
}

/** Reads `sdk=1.0.0`; undefined where the key is unknown or its value is not of the right form. */
function readContext(text: string): Told | undefined {
  const [, key = '', value = ''] = /^\s*([a-z]+)\s*=\s*(\S.*?)\s*$/.exec(text) ?? []
  return keys[key]?.(value)
}

/** Whether an item such as `sdk=1.0.0` can be understood. */
export function isContext(text: string): boolean {
  return readContext(text) !== undefined
}

/** What is known of a board beforehand: one `key=value` a line. */
export function contextReader(tell: Tell): Reader {
  return {
    line(line) {
      const told = readContext(line.text)
      if (told !== undefined) tell(line, told.kind, told.value)
    },
    end: noEnd,
  }
}

import {
  compareSdk,
  type Firmware,
  firmwareNamed,
  parseSdk,
  type Revision,
  revisionOf,
  revisions,
  type SdkVersion,
  sdkName,
} from '../../numbers/index.ts'
import type { Ending } from '../output.ts'
import type { Typed } from '../verb.ts'

/** What was asked about, each understood. */
export interface Asked {
  readonly revision?: Revision
  readonly firmware?: Firmware
  readonly sdk?: SdkVersion
  readonly way?: { readonly from: SdkVersion; readonly to: SdkVersion }
}

const readers = {
  hardware: revisionOf,
  mfw: firmwareNamed,
  sdk: parseSdk,
  from: parseSdk,
  to: parseSdk,
} as const

/** Reads the options; whoever names a way asks about the SDK at its end. */
export function readAsked({ options }: Typed): Asked | Ending {
  for (const [name, read] of Object.entries(readers)) {
    const text = options[name]
    if (typeof text === 'string' && read(text) === undefined) return notUnderstood(name, text)
  }
  const [revision, firmware, sdk, from, to] = [
    read(readers.hardware, options['hardware']),
    read(readers.mfw, options['mfw']),
    read(readers.sdk, options['sdk']),
    read(readers.from, options['from']),
    read(readers.to, options['to']),
  ]
  if ((from === undefined) !== (to === undefined)) return halfAWay()
  const way = from === undefined || to === undefined ? undefined : { from, to }
  if (way !== undefined && compareSdk(way.from, way.to) >= 0) return backwards(way.from, way.to)
  const about = sdk ?? to
  return {
    ...(revision !== undefined && { revision }),
    ...(firmware !== undefined && { firmware }),
    ...(about !== undefined && { sdk: about }),
    ...(way !== undefined && { way }),
  }
}

function read<T>(reader: (text: string) => T | undefined, text: unknown): T | undefined {
  return typeof text === 'string' ? reader(text) : undefined
}

function notUnderstood(name: string, text: string): Ending {
  const known = Object.entries(Object.groupBy(revisions, ({ chip }) => chip)).map(
    ([chip, rows]) => `${chip} ${rows.map(({ code }) => code).join(', ')}`,
  )
  const failure = {
    what: `--${name} cannot be understood: ${text.slice(0, 60)}`,
    state: 'no board was touched',
    why: name === 'hardware' ? `revisions are ${known.join('; ')}` : 'versions are such as 1.9.1',
    next: 'sectag compat --hardware B1A --mfw 1.3.2 --sdk 1.9.1',
  }
  return { exit: 2, failure }
}

function halfAWay(): Ending {
  const failure = {
    what: '--from and --to go together',
    state: 'no board was touched',
    why: 'what changes is between two versions',
    next: 'sectag compat --from 1.0.0 --to 1.9.1',
  }
  return { exit: 2, failure }
}

function backwards(from: SdkVersion, to: SdkVersion): Ending {
  const failure = {
    what: `${sdkName(to)} is not newer than ${sdkName(from)}`,
    state: 'no board was touched',
    why: 'what is known is what comes with a newer one',
    next: `sectag compat --from ${sdkName(to)} --to ${sdkName(from)}`,
  }
  return { exit: 2, failure }
}

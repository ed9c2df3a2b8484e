import {
  compareSdk,
  type Firmware,
  firmwareNamed,
  releaseOf,
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
  sdk: releaseOf,
  from: releaseOf,
  to: releaseOf,
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
  if (sdk !== undefined && to !== undefined && compareSdk(sdk, to) !== 0) return twoEnds(sdk, to)
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
  const failure = {
    what: `--${name} cannot be understood: ${text.slice(0, 60)}`,
    state: 'no board was touched',
    why: forms(name),
    next: 'sectag compat --hardware B1A --mfw 1.3.2 --sdk 1.9.1',
  }
  return { exit: 2, failure }
}

function forms(name: string): string {
  if (name === 'mfw') return 'versions are such as 1.3.2 or mfw_nrf9160_1.3.2'
  if (name !== 'hardware') return 'versions are such as 1.9.1; what is known is of releases, and not of candidates'
  const known = Object.entries(Object.groupBy(revisions, ({ chip }) => chip)).map(
    ([chip, rows]) => `${chip} ${rows.map(({ code }) => code).join(', ')}`,
  )
  return `revisions are ${known.join('; ')}`
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
  if (compareSdk(from, to) === 0) return nowhere(from)
  const failure = {
    what: `${sdkName(to)} is not newer than ${sdkName(from)}`,
    state: 'no board was touched',
    why: 'what is known is what comes with a newer one',
    next: `sectag compat --from ${sdkName(to)} --to ${sdkName(from)}`,
  }
  return { exit: 2, failure }
}

function nowhere(sdk: SdkVersion): Ending {
  const failure = {
    what: `--from and --to are both ${sdkName(sdk)}`,
    state: 'no board was touched',
    why: 'nothing changes between a version and itself',
    next: `sectag compat --sdk ${sdkName(sdk)}`,
  }
  return { exit: 2, failure }
}

/** Another SDK than the one at the end of the way would be judged above the changes to that end. */
function twoEnds(sdk: SdkVersion, to: SdkVersion): Ending {
  const failure = {
    what: `--sdk ${sdkName(sdk)} and --to ${sdkName(to)} are two different versions`,
    state: 'no board was touched',
    why: 'what goes with an SDK is judged for the one at the end of the way, which --to names',
    next: `sectag compat --sdk ${sdkName(sdk)}`,
  }
  return { exit: 2, failure }
}

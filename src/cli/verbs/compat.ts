import {
  capabilities,
  changesBetween,
  compareSdk,
  type Firmware,
  firmwareFor,
  firmwareNamed,
  pagesBetween,
  pairing,
  parseSdk,
  type Revision,
  revisionOf,
  type SdkVersion,
  sdkName,
  verifiedPairs,
} from '../../numbers/index.ts'
import type { Ending, Output } from '../output.ts'
import { table } from '../table.ts'
import type { Verb } from '../verb.ts'

/** What was asked about, each understood. */
interface Asked {
  readonly revision?: Revision
  readonly firmware?: Firmware
  readonly sdk?: SdkVersion
  readonly from?: SdkVersion
  readonly to?: SdkVersion
}

const readers = {
  hardware: (text: string) => revisionOf(text),
  mfw: (text: string) => firmwareNamed(text),
  sdk: (text: string) => parseSdk(text),
  from: (text: string) => parseSdk(text),
  to: (text: string) => parseSdk(text),
} as const

/** `sectag compat` */
export const compat: Verb = {
  name: 'compat',
  summary: 'which modem firmware, SDK and chip revision go together, and what changes between two SDKs',
  examples: [
    'sectag compat --hardware B1A --mfw 1.3.2 --sdk 1.9.1',
    'sectag compat --from 1.0.0 --to 1.9.1 --hardware B1A',
    'sectag compat --sdk 2.6.0 --json',
  ],
  shape(command) {
    command
      .option('--hardware <revision>', 'as `AT%HWVERSION` or the marking on the package says: B0A, "nRF9160 SICA B1A"')
      .option('--mfw <version>', 'the modem firmware: 1.3.2, mfw_nrf9160_1.3.2')
      .option('--sdk <version>', 'the nRF Connect SDK')
      .option('--from <version>', 'the SDK that is in use')
      .option('--to <version>', 'the SDK that is to come')
  },
  run(_, output, { options }) {
    const asked: Record<string, unknown> = {}
    for (const [name, read] of Object.entries(readers)) {
      const text = options[name]
      if (typeof text !== 'string') continue
      const value = read(text)
      if (value === undefined) return Promise.resolve(notUnderstood(name, text))
      asked[name === 'hardware' ? 'revision' : name === 'mfw' ? 'firmware' : name] = value
    }
    return Promise.resolve(answer(output, asked))
  },
}

function answer(output: Output, asked: Asked): Ending {
  const { from, to, sdk = to } = asked
  if ((from === undefined) !== (to === undefined)) return halfAWay()
  if (from !== undefined && to !== undefined && compareSdk(from, to) >= 0) return backwards(from, to)
  if (asked.firmware === undefined && sdk === undefined) tellAll(output)
  const good = tellPairs(output, asked, sdk)
  if (from !== undefined && to !== undefined) tellChanges(output, from, to)
  return good ? { exit: 0 } : { exit: 1 }
}

/** The one pair that was asked about, or all firmware that goes with the SDK. False where what was asked about is forbidden. */
function tellPairs(output: Output, { firmware, revision }: Asked, sdk: SdkVersion | undefined): boolean {
  const listed = firmware !== undefined ? [firmware] : sdk === undefined ? [] : firmwareOf(sdk)
  const hardware = revision === undefined ? undefined : `${revision.chip} SICA ${revision.code}`
  const found = listed.map((candidate) => {
    const pair = pairing({
      firmware: candidate,
      ...(hardware !== undefined && { hardware }),
      ...(sdk !== undefined && { sdk }),
    })
    const told = {
      firmware: candidate.text,
      ...(sdk !== undefined && { sdk: sdkName(sdk) }),
      ...(hardware !== undefined && { hardware }),
    }
    output.event('pair', { ...told, ...pair })
    return { candidate, pair }
  })
  const rows = found.map(({ candidate, pair }) => [candidate.text, pair.is, `${pair.words} (${pair.facts.join(', ')})`])
  if (rows.length > 0) output.say(table(['MODEM FIRMWARE', 'IS', 'WHY'], rows))
  const verified = found.filter(({ pair }) => pair.is === 'verified')
  if (firmware !== undefined) tellNoWayBack(output, firmware)
  tellPreferred(
    output,
    verified.map(({ candidate }) => capabilities(candidate).guardsSupply),
  )
  return found.length === 0 || found.some(({ pair }) => pair.is !== 'forbidden' && pair.is !== 'tests-only')
}

/** COMPAT-23, LOSS-29: what stands before 1.3 is not for a modem that had 1.3. */
function tellNoWayBack(output: Output, { family, version: [major, minor] }: Firmware): void {
  if (family !== 'nrf9160' || major !== 1 || minor >= 3) return
  const words =
    'not on a modem that had mfw 1.3: going back across 1.3 is not recommended, its file system may suffer (COMPAT-23, LOSS-29)'
  output.notice('no-way-back', words, { facts: ['COMPAT-23', 'LOSS-29'] })
}

function firmwareOf(sdk: SdkVersion): Firmware[] {
  return firmwareFor(sdk).flatMap(({ firmware }) => firmwareNamed(firmware) ?? [])
}

/** COMPAT-66: of two that fit, the one with the guards. */
function tellPreferred(output: Output, guarded: readonly boolean[]): void {
  if (!guarded.includes(true) || !guarded.includes(false)) return
  const words = 'prefer 1.3.2 or later: its listings show real digests, and it does not write at a low supply (528)'
  output.event(
    'preferred',
    { words, facts: ['COMPAT-66', 'DIG-26', 'COMPAT-38'] },
    `\n${words} (COMPAT-66, DIG-26, COMPAT-38)`,
  )
}

function tellChanges(output: Output, from: SdkVersion, to: SdkVersion): void {
  const changes = changesBetween(from, to)
  const rows = changes.map(({ since, about, words, facts, likely }) => {
    output.event('change', { since: sdkName(since), about, words, facts, likely: likely === true })
    return [sdkName(since), about, `${likely === true ? 'likely: ' : ''}${words} (${facts.join(', ')})`]
  })
  output.say(`\n${table(['SINCE', 'ABOUT', `WHAT CHANGES FROM ${sdkName(from)} TO ${sdkName(to)}`], rows)}`)
  const pages = pagesBetween(from, to)
  output.event('pages', { pages }, `\nnotes and guides\n${pages.map((page) => `  ${page}`).join('\n')}`)
}

function tellAll(output: Output): void {
  const rows = verifiedPairs.map(({ firmware, sdks, fact }) => {
    output.event('verified', { firmware, sdks, fact })
    return [firmware, sdks.join(', '), fact]
  })
  output.say(table(['MODEM FIRMWARE', 'VERIFIED WITH', 'FACT'], rows))
  const rule = 'mfw 1.3 is for Rev 2 (B1A); on Rev 1 (B0A) for tests only, and there is no way back that is recommended'
  output.say(`\n${rule} (COMPAT-20 to COMPAT-23)`)
}

function notUnderstood(name: string, text: string): Ending {
  const failure = {
    what: `--${name} cannot be understood: ${text.slice(0, 60)}`,
    state: 'no board was touched',
    why: 'revisions are such as B0A or B1A, versions such as 1.9.1',
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

import { type Firmware, parseFirmware } from './firmware.ts'
import { type Revision, revisionOf } from './revisions.ts'
import { compareSdk, parseSdk, sdkName, type SdkVersion } from './sdk.ts'

/** A modem firmware of the nRF9160 and the SDKs that Nordic lists as verified with it: releases, or `2.7.0-3.3.0` for a range. */
export interface VerifiedPair {
  readonly firmware: string
  readonly sdks: readonly string[]
  readonly fact: string
}

const pair = (fact: string, firmware: string, ...sdks: readonly string[]): VerifiedPair => ({ firmware, sdks, fact })

/** COMPAT-01 to COMPAT-18, COMPAT-79. Those of nRF91x1 were not read (COMPAT-64). */
export const verifiedPairs: readonly VerifiedPair[] = [
  pair('COMPAT-01', '1.0.0', '1.0.0'),
  pair('COMPAT-02', '1.1.0', '1.1.0', '1.2.0'),
  pair('COMPAT-03', '1.1.1', '1.2.0'),
  pair('COMPAT-04', '1.1.2', '1.2.1'),
  pair('COMPAT-05', '1.1.4', '1.4.1', '1.4.2', '1.5.0', '1.5.1', '1.5.2'),
  pair('COMPAT-06', '1.1.5', '1.5.2'),
  pair('COMPAT-07', '1.2.0', '1.2.0', '1.3.0'),
  pair('COMPAT-08', '1.2.1', '1.3.1'),
  pair('COMPAT-79', '1.2.2', '1.4.0'),
  pair('COMPAT-09', '1.2.3', '1.4.0', '1.4.1', '1.4.2', '1.5.0', '1.5.1', '1.5.2'),
  pair('COMPAT-10', '1.2.7', '1.5.1'),
  pair('COMPAT-11', '1.2.8', '1.5.2'),
  pair('COMPAT-12', '1.3.0', '1.6.0', '1.6.1', '1.7.0'),
  pair('COMPAT-13', '1.3.1', '1.7.0', '1.8.0', '1.9.0', '1.9.1', '2.0.0'),
  pair('COMPAT-14', '1.3.2', '1.8.0', '1.9.0', '1.9.1', '2.0.0', '2.1.0'),
  pair('COMPAT-15', '1.3.3', '2.1.0', '2.1.1', '2.1.2', '2.1.3', '2.2.0'),
  pair('COMPAT-16', '1.3.4', '2.1.0', '2.1.4'),
  pair('COMPAT-17', '1.3.6', '2.3.0-2.3.99', '2.4.3', '2.5.2', '2.6.0', '2.7.0'),
  pair('COMPAT-18', '1.3.7', '2.7.0-3.3.0'),
]

/**
 * What is known of a pair. `verified`: Nordic lists it; `expected`: a neighbouring patch release is listed (COMPAT-19);
 * `tests-only`, `forbidden`: the revision rule; `unlisted`: nobody says so, which is no ban.
 */
export interface Pairing {
  /**
   * `verified`: Nordic lists the pair as tested. `expected`: not listed, but a neighbour is. `allowed`: this firmware is for
   * this chip, and no SDK was named.
   */
  readonly is: 'verified' | 'expected' | 'allowed' | 'tests-only' | 'forbidden' | 'unlisted' | 'unknown'
  readonly words: string
  readonly facts: readonly string[]
}

/** What is asked about; what is not known is left out. */
export interface PairingOrder {
  readonly firmware: Firmware
  readonly hardware?: string
  readonly sdk?: SdkVersion
}

/** Whether modem firmware, SDK and chip revision belong together. What is forbidden counts before what is verified. */
export function pairing(order: PairingOrder): Pairing {
  const revision = order.hardware === undefined ? undefined : revisionOf(order.hardware)
  const { firmware, sdk } = order
  return ofRevision(firmware, revision) ?? (sdk === undefined ? ofFirmware(firmware, revision) : ofSdk(firmware, sdk))
}

/** What is to be said where no SDK is named: whether the firmware is for the chip, and with which SDKs it is listed. */
function ofFirmware(firmware: Firmware, revision: Revision | undefined): Pairing {
  const own = listedAs(firmware)
  const told = own === undefined ? 'its SDKs are not listed' : `verified with NCS ${own.sdks.join(', ')}`
  const facts = own === undefined ? [unread(firmware)] : [own.fact]
  if (revision === undefined) return { is: 'unknown', words: `no SDK was named; ${told}`, facts }
  const chip = `${revision.chip} ${revision.code}`
  return { is: 'allowed', words: `it is for ${chip}; ${told}`, facts: [...facts, 'ID-47'] }
}

/** COMPAT-64: the pairs of nRF91x1 stand elsewhere. */
const unread = (firmware: Firmware): string => (firmware.family === 'nrf9160' ? 'COMPAT-19' : 'COMPAT-64')

function listedAs(firmware: Firmware): VerifiedPair | undefined {
  if (firmware.family !== 'nrf9160') return undefined
  return verifiedPairs.find((entry) => entry.firmware === firmware.version.join('.'))
}

function ofRevision(firmware: Firmware, revision: Revision | undefined): Pairing | undefined {
  if (revision === undefined) return undefined
  const { chip, code } = revision
  const wrongFamily = (chip === 'nRF9160') !== (firmware.family === 'nrf9160')
  if (wrongFamily) return { is: 'forbidden', words: `${firmware.text} is not for an ${chip}`, facts: ['ID-47'] }
  const [major, minor] = firmware.version
  if (chip !== 'nRF9160' || major !== 1 || minor < 3) return undefined
  if (code === 'BAA')
    return { is: 'forbidden', words: 'mfw 1.3 cannot be used on engineering samples of Rev 1', facts: ['COMPAT-22'] }
  if (code !== 'B0A') return undefined
  const words = 'on Rev 1 (B0A) mfw 1.3 is for tests and development only; production ends at 1.2'
  return { is: 'tests-only', words, facts: ['COMPAT-20', 'COMPAT-21', 'COMPAT-24'] }
}

function ofSdk(firmware: Firmware, sdk: SdkVersion): Pairing {
  const name = firmware.version.join('.')
  if (firmware.family !== 'nrf9160')
    return { is: 'unknown', words: 'the pairs of nRF91x1 were not read', facts: ['COMPAT-64'] }
  const own = listedAs(firmware)
  const told = `mfw ${name} with NCS ${sdkName(sdk)}`
  if (own?.sdks.some((listed) => covers(listed, sdk)) === true)
    return { is: 'verified', words: `${told} is a verified pair`, facts: [own.fact] }
  const near = verifiedPairs.find((entry) => sameMinor(entry.firmware, name) && isNear(entry, own, sdk))
  if (near !== undefined)
    return {
      is: 'expected',
      words: `${told} is not listed; a neighbouring patch release is`,
      facts: [near.fact, 'COMPAT-19'],
    }
  if (name === '1.0.0' || sdkName(sdk) === '1.0.0')
    return { is: 'forbidden', words: 'NCS 1.0.0 and mfw 1.0.0 go with each other only', facts: ['COMPAT-01'] }
  return { is: 'unlisted', words: `${told} is not a verified pair`, facts: ['COMPAT-19'] }
}

function covers(listed: string, sdk: SdkVersion): boolean {
  const [from, to] = listed.split('-').map(parseSdk)
  if (from === undefined) return false
  return to === undefined ? compareSdk(from, sdk) === 0 : compareSdk(from, sdk) <= 0 && compareSdk(sdk, to) <= 0
}

function sameMinor(a: string, b: string): boolean {
  return a.split('.').slice(0, 2).join('.') === b.split('.').slice(0, 2).join('.')
}

/** The same SDK with a firmware of the same line, or a newer patch of an SDK that is listed with this very firmware. */
function isNear(entry: VerifiedPair, own: VerifiedPair | undefined, sdk: SdkVersion): boolean {
  if (entry !== own) return entry.sdks.some((listed) => covers(listed, sdk))
  return entry.sdks.some((listed) => sameMinor(listed.split('-').at(-1) ?? '', sdkName(sdk)))
}

/** A firmware as people write it: `mfw_nrf9160_1.3.2`, or `1.3.2`. Versions from 2 on are those of nRF91x1. */
export function firmwareNamed(text: string): Firmware | undefined {
  const version = /^v?(\d+)\.\d+\.\d+$/.exec(text.trim())
  if (version === null) return parseFirmware(text.trim())
  const family = Number(version[1]) >= 2 ? 'nrf91x1' : 'nrf9160'
  return parseFirmware(`mfw_${family}_${text.trim().replace(/^v/, '')}`)
}

/** The firmware lines that are verified with an SDK, newest first; where none is, those that are expected to go with it. */
export function firmwareFor(sdk: SdkVersion): VerifiedPair[] {
  const as = (wanted: Pairing['is']): VerifiedPair[] => verifiedPairs.filter((entry) => isAs(entry, sdk) === wanted)
  const verified = as('verified')
  return (verified.length > 0 ? verified : as('expected')).toReversed()
}

function isAs(entry: VerifiedPair, sdk: SdkVersion): Pairing['is'] | undefined {
  const firmware = firmwareNamed(entry.firmware)
  return firmware === undefined ? undefined : ofSdk(firmware, sdk).is
}

/** The newest verified pair that may go into production on a chip revision of the nRF9160; undefined where none is known. */
export function newestFor(revision: Revision): VerifiedPair | undefined {
  return verifiedPairs.findLast(({ firmware }) => {
    const named = firmwareNamed(firmware)
    return named !== undefined && ofRevision(named, revision) === undefined
  })
}

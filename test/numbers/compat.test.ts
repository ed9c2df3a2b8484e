import { expect, test } from 'vitest'
import {
  changesBetween,
  firmwareFor,
  firmwareNamed,
  newestFor,
  pagesBetween,
  pairing,
  parseSdk,
  revisionOf,
  sdkChanges,
  type SdkVersion,
  verifiedPairs,
} from '../../src/numbers/index.ts'

const sdk = (text: string): SdkVersion => parseSdk(text) ?? [0, 0, 0]

function paired(mfw: string, hardware?: string, ncs?: string): string | undefined {
  const firmware = firmwareNamed(mfw)
  if (firmware === undefined) return undefined
  return pairing({ firmware, ...(hardware !== undefined && { hardware }), ...(ncs !== undefined && { sdk: sdk(ncs) }) })
    .is
}

test.each([
  ['nRF9160 SICA B0A', 'B0A'],
  ['nRF9160 SICA B1A', 'B1A'],
  ['nRFFFFFFFFF SICA FFFFFFFF', 'B0A'],
  ['custom, nRF9160 Rev 1 (B0)', 'B0A'],
  ['rev. 2', 'B1A'],
  ['nRF9151 LACA A1A', 'A1A'],
  ['Thingy:91', undefined],
])('%s is revision %s', (text, code) => {
  expect(revisionOf(text)?.code).toBe(code)
})

test.each([
  ['1.3.2', 'B1A', '1.9.1', 'verified'],
  ['1.3.1', 'B1A', '1.9.1', 'verified'],
  ['1.3.2', 'B0A', '1.9.1', 'tests-only'],
  ['1.3.2', 'nRF9160 SICA BAA', undefined, 'forbidden'],
  ['1.2.8', 'B0A', '1.5.2', 'verified'],
  ['1.3.5', 'B1A', '2.4.3', 'expected'],
  ['1.0.0', 'B0A', '1.9.1', 'forbidden'],
  ['1.1.4', 'B1A', '2.9.0', 'unlisted'],
  ['2.0.2', 'nRF9160 SICA B1A', undefined, 'forbidden'],
  ['mfw_nrf91x1_2.0.2', 'nRF9151 LACA A1A', '2.9.0', 'unknown'],
])('mfw %s on %s with NCS %s: %s', (mfw, hardware, ncs, is) => {
  expect(paired(mfw, hardware, ncs)).toBe(is)
})

test('every verified pair is told as verified, and is found from its SDK', () => {
  for (const { firmware, sdks } of verifiedPairs)
    for (const one of sdks.flatMap((listed) => listed.split('-'))) {
      expect(paired(firmware, undefined, one), `${firmware} ${one}`).toBe('verified')
      expect(firmwareFor(sdk(one)).map((entry) => entry.firmware)).toContain(firmware)
    }
})

test('from 1.0.0 to 1.9.1 credentials, MQTT, AT and errno change, and nothing of 2.0 is told', () => {
  const changes = changesBetween(sdk('1.0.0'), sdk('1.9.1'))
  expect(new Set(changes.map(({ about }) => about))).toEqual(new Set(['credentials', 'mqtt', 'at', 'errno', 'build']))
  expect(changes.every(({ since }) => since[0] === 1)).toBe(true)
  expect(changesBetween(sdk('1.9.1'), sdk('1.0.0'))).toEqual([])
  expect(sdkChanges.every(({ facts }) => facts.length > 0)).toBe(true)
})

test('a move across 2.0 names its guides, and the notes of every SDK on the way that changed something', () => {
  expect(pagesBetween(sdk('1.9.1'), sdk('2.7.0')).guides.join()).toMatch(
    /1\.x_to_2\.x.*spm_to_tf-m.*guide_2\.5.*sysbuild/,
  )
  const { guides, notes } = pagesBetween(sdk('1.0.0'), sdk('1.9.1'))
  expect(guides).toEqual([])
  expect(notes.map((page) => /([\d.]+)\.rst$/.exec(page)?.[1])).toEqual(
    '1.1.0 1.2.0 1.3.0 1.4.0 1.5.0 1.6.0 1.7.0 1.8.0 1.9.0 1.9.1'.split(' '),
  )
})

test('without an SDK a firmware is allowed on a chip or not; a patch release that is not listed has neighbours', () => {
  expect(paired('1.2.8', 'B0A')).toBe('allowed')
  expect(paired('1.3.2', 'B0A')).toBe('tests-only')
  expect(paired('1.3.2')).toBe('unknown')
  expect(firmwareFor(sdk('1.9.5')).map(({ firmware }) => firmware)).toEqual(['1.3.2', '1.3.1'])
  expect(firmwareFor(sdk('9.9.9'))).toEqual([])
})

test('a B0A board ends with mfw 1.2.8 in production, a B1A board with the newest', () => {
  const newest = (code: string): string | undefined => {
    const revision = revisionOf(code)
    return revision === undefined ? undefined : newestFor(revision)?.firmware
  }
  expect(newest('B0A')).toBe('1.2.8')
  expect(newest('B1A')).toBe(verifiedPairs.at(-1)?.firmware)
})

import { expect, test } from 'vitest'
import { applicationLine, bootBanner, logTime } from '../../src/board/build.ts'
import { parseSdk, type SdkVersion, sdkOfZephyr } from '../../src/numbers/index.ts'

const sdk = (text: string): SdkVersion => parseSdk(text) ?? [0, 0, 0]

test.each([
  ['1.0.0', '***** Booting Zephyr OS build v1.14.99-ncs1 *****', 'COMPAT-51, COMPAT-62'],
  ['1.2.0', '***** Booting Zephyr OS build v2.1.99-ncs1 *****', 'COMPAT-52, COMPAT-62'],
  ['1.4.1', '*** Booting Zephyr OS build v2.4.0-ncs1 ***', 'COMPAT-53'],
  ['1.5.1', '*** Booting Zephyr OS build v2.4.99-ncs1 ***', 'COMPAT-54'],
  ['1.6.0', '*** Booting Zephyr OS build v2.6.0-rc1-ncs1 ***', 'COMPAT-55'],
  ['1.9.1', '*** Booting Zephyr OS build v2.7.99-ncs1 ***', 'COMPAT-59'],
  ['2.6.0', '*** Booting Zephyr OS build v3.5.99-ncs1 ***', 'COMPAT-61'],
  ['2.9.0', '*** Booting nRF Connect SDK v2.9.0-000000000000 ***', 'COMPAT-60'],
])('a board of NCS %s greets with %s (%s)', (version, banner) => {
  expect(bootBanner(sdk(version))).toBe(banner)
})

test('up to NCS 2.2 a banner leads back to the line of its SDK, as a reader of logs knows them', () => {
  for (const version of [
    '1.0.0',
    '1.1.0',
    '1.2.0',
    '1.3.0',
    '1.4.0',
    '1.5.0',
    '1.6.0',
    '1.7.0',
    '1.8.0',
    '1.9.0',
    '2.0.0',
    '2.1.0',
    '2.2.0',
  ]) {
    const [, zephyr] = /build (\S+)/.exec(bootBanner(sdk(version))) ?? []
    expect(sdkOfZephyr(zephyr ?? '')?.slice(0, 2), version).toEqual(sdk(version).slice(0, 2))
  }
})

test('the time of a line counts hours and more, in ticks of a 32,768 Hz clock', () => {
  expect(logTime(0)).toBe('[00:00:00.000,000]')
  expect(logTime(12_345)).toBe('[00:00:12.344,970]')
  expect(logTime(3_600_000 * 123 + 59_500)).toBe('[123:00:59.500,000]')
})

test('a line has the form of its generation (COMPAT-63)', () => {
  expect(applicationLine(sdk('1.0.0'), 1500, 'err', 'mqtt_connect -45')).toBe('ERROR: mqtt_connect -45')
  expect(applicationLine(sdk('1.4.2'), 1500, 'inf', 'LTE Link Connected!')).toBe('LTE Link Connected!')
  expect(applicationLine(sdk('1.5.0'), 1500, 'err', 'mqtt_connect -45')).toBe(
    '[00:00:01.500,000] <err> mqtt_simple: mqtt_connect -45',
  )
})

import { compareSdk, type SdkVersion } from '../numbers/index.ts'

/** Which Zephyr an SDK's boards greet with, newest first (COMPAT-51 to COMPAT-59, COMPAT-61). */
const zephyrs: readonly (readonly [since: SdkVersion, zephyr: string])[] = [
  [[2, 6, 0], 'v3.5.99-ncs1'],
  [[2, 5, 0], 'v3.4.99-ncs1'],
  [[2, 4, 0], 'v3.3.99-ncs1'],
  [[2, 3, 0], 'v3.2.99-ncs2'],
  [[2, 2, 0], 'v3.2.99-ncs1'],
  [[2, 1, 0], 'v3.1.99-ncs1'],
  [[2, 0, 0], 'v3.0.99-ncs1'],
  [[1, 9, 0], 'v2.7.99-ncs1'],
  [[1, 8, 0], 'v2.7.0-ncs1'],
  [[1, 7, 0], 'v2.6.99-ncs1'],
  [[1, 6, 0], 'v2.6.0-rc1-ncs1'],
  [[1, 5, 0], 'v2.4.99-ncs1'],
  [[1, 4, 0], 'v2.4.0-ncs1'],
  [[1, 3, 0], 'v2.3.0-rc1-ncs1'],
  [[1, 2, 0], 'v2.1.99-ncs1'],
  [[1, 1, 0], 'v2.0.99-ncs1'],
]

/** The first line that a board of this SDK prints. */
export function bootBanner(sdk: SdkVersion): string {
  // COMPAT-60
  if (compareSdk(sdk, [2, 7, 0]) >= 0) return `*** Booting nRF Connect SDK v${sdk.join('.')}-000000000000 ***`
  const [, zephyr] = zephyrs.find(([since]) => compareSdk(sdk, since) >= 0) ?? [sdk, 'v1.14.99-ncs1']
  // COMPAT-62
  const stars = compareSdk(sdk, [1, 3, 0]) < 0 ? '*****' : '***'
  return `${stars} Booting Zephyr OS build ${zephyr} ${stars}`
}

/** How important a line is, as Zephyr's log names it. */
export type Level = 'err' | 'wrn' | 'inf'

/** Ticks a second of the clock that Zephyr's log takes its time from. */
const ticks = 32_768

/** Time since the start as the log prints it: `[00:00:12.345,678]`. */
export function logTime(uptimeMs: number): string {
  const microseconds = Math.floor((Math.floor((uptimeMs * ticks) / 1000) * 1e6) / ticks)
  const digits = (value: number, count: number): string => String(Math.floor(value)).padStart(count, '0')
  const seconds = microseconds / 1e6
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map((part) => digits(part, 2)).join(':')
  return `[${clock}.${digits((microseconds / 1000) % 1000, 3)},${digits(microseconds % 1000, 3)}]`
}

/**
 * One line of the application, which calls itself `mqtt_simple`. Before NCS 1.5 that sample printed without Zephyr's log,
 * and put the word ERROR in front of what failed (COMPAT-63).
 */
export function applicationLine(sdk: SdkVersion, uptimeMs: number, level: Level, text: string): string {
  if (compareSdk(sdk, [1, 5, 0]) < 0) return level === 'err' ? `ERROR: ${text}` : text
  return `${logTime(uptimeMs)} <${level}> mqtt_simple: ${text}`
}

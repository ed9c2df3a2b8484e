/** A version of the nRF Connect SDK (NCS). */
export type SdkVersion = readonly [major: number, minor: number, patch: number]

/** Reads `1.5.1`, `v2.7` or `v2.2.99-dev1`; undefined for any other text. */
export function parseSdk(text: string): SdkVersion | undefined {
  const match = /^v?(\d{1,2})\.(\d{1,3})(?:\.(\d{1,3}))?(?![\d.])/i.exec(text.trim())
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)]
}

/** Reads what names a version and nothing beside it: `1.5.1`, `v2.7`. `2.6.0-rc1` came before 2.6.0, and `1.9.1x` is nothing. */
export function releaseOf(text: string): SdkVersion | undefined {
  return /^v?[\d.]+$/i.test(text.trim()) ? parseSdk(text) : undefined
}

/** `1.5.1` */
export function sdkName(version: SdkVersion): string {
  return version.join('.')
}

/** Negative where `a` is older than `b`. */
export function compareSdk(a: SdkVersion, b: SdkVersion): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

/** Whether whoever goes from one SDK to another meets what came with `since`. */
export function passedBy(since: SdkVersion, from: SdkVersion, to: SdkVersion): boolean {
  return compareSdk(since, from) > 0 && compareSdk(since, to) <= 0
}

/** The first SDK whose modem library reports credential faults as ECONNREFUSED (ERR-17). */
export const refusesSince: SdkVersion = [1, 6, 0]
/** The first SDK in which every libc prints newlib's numbers (ERR-08, ERR-18). */
export const newNumbersSince: SdkVersion = [1, 8, 0]

/** A Zephyr version as boot banners print it, and the SDK that carries it. */
export interface Carried {
  readonly zephyr: string
  readonly sdk: string
  readonly facts: readonly string[]
}

/** Oldest first. */
export const carriedZephyrs: readonly Carried[] = [
  { zephyr: '1.14.0', sdk: '1.0.0', facts: ['COMPAT-51'] },
  { zephyr: '2.0.99', sdk: '1.1.0', facts: ['COMPAT-51'] },
  { zephyr: '2.1.99', sdk: '1.2.0', facts: ['COMPAT-52'] },
  { zephyr: '2.3.0', sdk: '1.3.0', facts: ['COMPAT-51'] },
  { zephyr: '2.4.0', sdk: '1.4.0', facts: ['COMPAT-53'] },
  { zephyr: '2.4.99', sdk: '1.5.0', facts: ['COMPAT-54'] },
  { zephyr: '2.6.0', sdk: '1.6.0', facts: ['COMPAT-55'] },
  { zephyr: '2.6.99', sdk: '1.7.0', facts: ['COMPAT-56'] },
  { zephyr: '2.7.0', sdk: '1.8.0', facts: ['COMPAT-57'] },
  { zephyr: '2.7.99', sdk: '1.9.0', facts: ['COMPAT-59'] },
  { zephyr: '3.0.99', sdk: '2.0.0', facts: ['COMPAT-58'] },
  { zephyr: '3.1.99', sdk: '2.1.0', facts: ['COMPAT-58'] },
  { zephyr: '3.2.99', sdk: '2.2.0', facts: ['COMPAT-59'] },
]

/**
 * The SDK line that carries a Zephyr version: `v2.4.99-ncs1` → 1.5.0. Patch releases of an SDK can share a banner, so only
 * the first two parts mean something. Undefined for a Zephyr that is not Nordic's (`-ncs`), as it comes with no SDK.
 */
export function sdkOfZephyr(banner: string): SdkVersion | undefined {
  const zephyr = /-ncs\d/.test(banner) ? parseSdk(banner) : undefined
  if (zephyr === undefined) return undefined
  const found = carriedZephyrs.findLast((entry) => compareSdk(parseSdk(entry.zephyr) ?? zephyr, zephyr) <= 0)
  return found === undefined ? undefined : parseSdk(found.sdk)
}

import { compareSdk, type SdkVersion } from './sdk.ts'

/** What changed for credentials, MQTT, AT or errno with an SDK, and where that is written. */
export interface SdkChange {
  readonly since: SdkVersion
  readonly about: 'credentials' | 'mqtt' | 'at' | 'errno' | 'build'
  readonly words: string
  readonly facts: readonly string[]
  /** General knowledge of the releases, not checked. */
  readonly likely?: true
}

/** Oldest first. Library versions are placed in the SDK that brought them (COMPAT-27 to COMPAT-50). */
export const sdkChanges: readonly SdkChange[] = [
  {
    since: [1, 2, 0],
    about: 'credentials',
    words: '`modem_key_mgmt` takes the place of `nrf_inbuilt_key`, which is removed',
    facts: ['COMPAT-28', 'COMPAT-45'],
    likely: true,
  },
  {
    since: [1, 3, 0],
    about: 'credentials',
    words: 'host name verification and the TLS session cache come; mfw up to 1.1.1 lacks the cache',
    facts: ['COMPAT-29', 'TLS-21'],
    likely: true,
  },
  {
    since: [1, 4, 0],
    about: 'mqtt',
    words: 'TLS sends above 2 kB and the list of cipher suites; stalled handshakes and hanging connects are fixed',
    facts: ['COMPAT-30', 'COMPAT-32'],
    likely: true,
  },
  { since: [1, 5, 0], about: 'build', words: 'bsdlib is called nrf_modem from here on', facts: ['COMPAT-46'] },
  {
    since: [1, 6, 0],
    about: 'errno',
    words: 'a missing or wrong credential is ECONNREFUSED (-111) and no longer EOPNOTSUPP (-45, -95)',
    facts: ['COMPAT-47', 'ERR-16', 'ERR-17'],
  },
  {
    since: [1, 6, 0],
    about: 'credentials',
    words: 'time-out of the DTLS handshake, purge of the session cache; `%JWT` and `%ATTESTTOKEN` with mfw 1.3.0',
    facts: ['COMPAT-33', 'COMPAT-35'],
  },
  {
    since: [1, 8, 0],
    about: 'errno',
    words: "every C library prints newlib's numbers: 60 becomes 116, 54 becomes 104, 61 becomes 111",
    facts: ['COMPAT-48', 'ERR-18'],
  },
  {
    since: [1, 8, 0],
    about: 'at',
    words: 'the new AT interface is the default; sockets for PDN and GNSS are gone',
    facts: ['COMPAT-36'],
  },
  { since: [1, 9, 0], about: 'at', words: 'the AT socket is gone', facts: ['COMPAT-37'], likely: true },
  {
    since: [2, 0, 0],
    about: 'build',
    words: 'SPM gives way to TF-M; include paths begin with `zephyr/`',
    facts: ['COMPAT-50'],
    likely: true,
  },
  {
    since: [2, 0, 0],
    about: 'credentials',
    words: '`modem_key_mgmt` swaps two numbers: `+CME ERROR: 518` is EPERM, 514 is EACCES',
    facts: ['CME-13', 'CME-15'],
    likely: true,
  },
  {
    since: [2, 3, 0],
    about: 'build',
    words: '`nrf_modem_lib_init()` without a mode; the start of the bootloader is apart',
    facts: ['COMPAT-49'],
    likely: true,
  },
  {
    since: [2, 4, 0],
    about: 'credentials',
    words:
      'DTLS connection id and saved connections (mfw 1.3.5, nRF91x1); cipher in use and handshake status (mfw 2.0.0)',
    facts: ['COMPAT-39', 'COMPAT-40'],
    likely: true,
  },
  {
    since: [2, 7, 0],
    about: 'build',
    words: 'sysbuild, and new names of the boards: `nrf9160dk/nrf9160/ns`',
    facts: ['COMPAT-50'],
    likely: true,
  },
  { since: [2, 8, 0], about: 'at', words: 'the AT shell makes CR LF of `\\n`', facts: ['COMPAT-44'] },
  {
    since: [3, 0, 0],
    about: 'at',
    words: 'Serial LTE Modem moves out and becomes the Serial Modem add-on',
    facts: ['COMPAT-50'],
    likely: true,
  },
]

/** What changes for whoever goes from one SDK to another; nothing, where it is no way forward. */
export function changesBetween(from: SdkVersion, to: SdkVersion): SdkChange[] {
  return sdkChanges.filter(({ since }) => compareSdk(since, from) > 0 && compareSdk(since, to) <= 0)
}

/** Where Nordic keeps notes and guides (COMPAT-65). */
export const releasePages = 'https://github.com/nrfconnect/sdk-nrf/tree/main/doc/nrf/releases_and_maturity'

/** The release notes of an SDK, and the guides that its move asks for. */
export function pagesBetween(from: SdkVersion, to: SdkVersion): string[] {
  const guides: readonly (readonly [SdkVersion, string])[] = [
    [[2, 0, 0], 'migration/migration_guide_1.x_to_2.x.rst'],
    [[2, 0, 0], 'migration/migration_guide_spm_to_tf-m.rst'],
    [[2, 5, 0], 'migration/migration_guide_2.5.rst'],
    [[2, 7, 0], 'migration/migration_sysbuild.rst'],
    [[2, 7, 0], 'migration/migration_hwmv2.rst'],
  ]
  const passed = guides.filter(([since]) => compareSdk(since, from) > 0 && compareSdk(since, to) <= 0)
  return [
    `${releasePages}/releases/release-notes-${to.join('.')}.rst`,
    `${releasePages}/known_issues.rst`,
    ...passed.map(([, page]) => `${releasePages}/${page}`),
  ]
}

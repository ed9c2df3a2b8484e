import { parseSdk, passedBy, type SdkVersion } from './sdk.ts'

/** What changed for credentials, MQTT, AT or errno with an SDK, and where that is written. */
export interface SdkChange {
  readonly since: SdkVersion
  readonly about: 'credentials' | 'mqtt' | 'at' | 'errno' | 'build'
  readonly words: string
  readonly facts: readonly string[]
  /** General knowledge of the releases, not checked. */
  readonly likely?: true
}

const first: SdkVersion = [1, 0, 0]

function change(sdk: string, about: SdkChange['about'], words: string, ...facts: readonly string[]): SdkChange {
  return { since: parseSdk(sdk) ?? first, about, words, facts }
}

const likely = (row: SdkChange): SdkChange => ({ ...row, likely: true })

/** Oldest first. Library versions are placed in the SDK that brought them (COMPAT-27 to COMPAT-50, COMPAT-70 to COMPAT-83). */
export const sdkChanges: readonly SdkChange[] = [
  change('1.1.0', 'mqtt', "Zephyr's MQTT library takes the place of the SDK's own copy", 'COMPAT-70'),
  change(
    '1.1.0',
    'errno',
    'a number that has no translation is 0xBAADBAAD (-1163019603), and no longer EINVAL (-22)',
    'COMPAT-71',
  ),
  change(
    '1.2.0',
    'credentials',
    '`modem_key_mgmt` takes the place of `nrf_inbuilt_key`, which is removed',
    'COMPAT-28',
    'COMPAT-72',
  ),
  change(
    '1.2.0',
    'credentials',
    'host name verification and the TLS session cache come; mfw up to 1.1.1 lacks the cache',
    'COMPAT-29',
    'COMPAT-72',
    'TLS-21',
  ),
  change('1.2.0', 'mqtt', 'the library `aws_iot`: MQTT over TLS to AWS IoT', 'COMPAT-74'),
  change('1.2.0', 'at', 'the AT host waits for LF by default', 'COMPAT-73'),
  change(
    '1.3.0',
    'credentials',
    '`modem_key_mgmt_cmp()` compares with what is stored, so that it need not be written again',
    'COMPAT-75',
  ),
  change('1.3.0', 'at', 'the AT host waits for CR by default again', 'COMPAT-73'),
  change(
    '1.4.0',
    'mqtt',
    'TLS sends above 2 kB and the list of cipher suites; stalled handshakes and hanging connects are fixed',
    'COMPAT-30',
    'COMPAT-32',
    'COMPAT-77',
  ),
  change('1.4.0', 'mqtt', 'the sample `mqtt_simple` can do TLS', 'COMPAT-78'),
  change('1.4.0', 'at', '`at_cmd` does not take OK or ERROR inside a certificate for the end any more', 'COMPAT-76'),
  change('1.5.0', 'build', 'bsdlib is called nrf_modem from here on', 'COMPAT-46'),
  change(
    '1.6.0',
    'errno',
    'a missing or wrong credential is ECONNREFUSED (-111) and no longer EOPNOTSUPP (-45, -95)',
    'COMPAT-47',
    'ERR-16',
    'ERR-17',
  ),
  change(
    '1.6.0',
    'credentials',
    'time-out of the DTLS handshake, purge of the session cache; `%JWT` and `%ATTESTTOKEN` with mfw 1.3.0',
    'COMPAT-33',
    'COMPAT-35',
  ),
  change('1.6.0', 'credentials', 'the sample `aws_fota` does not write credentials at boot any more', 'COMPAT-80'),
  change('1.7.0', 'at', '`at_cmd` and `at_notif` are deprecated: `nrf_modem_at` and `at_monitor`', 'COMPAT-81'),
  change(
    '1.8.0',
    'errno',
    "every C library prints newlib's numbers: 60 becomes 116, 54 becomes 104, 61 becomes 111",
    'COMPAT-48',
    'ERR-18',
  ),
  change('1.8.0', 'errno', 'functions of the modem library return negative numbers', 'COMPAT-82'),
  change('1.8.0', 'mqtt', '`aws_iot` and `azure_iot_hub` handle failed pings', 'COMPAT-82'),
  change(
    '1.8.0',
    'at',
    'the new AT interface is the default; sockets for PDN and GNSS are gone',
    'COMPAT-36',
    'COMPAT-82',
  ),
  change('1.9.0', 'at', 'the AT socket, `at_cmd` and `at_notif` are gone', 'COMPAT-37', 'COMPAT-81', 'COMPAT-83'),
  likely(change('2.0.0', 'build', 'SPM gives way to TF-M; include paths begin with `zephyr/`', 'COMPAT-50')),
  likely(
    change(
      '2.0.0',
      'credentials',
      '`modem_key_mgmt` swaps two numbers: `+CME ERROR: 518` is EPERM, 514 is EACCES',
      'CME-13',
      'CME-15',
    ),
  ),
  likely(
    change(
      '2.3.0',
      'build',
      '`nrf_modem_lib_init()` without a mode; the start of the bootloader is apart',
      'COMPAT-49',
    ),
  ),
  likely(
    change(
      '2.4.0',
      'credentials',
      'DTLS connection id and saved connections (mfw 1.3.5, nRF91x1); cipher in use and handshake status (mfw 2.0.0)',
      'COMPAT-39',
      'COMPAT-40',
    ),
  ),
  likely(change('2.7.0', 'build', 'sysbuild, and new names of the boards: `nrf9160dk/nrf9160/ns`', 'COMPAT-50')),
  change('2.8.0', 'at', 'the AT shell makes CR LF of `\\n`', 'COMPAT-44'),
  likely(change('3.0.0', 'at', 'Serial LTE Modem moves out and becomes the Serial Modem add-on', 'COMPAT-50')),
]

/** What changes for whoever goes from one SDK to another; nothing, where it is no way forward. */
export function changesBetween(from: SdkVersion, to: SdkVersion): SdkChange[] {
  return sdkChanges.filter(({ since }) => passedBy(since, from, to))
}

/** What stands on top of every archive, for whoever opens it. */
export interface Contents {
  readonly names: readonly string[]
  readonly struck: number
  readonly cut: readonly string[]
  readonly trace?: string
  readonly made: string
  readonly version: string
}

/** How a modem trace is recorded, or why it cannot be (COMPAT-68, COMPAT-69, COMPAT-85). */
export const howToTrace = [
  'A modem trace is recorded by the application: build it with the trace of the modem library (CONFIG_NRF_MODEM_LIB_TRACE;',
  'NCS 1.5 to 2.0 called it CONFIG_NRF_MODEM_LIB_TRACE_ENABLED, older ones CONFIG_BSD_LIBRARY_TRACE_ENABLED), let it go to a',
  "UART, RTT or flash, and record it with Nordic's Cellular Monitor; `AT%XMODEMTRACE=1,2` starts it.",
  'A board in the field whose application has no such trace, or no way out for it, cannot record one.',
]

export const traceWarning =
  'a modem trace holds subscriber data (IMSI, phone numbers, places, traffic): give it only to whom you trust with that'

/** README.txt of an archive. */
export function readmeOf({ names, struck, cut, trace, made, version }: Contents): string {
  return [
    `Made by sectag ${version} at ${made}.`,
    '',
    'What is in here:',
    ...names.map((name) => `  ${name}`),
    '',
    `Secrets were struck out of logs and dialogue (${struck} times in the logs): private keys, pre-shared keys, PINs, and passwords`,
    'and tokens that a command, an option, a name in front of = or :, an address or a header shows to be some. A password in the',
    'middle of a sentence looks like any other word: read the logs before you give them away.',
    'IMEI, ICCID, digests and certificates are left as they are: they name the device, and are no secrets.',
    ...cut.map((name) => `${name} is cut off at 32 MiB.`),
    '',
    ...(trace === undefined
      ? ['There is no modem trace.', ...howToTrace]
      : [`${trace} is as it was recorded: ${traceWarning}.`]),
    '',
  ].join('\n')
}

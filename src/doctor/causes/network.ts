import type { CauseEntry } from '../cause.ts'

/** Causes in the network and the SIM: TLS never starts. */
export const networkCauses: readonly CauseEntry[] = [
  {
    cause: 'sim-failure',
    group: 'network',
    meaning: 'the SIM is absent, locked, or does not come up; TLS has not begun',
    prior: 0.05,
    remedy: {
      do: 'ask `AT+CPIN?` and `AT%XICCID`; seat the card again, try one that works elsewhere; leave the credentials alone',
      costs: 'somebody at the board',
      risks: 'none for the credentials',
    },
    prevention: 'a holder that holds, a SIM chosen by the board, and a log line that tells',
    facts: ['MODE-24', 'MODE-31', 'MODE-35', 'MODE-45', 'CME-03', 'CME-06'],
  },
  {
    cause: 'net-not-registered',
    group: 'network',
    meaning: 'the device is not registered in a network; TLS has not begun',
    prior: 0.08,
    remedy: {
      do: 'check coverage, antenna, system mode and subscription; leave the credentials alone',
      costs: 'minutes to days, with the operator',
      risks: 'many resets without `AT+CFUN=0` block the attach for half an hour',
    },
    prevention: 'an application that waits and does not reset while it is not registered',
    facts: ['MODE-30', 'MODE-35', 'MODE-38', 'POW-19', 'POW-20', 'POW-25'],
  },
  {
    cause: 'net-plmn-reject',
    group: 'network',
    meaning: 'the network refuses the registration and says why; TLS has not begun',
    prior: 0.02,
    remedy: {
      do: 'take the cause to the operator; then power the SIM down once with `AT+CFUN=0`',
      costs: 'a call, and one clean restart',
      risks: 'none for the credentials',
    },
    prevention: 'a subscription that covers the place',
    facts: ['MODE-33', 'MODE-34', 'MODE-35', 'MODE-46', 'MODE-47'],
  },
  {
    cause: 'dns-failure',
    group: 'network',
    meaning: "the server's name is not resolved; nothing was connected to",
    prior: 0.03,
    remedy: { do: 'resolve the name elsewhere; check the name, DNS and APN', costs: 'minutes', risks: 'none' },
    prevention: 'an error of the name is logged as one',
    facts: ['ERR-91', 'ERR-109'],
  },
]

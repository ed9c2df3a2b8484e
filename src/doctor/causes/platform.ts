import type { CauseEntry } from '../cause.ts'

/** Causes in the device around the modem, and the verdict without a cause. */
export const platformCauses: readonly CauseEntry[] = [
  {
    cause: 'modem-init-failed',
    group: 'platform',
    meaning: 'the modem or its library does not start',
    prior: 0.03,
    remedy: {
      do: 'ask `AT` and `AT+CGMR` by cable; check supply and modem firmware',
      costs: 'one unit on the bench',
      risks: 'none',
    },
    prevention: 'the result of the start of the library is logged',
    facts: ['ERR-90', 'ERR-107'],
  },
  {
    cause: 'modem-crash',
    group: 'platform',
    meaning: 'the modem crashed at run time; what fails afterwards follows from it',
    prior: 0.03,
    remedy: {
      do: "log the fault's reason, start the library again, update the modem firmware",
      costs: 'a reset, then a search',
      risks: 'none for the credentials',
    },
    prevention: 'a fault handler that logs reason and place',
    facts: ['ERR-89', 'ERR-104'],
  },
  {
    cause: 'app-config',
    group: 'platform',
    meaning:
      'the order of things is wrong: credentials were to be written while the modem was active, which it refuses; text, tag and modem are fine',
    prior: 0.03,
    remedy: {
      do: '`AT+CFUN=4`, write, `AT+CFUN=1`; `sectag apply` does so, and only where it must',
      costs: 'minutes; the connection is down meanwhile',
      risks: 'none; nothing was written',
    },
    prevention: 'the application writes before it connects, and checks what the write returned',
    facts: ['CME-15', 'MODE-10', 'MODE-12', 'ERR-103', 'ERR-105'],
  },
  {
    cause: 'insufficient-evidence',
    group: 'none',
    meaning: 'what was heard does not decide',
    prior: 1,
    remedy: { do: 'ask what is named next; write nothing before that', costs: 'a question', risks: 'none' },
    prevention: 'an application that logs the number, its SDK version, and a presence check',
    facts: ['LOSS-52', 'TLS-15'],
  },
]

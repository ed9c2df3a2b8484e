import type { Sourced } from './source.ts'

/** Why a network refused a registration: an EMM cause, as `+CEREG` shows it behind cause type 0 (MODE-33). */
export interface RejectCause extends Sourced {
  readonly code: number
  readonly words: string
  /** Remembered until the SIM is powered down (MODE-47). */
  readonly sticky: boolean
}

/** EMM causes that stop a device before any TLS. */
export const rejectCauses: readonly RejectCause[] = [
  {
    code: 2,
    words: 'the network does not know this SIM',
    sticky: false,
    source: '3GPP TS 24.301, A.1',
    facts: ['MODE-46'],
  },
  { code: 3, words: 'illegal device', sticky: true, source: '3GPP TS 24.301, A.1', facts: ['MODE-34', 'MODE-47'] },
  { code: 5, words: 'the IMEI is not accepted', sticky: false, source: '3GPP TS 24.301, A.2', facts: ['MODE-46'] },
  { code: 6, words: 'illegal equipment', sticky: true, source: '3GPP TS 24.301, A.1', facts: ['MODE-34', 'MODE-47'] },
  {
    code: 7,
    words: 'packet services are not allowed',
    sticky: true,
    source: '3GPP TS 24.301, A.2',
    facts: ['MODE-34', 'MODE-47'],
  },
  {
    code: 8,
    words: 'no services are allowed',
    sticky: true,
    source: '3GPP TS 24.301, A.2',
    facts: ['MODE-34', 'MODE-47'],
  },
  {
    code: 11,
    words: 'this network is not allowed',
    sticky: true,
    source: '3GPP TS 24.301, A.2',
    facts: ['MODE-34', 'MODE-47', 'MODE-33'],
  },
  { code: 12, words: 'this area is not allowed', sticky: false, source: '3GPP TS 24.301, A.2', facts: ['MODE-46'] },
  {
    code: 13,
    words: 'roaming is not allowed in this area',
    sticky: true,
    source: '3GPP TS 24.301, A.2',
    facts: ['MODE-34', 'MODE-47'],
  },
  {
    code: 14,
    words: 'packet services are not allowed in this network',
    sticky: true,
    source: '3GPP TS 24.301, A.2',
    facts: ['MODE-46', 'MODE-47'],
  },
  {
    code: 15,
    words: 'no suitable cells in this area',
    sticky: false,
    source: '3GPP TS 24.301, A.2',
    facts: ['MODE-34'],
  },
  { code: 17, words: 'network failure', sticky: false, source: '3GPP TS 24.301, A.3', facts: ['MODE-46'] },
  {
    code: 19,
    words: 'the session could not be set up',
    sticky: false,
    source: '3GPP TS 24.301, A.3',
    facts: ['MODE-46'],
  },
  { code: 22, words: 'congestion', sticky: false, source: '3GPP TS 24.301, A.3', facts: ['MODE-46'] },
  {
    code: 35,
    words: 'an option was asked for that is not authorised',
    sticky: false,
    source: '3GPP TS 24.301, A.2',
    facts: ['MODE-46'],
  },
  { code: 40, words: 'no bearer is active', sticky: false, source: '3GPP TS 24.301, A.3', facts: ['MODE-46'] },
  { code: 42, words: 'severe network failure', sticky: false, source: '3GPP TS 24.301, A.3', facts: ['MODE-46'] },
]

/** A cause by its number. */
export function rejectCause(code: number): RejectCause | undefined {
  return rejectCauses.find((entry) => entry.code === code)
}

/** Why a SIM is not initialised. */
export interface SimCause extends Sourced {
  readonly code: number
  readonly words: string
}

/** By the second number of `%XSIM: 0,<n>`. */
export const simCauses: readonly SimCause[] = [
  { code: 1, words: 'it asks for its PIN', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  { code: 2, words: 'it asks for its PIN2', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  { code: 3, words: 'it asks for its PUK', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  { code: 4, words: 'it asks for its PUK2', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  { code: 5, words: 'its PUK is blocked', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  { code: 6, words: 'its PUK2 is blocked', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  {
    code: 7,
    words: 'the device is locked to another SIM',
    source: 'pc-nrfconnect-cellularmonitor, xsim',
    facts: ['MODE-45'],
  },
  { code: 8, words: 'its IMEI lock blocks it', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  { code: 9, words: 'it failed', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  { code: 10, words: 'it was changed', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
  { code: 11, words: 'its profile was changed', source: 'pc-nrfconnect-cellularmonitor, xsim', facts: ['MODE-45'] },
]

/** A cause of a SIM by its number. */
export function simCause(code: number): SimCause | undefined {
  return simCauses.find((entry) => entry.code === code)
}

/** Why a network refused a registration: an EMM cause, as `+CEREG` shows it behind cause type 0 (MODE-33). */
export interface RejectCause {
  readonly code: number
  readonly words: string
  /** Remembered until the SIM is powered down (MODE-47). */
  readonly sticky: boolean
}

/** 3GPP TS 24.301, 9.9.3.9: the ones that stop a device before any TLS (MODE-34, MODE-46). */
export const rejectCauses: readonly RejectCause[] = [
  { code: 2, words: 'the network does not know this SIM', sticky: false },
  { code: 3, words: 'illegal device', sticky: true },
  { code: 5, words: 'the IMEI is not accepted', sticky: false },
  { code: 6, words: 'illegal equipment', sticky: true },
  { code: 7, words: 'packet services are not allowed', sticky: true },
  { code: 8, words: 'no services are allowed', sticky: true },
  { code: 11, words: 'this network is not allowed', sticky: true },
  { code: 12, words: 'this area is not allowed', sticky: false },
  { code: 13, words: 'roaming is not allowed in this area', sticky: true },
  { code: 14, words: 'packet services are not allowed in this network', sticky: true },
  { code: 15, words: 'no suitable cells in this area', sticky: false },
  { code: 17, words: 'network failure', sticky: false },
  { code: 19, words: 'the session could not be set up', sticky: false },
  { code: 22, words: 'congestion', sticky: false },
  { code: 35, words: 'an option was asked for that is not authorised', sticky: false },
  { code: 40, words: 'no bearer is active', sticky: false },
  { code: 42, words: 'severe network failure', sticky: false },
]

/** A cause by its number. */
export function rejectCause(code: number): RejectCause | undefined {
  return rejectCauses.find((entry) => entry.code === code)
}

/** Why a SIM is not initialised, by the second number of `%XSIM: 0,<n>` (MODE-45). */
export const simCauses: Readonly<Record<number, string>> = {
  1: 'it asks for its PIN',
  2: 'it asks for its PIN2',
  3: 'it asks for its PUK',
  4: 'it asks for its PUK2',
  5: 'its PUK is blocked',
  6: 'its PUK2 is blocked',
  7: 'the device is locked to another SIM',
  8: 'its IMEI lock blocks it',
  9: 'it failed',
  10: 'it was changed',
  11: 'its profile was changed',
}

/** Why a network gives no bearer, or another one than was asked for: an ESM cause, as `+CNEC_ESM` shows it (MODE-59). */
export interface BearerCause {
  readonly code: number
  readonly words: string
  /** It stands in logs of devices that work (MODE-60). */
  readonly harmless: boolean
}

/** 3GPP TS 24.301, 9.9.4.4: general knowledge, not checked against a source, but for 50. */
export const bearerCauses: readonly BearerCause[] = [
  { code: 8, words: 'the operator bars it', harmless: false },
  { code: 26, words: 'no resources', harmless: false },
  { code: 27, words: 'the APN is unknown or missing', harmless: false },
  { code: 28, words: 'the type of the address is not known', harmless: false },
  { code: 29, words: 'user name or password of the APN are refused', harmless: false },
  { code: 30, words: 'the gateway refuses', harmless: false },
  { code: 31, words: 'it is refused without a reason', harmless: false },
  { code: 32, words: 'the option is not supported', harmless: false },
  { code: 33, words: 'the option is not part of the subscription', harmless: false },
  { code: 50, words: 'IPv4 only', harmless: true },
  { code: 51, words: 'IPv6 only', harmless: true },
  { code: 55, words: 'no second bearer with this APN', harmless: false },
]

/** A cause by its number. */
export function bearerCause(code: number): BearerCause | undefined {
  return bearerCauses.find((entry) => entry.code === code)
}

import type { Sourced } from './source.ts'

/** Why a network gives no bearer, or another one than was asked for: an ESM cause, as `+CNEC_ESM` shows it (MODE-59). */
export interface BearerCause extends Sourced {
  readonly code: number
  readonly words: string
  /** It stands in logs of devices that work (MODE-60). */
  readonly harmless: boolean
}

/** ESM causes that were met, or that speak of a subscription. */
export const bearerCauses: readonly BearerCause[] = [
  { code: 8, words: 'the operator bars it', harmless: false, source: '3GPP TS 24.301, B.1', facts: ['MODE-59'] },
  { code: 26, words: 'no resources', harmless: false, source: '3GPP TS 24.301, B.1', facts: ['MODE-59'] },
  {
    code: 27,
    words: 'the APN is unknown or missing',
    harmless: false,
    source: '3GPP TS 24.301, B.1',
    facts: ['MODE-59'],
  },
  {
    code: 28,
    words: 'the type of the address is not known',
    harmless: false,
    source: '3GPP TS 24.301, B.1',
    facts: ['MODE-59'],
  },
  {
    code: 29,
    words: 'user name or password of the APN are refused',
    harmless: false,
    source: '3GPP TS 24.301, B.1',
    facts: ['MODE-59'],
  },
  { code: 30, words: 'the gateway refuses', harmless: false, source: '3GPP TS 24.301, B.1', facts: ['MODE-59'] },
  {
    code: 31,
    words: 'it is refused without a reason',
    harmless: false,
    source: '3GPP TS 24.301, B.1',
    facts: ['MODE-59'],
  },
  {
    code: 32,
    words: 'the option is not supported',
    harmless: false,
    source: '3GPP TS 24.301, B.1',
    facts: ['MODE-59'],
  },
  {
    code: 33,
    words: 'the option is not part of the subscription',
    harmless: false,
    source: '3GPP TS 24.301, B.1',
    facts: ['MODE-59'],
  },
  { code: 50, words: 'IPv4 only', harmless: true, source: '3GPP TS 24.301, B.1', facts: ['MODE-59', 'MODE-60'] },
  { code: 51, words: 'IPv6 only', harmless: true, source: '3GPP TS 24.301, B.1', facts: ['MODE-59'] },
  {
    code: 55,
    words: 'no second bearer with this APN',
    harmless: false,
    source: '3GPP TS 24.301, B.1',
    facts: ['MODE-59'],
  },
]

/** A cause by its number. */
export function bearerCause(code: number): BearerCause | undefined {
  return bearerCauses.find((entry) => entry.code === code)
}

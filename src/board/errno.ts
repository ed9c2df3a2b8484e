import { compareSdk, type SdkVersion } from '../numbers/index.ts'
import type { TlsFailure } from '../tls/index.ts'

/**
 * The C library of an application. `minimal` is Zephyr's own, with old BSD-like numbers in old SDKs; `newlib` stands for
 * picolibc too.
 */
export type Libc = 'minimal' | 'newlib'

/** How an application was built: which SDK and which C library; both decide what a failure prints. */
export interface Build {
  readonly sdk: SdkVersion
  readonly libc: Libc
  /** In NCS 1.6 and 1.7 the minimal libc has old or new numbers, by the Zephyr of the build. ERR-06 (OPEN); default `old`. */
  readonly minimalNumbers?: 'old' | 'new'
}

/** Something that a call of the socket library can report. */
export type SocketError =
  | 'EOPNOTSUPP'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'ENOBUFS'
  | 'ETIMEDOUT'
  | 'EHOSTUNREACH'
  | 'ENETUNREACH'
  | 'ENETDOWN'
  | 'ENOTCONN'

// The twin's own table, apart from what the doctor reads by, so that a mistake in one of them shows.
const numbers: Record<SocketError, Readonly<Record<Libc, number>>> = {
  EOPNOTSUPP: { newlib: 95, minimal: 45 }, // ERR-41
  ECONNRESET: { newlib: 104, minimal: 54 }, // ERR-42
  ENOBUFS: { newlib: 105, minimal: 55 }, // ERR-43
  ECONNREFUSED: { newlib: 111, minimal: 61 }, // ERR-50
  ENETUNREACH: { newlib: 114, minimal: 51 }, // ERR-53
  ENETDOWN: { newlib: 115, minimal: 62 }, // ERR-54
  ETIMEDOUT: { newlib: 116, minimal: 60 }, // ERR-55
  EHOSTUNREACH: { newlib: 118, minimal: 65 }, // ERR-57
  ENOTCONN: { newlib: 128, minimal: 57 }, // ERR-65
}

/** Whether the modem library knows ECONNREFUSED, which it then uses for credentials too (ERR-16, ERR-17). */
function refuses({ sdk }: Build): boolean {
  return compareSdk(sdk, [1, 6, 0]) >= 0
}

/** The number that an application prints for an error, positive. */
export function errnoOf(error: SocketError, build: Build): number {
  const old = compareSdk(build.sdk, [1, 6, 0]) < 0 || (build.minimalNumbers ?? 'old') === 'old'
  // ERR-18: from NCS 1.8 on every libc has newlib's numbers.
  const libc = compareSdk(build.sdk, [1, 8, 0]) < 0 && old ? build.libc : 'newlib'
  return numbers[error][libc]
}

/** What `connect` reports for a connection that did not come about. TLS alerts do not reach the application (TLS-15). */
export function connectError(failure: TlsFailure, build: Build): SocketError {
  const { stage, reason, receivedAlert } = failure
  if (reason === 'timeout') return 'ETIMEDOUT' // ERR-87
  if (reason === 'name-not-found') return 'EHOSTUNREACH' // ERR-91
  if (reason === 'aborted') return 'ENETDOWN' // ERR-94
  if (stage === 'tcp') return tcpError(failure, build)
  // ERR-81: no suite in common has kept the old number.
  if (!refuses(build) || isAboutSuites(stage, receivedAlert)) return 'EOPNOTSUPP'
  return 'ECONNREFUSED' // ERR-83, ERR-84
}

const handshakeFailure = 40

function isAboutSuites(stage: TlsFailure['stage'], receivedAlert: number | undefined): boolean {
  return stage === 'hello' && receivedAlert === handshakeFailure
}

function tcpError({ reason }: TlsFailure, build: Build): SocketError {
  if (reason === 'unreachable') return 'ENETUNREACH' // ERR-94
  // ERR-85; the library before NCS 1.6 has no such number (ERR-12), and what it said instead is not known: ERR-114.
  return reason === 'refused' && refuses(build) ? 'ECONNREFUSED' : 'ECONNRESET'
}

/** What `getaddrinfo` returns for a name that nobody knows, negative and no errno (ERR-109). */
export const nameUnknown = -2

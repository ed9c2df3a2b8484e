import { compareSdk, newNumbersSince, refusesSince, type SdkVersion } from './sdk.ts'

/** The C library of an application; `raw` where a number comes from the modem library itself, as other language bindings print it (ERR-04). */
export type Libc = 'minimal' | 'newlib' | 'picolibc' | 'raw'

/** Whose numbers: newlib's (also picolibc's, and everybody's from NCS 1.8 on), old minimal libc's, or the old modem library's. */
export type Numbering = 'newlib' | 'minimal' | 'nrf'

/** One error by its name, and its number in each numbering. */
export interface ErrnoRow {
  readonly name: string
  readonly newlib?: number
  readonly minimal?: number
  readonly nrf?: number
  /** The row of docs/facts/errno.md that says so. */
  readonly fact: string
}

/** What is known of the build that printed a number. */
export interface BuildKnowledge {
  readonly ncs?: SdkVersion
  readonly libc?: Libc
}

/** A name that a number may stand for. */
export interface ErrnoCandidate {
  readonly name: string
  readonly numberings: readonly Numbering[]
  readonly fact: string
}

/** All that a number may mean, and which knowledge would narrow it: nothing where there is one candidate or none. */
export interface ErrnoMeanings {
  readonly number: number
  readonly candidates: readonly ErrnoCandidate[]
  readonly decides: readonly ('ncs' | 'libc' | 'build')[]
}

const none = undefined

function row(
  name: string,
  newlib: number | undefined,
  minimal: number | undefined,
  nrf: number | undefined,
  fact: string,
): ErrnoRow {
  return {
    name,
    fact,
    ...(newlib !== none && { newlib }),
    ...(minimal !== none && { minimal }),
    ...(nrf !== none && { nrf }),
  }
}

/** Numbers by name and numbering: newlib, minimal, nrf. A row of facts each (ERR-23 to ERR-67). */
export const errnoTable: readonly ErrnoRow[] = [
  row('EPERM', 1, 1, 1, 'ERR-23'),
  row('ENOENT', 2, 2, 2, 'ERR-24'),
  row('EIO', 5, 5, 5, 'ERR-25'),
  row('ENOEXEC', 8, 8, 8, 'ERR-26'),
  row('EBADF', 9, 9, 9, 'ERR-27'),
  row('EAGAIN', 11, 11, 35, 'ERR-28'),
  row('ENOMEM', 12, 12, 12, 'ERR-29'),
  row('EACCES', 13, 13, 13, 'ERR-30'),
  row('EFAULT', 14, 14, 14, 'ERR-31'),
  row('EBUSY', 16, 16, none, 'ERR-32'),
  row('EINVAL', 22, 22, 22, 'ERR-33'),
  row('EMFILE', 24, 24, 24, 'ERR-34'),
  row('ENOSPC', 28, 28, 28, 'ERR-35'),
  row('EDOM', 33, 37, 37, 'ERR-36'),
  row('ENOMSG', 35, none, none, 'ERR-68'),
  row('EDEADLK', 45, 33, none, 'ERR-37'),
  row('ENOSTR', 60, none, none, 'ERR-72'),
  row('ENODATA', 61, none, none, 'ERR-73'),
  row('EPROTO', 71, 76, none, 'ERR-38'),
  row('EBADMSG', 77, 77, none, 'ERR-39'),
  row('ENOSYS', 88, 71, none, 'ERR-40'),
  row('EOPNOTSUPP', 95, 45, 45, 'ERR-41'),
  row('ECONNRESET', 104, 54, 54, 'ERR-42'),
  row('ENOBUFS', 105, 55, 105, 'ERR-43'),
  row('EAFNOSUPPORT', 106, 47, 47, 'ERR-45'),
  row('EPROTOTYPE', 107, 41, 41, 'ERR-46'),
  row('ENOTSOCK', 108, 50, none, 'ERR-47'),
  row('ENOPROTOOPT', 109, 42, 42, 'ERR-48'),
  row('ESHUTDOWN', 110, 58, none, 'ERR-49'),
  row('ECONNREFUSED', 111, 61, none, 'ERR-50'),
  row('EADDRINUSE', 112, 48, 48, 'ERR-51'),
  row('ECONNABORTED', 113, 53, none, 'ERR-52'),
  row('ENETUNREACH', 114, 51, 51, 'ERR-53'),
  row('ENETDOWN', 115, 62, 50, 'ERR-54'),
  row('ETIMEDOUT', 116, 60, 60, 'ERR-55'),
  row('EHOSTDOWN', 117, 67, 112, 'ERR-56'),
  row('EHOSTUNREACH', 118, 65, none, 'ERR-57'),
  row('EINPROGRESS', 119, 68, 115, 'ERR-58'),
  row('EALREADY', 120, 69, 114, 'ERR-59'),
  row('EDESTADDRREQ', 121, 40, none, 'ERR-60'),
  row('EMSGSIZE', 122, 36, 40, 'ERR-61'),
  row('EPROTONOSUPPORT', 123, 43, 43, 'ERR-62'),
  row('ENETRESET', 126, 52, 52, 'ERR-63'),
  row('EISCONN', 127, 56, 56, 'ERR-64'),
  row('ENOTCONN', 128, 57, 57, 'ERR-65'),
  row('ENOTSUP', 134, 35, none, 'ERR-66'),
  row('ECANCELED', 140, 72, 125, 'ERR-44'),
  row('ENOKEY', none, none, 126, 'ERR-67'),
  row('EKEYEXPIRED', none, none, 127, 'ERR-67'),
  row('EKEYREVOKED', none, none, 128, 'ERR-67'),
  row('EKEYREJECTED', none, none, 129, 'ERR-67'),
]

/** Whether a version is known and lies before another. */
function before(version: SdkVersion | undefined, limit: SdkVersion): boolean {
  return version !== undefined && compareSdk(version, limit) < 0
}

/** In which numberings a build may print. Old glue translated the library's number to the libc's by name (ERR-14). */
function numberings({ ncs, libc }: BuildKnowledge): Numbering[] {
  if (ncs !== undefined && !before(ncs, newNumbersSince)) return ['newlib']
  if (libc === 'newlib' || libc === 'picolibc') return ['newlib']
  if (libc === 'raw') return ncs === undefined ? ['newlib', 'nrf'] : ['nrf']
  if (libc === undefined) return ['newlib', 'minimal', 'nrf']
  // ERR-06: on NCS 1.6 and 1.7 the minimal libc of the build decides, and which one it was is open.
  return before(ncs, refusesSince) ? ['minimal'] : ['newlib', 'minimal']
}

/**
 * What an errno may mean, by the SDK and the libc of the application that printed it. The sign does not matter. Without
 * them all candidates stay: a number alone is never a verdict.
 *
 * @example meaningsOf(-45, { ncs: [1, 0, 0], libc: 'minimal' }).candidates // EOPNOTSUPP
 */
export function meaningsOf(printed: number, build: BuildKnowledge = {}): ErrnoMeanings {
  const number = Math.abs(printed)
  const possible = numberings(build)
  const candidates = errnoTable.flatMap((entry): ErrnoCandidate[] => {
    const found = possible.filter((numbering) => entry[numbering] === number)
    return found.length === 0 ? [] : [{ name: entry.name, numberings: found, fact: entry.fact }]
  })
  return { number, candidates, decides: candidates.length < 2 ? [] : deciders(build) }
}

function deciders({ ncs, libc }: BuildKnowledge): ('ncs' | 'libc' | 'build')[] {
  const missing: ('ncs' | 'libc')[] = []
  if (ncs === undefined) missing.push('ncs')
  if (libc === undefined) missing.push('libc')
  return missing.length > 0 ? missing : ['build']
}

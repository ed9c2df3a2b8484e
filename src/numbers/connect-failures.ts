import { type BuildKnowledge, meaningsOf } from './errno.ts'
import { compareSdk, refusesSince, type SdkVersion } from './sdk.ts'

/**
 * What sort of failure a connect met. `tls`: TLS could not be set up, above all for a credential. `tls-or-refused`: that,
 * or a real TCP refusal; nothing in the number tells them apart. `impossible`: no modem socket gives it.
 */
export type ConnectKind =
  | 'tls'
  | 'tls-or-refused'
  | 'native-verify'
  | 'suite'
  | 'tls-version'
  | 'tag-list'
  | 'no-answer'
  | 'closed'
  | 'network'
  | 'name'
  | 'library'
  | 'memory'
  | 'busy'
  | 'impossible'

/** What one error of `connect` means on an nRF91, and for which SDK generations. */
export interface ConnectMeaning {
  readonly name: string
  readonly kind: ConnectKind
  readonly words: string
  /** From this SDK on; absent: always. */
  readonly since?: SdkVersion
  /** Before this SDK. */
  readonly until?: SdkVersion
  readonly facts: readonly string[]
}

/** What a failed connect may have met, and which knowledge would narrow it. */
export interface ConnectReading {
  readonly number: number
  readonly meanings: readonly ConnectMeaning[]
  readonly decides: readonly ('ncs' | 'libc' | 'build')[]
}

/** What the sockets mean by an error of `connect` (ERR-81 to ERR-108). */
export const connectMeanings: readonly ConnectMeaning[] = [
  {
    name: 'EOPNOTSUPP',
    kind: 'tls',
    until: refusesSince,
    words:
      'TLS could not be set up: a credential is missing, wrong or does not fit, or the server offers nothing usable',
    facts: ['ERR-13', 'ERR-20'],
  },
  {
    name: 'EOPNOTSUPP',
    kind: 'suite',
    since: refusesSince,
    words: 'no common cipher suite, or an option that this modem firmware does not have',
    facts: ['ERR-81', 'ERR-82'],
  },
  {
    name: 'ECONNREFUSED',
    kind: 'tls-or-refused',
    since: refusesSince,
    words: 'a missing or wrong certificate, a wrong key, or a closed port: the number does not tell which',
    facts: ['ERR-83', 'ERR-84', 'ERR-85'],
  },
  {
    name: 'ECONNREFUSED',
    kind: 'impossible',
    until: refusesSince,
    words: 'the modem library of that SDK has no such number: another build, or another source',
    facts: ['ERR-12'],
  },
  {
    name: 'EDEADLK',
    kind: 'impossible',
    words: 'no modem socket gives EDEADLK: another build, or another source',
    facts: ['ERR-10'],
  },
  {
    name: 'ECONNABORTED',
    kind: 'native-verify',
    words: "with TLS in the application core: the server's certificate was not accepted",
    facts: ['ERR-09', 'ERR-86'],
  },
  { name: 'EPROTOTYPE', kind: 'tls-version', words: 'a TLS version that the modem does not have', facts: ['ERR-101'] },
  {
    name: 'EINVAL',
    kind: 'tag-list',
    words: 'a bad option, or an empty list of security tags',
    facts: ['ERR-100'],
  },
  {
    name: 'ENOENT',
    kind: 'tag-list',
    words: 'with TLS in the application core: a security tag without a credential',
    facts: ['ERR-102'],
  },
  {
    name: 'ETIMEDOUT',
    kind: 'no-answer',
    words: 'no answer to TCP or to the handshake: firewall, wrong port, slow network',
    facts: ['ERR-87'],
  },
  {
    name: 'ECONNRESET',
    kind: 'closed',
    words: 'the other side closed, for policy, for a duplicate id, or because it refused the client certificate late',
    facts: ['ERR-92'],
  },
  { name: 'ENOTCONN', kind: 'closed', words: 'the socket was closed already', facts: ['ERR-93'] },
  { name: 'ENETUNREACH', kind: 'network', words: 'no packet data network', facts: ['ERR-94'] },
  { name: 'ENETDOWN', kind: 'network', words: 'the network was lost', facts: ['ERR-94'] },
  { name: 'EHOSTUNREACH', kind: 'name', words: 'the name was not resolved, or the URL is wrong', facts: ['ERR-91'] },
  {
    name: 'ESHUTDOWN',
    kind: 'library',
    words: 'the modem library was shut down, or the modem crashed',
    facts: ['ERR-89'],
  },
  { name: 'EHOSTDOWN', kind: 'library', words: 'the modem does not answer', facts: ['ERR-90'] },
  { name: 'EIO', kind: 'library', words: 'the modem library did not start', facts: ['ERR-107'] },
  { name: 'ENOMEM', kind: 'memory', words: 'no memory: heap of the modem library', facts: ['ERR-97'] },
  {
    name: 'ENOBUFS',
    kind: 'memory',
    words: "no free socket, or a TLS record larger than the modem's buffer",
    facts: ['ERR-98'],
  },
  {
    name: 'EBUSY',
    kind: 'busy',
    words: 'another TLS handshake is running, or (before nrf_modem 2.3.0) no answer in time',
    facts: ['ERR-96', 'ERR-88'],
  },
]

function holds(meaning: ConnectMeaning, ncs: SdkVersion | undefined): boolean {
  if (ncs === undefined) return true
  if (meaning.since !== undefined && compareSdk(ncs, meaning.since) < 0) return false
  return meaning.until === undefined || compareSdk(ncs, meaning.until) < 0
}

/** What a number that `connect` printed may mean. What no modem socket can give is left out as long as something else remains. */
export function connectReading(printed: number, build: BuildKnowledge = {}): ConnectReading {
  const { number, candidates, decides } = meaningsOf(printed, build)
  const names = candidates.map(({ name }) => name)
  return readingOf(number, names, decides, build)
}

/**
 * The same for a log that prints the error's name: it stands for one error, whatever numbers the build has.
 *
 * @example connectReadingOfName('EOPNOTSUPP', 95, { ncs: [1, 0, 0], libc: 'minimal' }).meanings // TLS could not be set up
 */
export function connectReadingOfName(name: string, number: number, build: BuildKnowledge = {}): ConnectReading {
  return readingOf(Math.abs(number), [name], [], build)
}

function readingOf(
  number: number,
  names: readonly string[],
  decides: ConnectReading['decides'],
  build: BuildKnowledge,
): ConnectReading {
  const all = names.flatMap((name) =>
    connectMeanings.filter((meaning) => meaning.name === name && holds(meaning, build.ncs)),
  )
  const likely = all.filter((meaning) => meaning.kind !== 'impossible')
  const meanings = likely.length > 0 ? likely : all
  const split = new Set(meanings.map((meaning) => meaning.kind)).size > 1
  return { number, meanings, decides: split && decides.length === 0 && build.ncs === undefined ? ['ncs'] : decides }
}

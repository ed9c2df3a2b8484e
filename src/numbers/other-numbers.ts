import { type BuildKnowledge, meaningsOf } from './errno.ts'
import type { SdkVersion } from './sdk.ts'
import type { Sourced } from './source.ts'

/** A number that is printed like an errno and is none. */
export interface OtherNumber extends Sourced {
  readonly number: number
  readonly name: string
  readonly words: string
}

/** What `getaddrinfo` returns: codes of its own (ERR-109). */
export const nameCodes: readonly OtherNumber[] = [
  {
    number: -2,
    name: 'NONAME',
    words: 'no such name',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -3,
    name: 'AGAIN',
    words: 'no answer for now',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -4,
    name: 'FAIL',
    words: 'the name server failed',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -5,
    name: 'NODATA',
    words: 'the name has no address',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -8,
    name: 'SERVICE',
    words: 'no such service',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -10,
    name: 'MEMORY',
    words: 'no memory',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -11,
    name: 'SYSTEM',
    words: 'a system error; errno tells which',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -12,
    name: 'OVERFLOW',
    words: 'the answer is too long',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -100,
    name: 'INPROGRESS',
    words: 'still under way',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -101,
    name: 'CANCELED',
    words: 'cancelled, or no answer in time',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
  {
    number: -103,
    name: 'ALLDONE',
    words: 'all answers were given',
    source: 'Zephyr, include/zephyr/net/dns_resolve.h',
    facts: ['ERR-109'],
  },
]

/** What mbedTLS prints where TLS runs in the application core (ERR-111). */
export const tlsLibraryCodes: readonly OtherNumber[] = [
  {
    number: -0x2700,
    name: 'X509_CERT_VERIFY_FAILED',
    words: "the server's certificate was not accepted",
    source: 'Mbed TLS, include/mbedtls/x509.h',
    facts: ['ERR-111', 'ERR-112'],
  },
  {
    number: -0x7f00,
    name: 'SSL_ALLOC_FAILED',
    words: 'no memory',
    source: 'Mbed TLS, include/mbedtls/ssl.h',
    facts: ['ERR-111'],
  },
  {
    number: -0x7280,
    name: 'SSL_CONN_EOF',
    words: 'the other side closed',
    source: 'Mbed TLS, include/mbedtls/ssl.h',
    facts: ['ERR-111'],
  },
  {
    number: -0x7780,
    name: 'SSL_FATAL_ALERT_MESSAGE',
    words: 'the other side sent a fatal alert',
    source: 'Mbed TLS, include/mbedtls/ssl.h',
    facts: ['ERR-111'],
  },
  {
    number: -0x7200,
    name: 'SSL_INVALID_RECORD',
    words: 'an invalid record',
    source: 'Mbed TLS, include/mbedtls/ssl.h',
    facts: ['ERR-111'],
  },
]

/** What the glue prints for a number that it does not know, and the key library for a code that it does not list (ERR-113). */
export const untranslated = -1_163_019_603

/** The refusal inside a positive value of the AT interface (ERR-110): 65536 is a plain ERROR, the rest carries its code. */
export function atResult(value: number): { kind: 'error' } | { kind: 'cme' | 'cms'; code: number } | undefined {
  if (!Number.isInteger(value) || value < 0x1_0000 || value > 0x3_ffff) return undefined
  const code = value & 0xffff
  if (value < 0x2_0000) return code === 0 ? { kind: 'error' } : undefined
  return { kind: value < 0x3_0000 ? 'cme' : 'cms', code }
}

/** An errno of `modem_key_mgmt`, and the `+CME ERROR` that it stands for. */
export interface KeyError {
  readonly name: string
  readonly current?: number
  readonly old?: number
  readonly fact: string
}

/** Which `+CME ERROR` the key library makes this errno of; the old library is that of NCS 1.x, and it swaps 514 and 518. */
export const keyErrors: readonly KeyError[] = [
  { name: 'ENOENT', current: 513, old: 513, fact: 'CME-12' },
  { name: 'EACCES', current: 514, old: 518, fact: 'CME-13' },
  { name: 'EPERM', current: 518, old: 514, fact: 'CME-15' },
  { name: 'ENOMEM', current: 515, old: 515, fact: 'CME-14' },
  { name: 'EALREADY', current: 519, fact: 'CME-16' },
  { name: 'EINVAL', current: 527, fact: 'CME-21' },
  { name: 'ECANCELED', current: 528, fact: 'CME-22' },
]

function generations(ncs: SdkVersion | undefined): ('current' | 'old')[] {
  if (ncs === undefined) return ['current', 'old']
  return ncs[0] >= 2 ? ['current'] : ['old']
}

/** Which `+CME ERROR` may stand behind a number that `modem_key_mgmt` returned; more than one where the SDK is not known. */
export function keyLibraryCodes(printed: number, build: BuildKnowledge = {}): number[] {
  const names = new Set(meaningsOf(printed, build).candidates.map((candidate) => candidate.name))
  const codes = keyErrors
    .filter((entry) => names.has(entry.name))
    .flatMap((entry) => generations(build.ncs).map((generation) => entry[generation]))
  return [...new Set(codes.filter((code) => code !== undefined))]
}

/** Bits of the result of a verification by mbedTLS, which `mbedtls_ssl_get_verify_result` gives (ERR-118). */
export const verifyFlags: readonly OtherNumber[] = [
  {
    number: 0x01,
    name: 'BADCERT_EXPIRED',
    words: 'the certificate has expired',
    source: 'Mbed TLS, include/mbedtls/x509.h',
    facts: ['ERR-118'],
  },
  {
    number: 0x02,
    name: 'BADCERT_REVOKED',
    words: 'the certificate is revoked',
    source: 'Mbed TLS, include/mbedtls/x509.h',
    facts: ['ERR-118'],
  },
  {
    number: 0x04,
    name: 'BADCERT_CN_MISMATCH',
    words: 'the name is not in the certificate',
    source: 'Mbed TLS, include/mbedtls/x509.h',
    facts: ['ERR-118'],
  },
  {
    number: 0x08,
    name: 'BADCERT_NOT_TRUSTED',
    words: 'the chain ends at no trusted CA',
    source: 'Mbed TLS, include/mbedtls/x509.h',
    facts: ['ERR-118'],
  },
  {
    number: 0x200,
    name: 'BADCERT_FUTURE',
    words: 'the certificate is not yet valid',
    source: 'Mbed TLS, include/mbedtls/x509.h',
    facts: ['ERR-118'],
  },
]

import type { Sourced } from './source.ts'

/** A TLS alert by its number. */
export interface TlsAlert extends Sourced {
  readonly code: number
  /** As OpenSSL spells it in a log line: `unknown ca`. */
  readonly name: string
  /** What the one who sends it thinks of the other. */
  readonly words: string
}

const tls12 = 'RFC 5246, 7.2.2'

function alert(code: number, name: string, words: string, source: string, ...facts: readonly string[]): TlsAlert {
  return { code, name, words, source, facts }
}

/** The alerts that say something about a certificate or a suite. */
export const tlsAlerts: readonly TlsAlert[] = [
  alert(40, 'handshake failure', 'nothing in common, or something that it needs was not shown', tls12, 'BRK-01'),
  alert(42, 'bad certificate', 'the certificate cannot be used', tls12),
  alert(43, 'unsupported certificate', 'the certificate is of a kind that it does not take', tls12),
  alert(44, 'certificate revoked', 'the certificate is revoked', tls12, 'BRK-02'),
  alert(45, 'certificate expired', 'the certificate is expired, or not yet valid', tls12, 'REV-05'),
  alert(46, 'certificate unknown', 'the certificate is not accepted, for a reason that it does not say', tls12),
  alert(48, 'unknown ca', 'the certificate does not lead to a CA that it trusts', tls12, 'REV-05'),
  alert(49, 'access denied', 'the certificate is good, and access is denied all the same', tls12),
  alert(51, 'decrypt error', 'a signature is not by the key of the certificate', tls12),
  alert(70, 'protocol version', 'no common TLS version', tls12),
  alert(71, 'insufficient security', 'no common cipher suite is strong enough', tls12),
  alert(112, 'unrecognized name', 'the name that was asked for is not served here', 'RFC 6066, 9'),
  alert(115, 'unknown psk identity', 'the identity of the pre-shared key is not known', 'RFC 4279, 2'),
  alert(116, 'certificate required', 'a client certificate is needed', 'RFC 8446, 6.2'),
]

/** An alert by its number, or by its name in any spelling: `unknown ca`, `UnknownCA`, `unknown_ca`. */
export function tlsAlert(which: number | string): TlsAlert | undefined {
  if (typeof which === 'number') return tlsAlerts.find((alert) => alert.code === which)
  const bare = which.toLowerCase().replaceAll(/[\s_-]/g, '')
  return tlsAlerts.find((alert) => alert.name.replaceAll(' ', '') === bare)
}

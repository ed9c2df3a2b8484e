/** A TLS alert by its number (RFC 5246, 7.2; RFC 4279 for 115). */
export interface TlsAlert {
  readonly code: number
  /** As OpenSSL spells it in a log line: `unknown ca`. */
  readonly name: string
  /** What the one who sends it thinks of the other. */
  readonly words: string
}

/** The alerts that say something about a certificate or a suite. */
export const tlsAlerts: readonly TlsAlert[] = [
  { code: 40, name: 'handshake failure', words: 'nothing in common, or something that it needs was not shown' },
  { code: 42, name: 'bad certificate', words: 'the certificate cannot be used' },
  { code: 43, name: 'unsupported certificate', words: 'the certificate is of a kind that it does not take' },
  { code: 44, name: 'certificate revoked', words: 'the certificate is revoked' },
  { code: 45, name: 'certificate expired', words: 'the certificate is expired, or not yet valid' },
  {
    code: 46,
    name: 'certificate unknown',
    words: 'the certificate is not accepted, for a reason that it does not say',
  },
  { code: 48, name: 'unknown ca', words: 'the certificate does not lead to a CA that it trusts' },
  { code: 49, name: 'access denied', words: 'the certificate is good, and access is denied all the same' },
  { code: 51, name: 'decrypt error', words: 'a signature is not by the key of the certificate' },
  { code: 70, name: 'protocol version', words: 'no common TLS version' },
  { code: 71, name: 'insufficient security', words: 'no common cipher suite is strong enough' },
  { code: 112, name: 'unrecognized name', words: 'the name that was asked for is not served here' },
  { code: 115, name: 'unknown psk identity', words: 'the identity of the pre-shared key is not known' },
  { code: 116, name: 'certificate required', words: 'a client certificate is needed' },
]

/** An alert by its number, or by its name in any spelling: `unknown ca`, `UnknownCA`, `unknown_ca`. */
export function tlsAlert(which: number | string): TlsAlert | undefined {
  if (typeof which === 'number') return tlsAlerts.find((alert) => alert.code === which)
  const bare = which.toLowerCase().replaceAll(/[\s_-]/g, '')
  return tlsAlerts.find((alert) => alert.name.replaceAll(' ', '') === bare)
}

import type { CauseEntry } from '../cause.ts'

const bothEnds = { costs: 'a look at both ends', risks: 'none: nothing is written' } as const

/** Causes in TLS, between device and server. */
export const tlsCauses: readonly CauseEntry[] = [
  {
    cause: 'hostname-mismatch',
    group: 'tls',
    meaning: "the server's certificate is trusted, and does not bear the name that was asked for",
    prior: 0.02,
    remedy: { do: "connect by the certificate's name, or issue one with the name in use", ...bothEnds },
    prevention: 'one name in the application, in DNS and in the certificate',
    facts: ['TLS-12'],
  },
  {
    cause: 'plain-on-tls-port',
    group: 'tls',
    meaning: 'plain text was sent to a TLS port, or the reverse',
    prior: 0.02,
    remedy: { do: 'switch TLS on in the client, or take the other port', ...bothEnds },
    prevention: 'port and security set in one place',
    facts: ['TLS-01'],
  },
  {
    cause: 'tls-version-mismatch',
    group: 'tls',
    meaning: 'the two ends have no TLS version or no cipher suite in common',
    prior: 0.02,
    remedy: { do: 'let the server offer TLS 1.2 and a suite that the modem has', ...bothEnds },
    prevention: "a test of the server's offer before it changes",
    facts: ['TLS-01', 'TLS-16', 'ERR-81'],
  },
  {
    cause: 'clock-not-set',
    group: 'tls',
    meaning: 'a clock is wrong, so that a good certificate looks not yet valid',
    prior: 0.02,
    remedy: { do: 'wait for the time before the first connect', ...bothEnds },
    prevention: 'no TLS before the clock is set, where a stack checks dates',
    facts: ['MODE-42', 'MODE-43'],
  },
]

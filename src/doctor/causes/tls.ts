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
  {
    cause: 'cert-chain-too-large',
    group: 'tls',
    meaning: 'the chain of the server, or a stored one, is larger than the 4 kB that the modem takes',
    prior: 0.02,
    remedy: {
      do: "sum the DER bytes of the server's chain; let it serve a shorter one, or small EC certificates",
      costs: 'a change at the server',
      risks: 'none for the devices; reading a stored one that large back has crashed a modem',
    },
    prevention: '`openssl s_client -showcerts` before a server is chosen',
    facts: ['PEM-34', 'PEM-35', 'PEM-36', 'TLS-10'],
  },
  {
    cause: 'handshake-timeout',
    group: 'tls',
    meaning: 'the handshake gets no answer in time: slow radio, a silent server, or packets that are lost',
    prior: 0.02,
    remedy: { do: 'try with a longer time-out, and look whether the server saw the first packet', ...bothEnds },
    prevention: 'a time-out that was measured in the network in use',
    facts: ['ERR-87', 'ERR-88'],
  },
  {
    cause: 'tls-handshake-unspecified',
    group: 'tls',
    meaning: 'TLS failed, for a credential or for the server; what was heard does not separate the two',
    prior: 0.02,
    remedy: { do: "list the tag, look at the server's chain, and ask the broker's log at that second", ...bothEnds },
    prevention: 'an application that logs the number with its SDK version',
    facts: ['ERR-20', 'ERR-83', 'TLS-15'],
  },
]

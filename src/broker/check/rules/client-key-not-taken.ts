import type { BrokerRule } from '../finding.ts'

/** A demand that no key of a modem can meet. */
export const clientKeyNotTaken: BrokerRule = {
  class: 'client-key-not-taken',
  judge({ greeted }) {
    const { request } = greeted.flight
    if (request === undefined || request.signatures.some((scheme) => modemSignatures.has(scheme))) return undefined
    return {
      weight: 'refuses',
      what: 'the server takes no signature that a modem can make for its client certificate',
      why: 'a board signs with ECDSA or RSA and SHA-256, SHA-384 or SHA-512; keys born inside are EC P-256',
      facts: ['TLS-19'],
      fix: 'let the server take ECDSA with SHA-256: with OpenSSL, SignatureAlgorithms = ECDSA+SHA256 in its configuration',
    }
  },
}

const modemSignatures = new Set([0x0403, 0x0401, 0x0503, 0x0501, 0x0603, 0x0601])

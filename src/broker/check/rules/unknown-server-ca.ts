import { trustOf } from '../trust.ts'
import type { BrokerRule } from '../finding.ts'

/** A server of another authority. */
export const unknownServerCa: BrokerRule = {
  class: 'unknown-server-ca',
  judge(survey) {
    const trust = trustOf(survey)
    if (trust?.is !== 'foreign') return undefined
    return {
      weight: 'refuses',
      sure: trust.sure,
      what: trust.sameName
        ? `the chain ends at ${trust.issuer}, which has the name of your root CA and another key`
        : `the chain ends at ${trust.issuer}, which is not the root CA that was named`,
      why: trust.sure
        ? 'a board with this root CA refuses the server with alert 48 (unknown CA)'
        : 'a board with this root CA refuses the server with alert 48 (unknown CA); if there is an issuing CA between them, it is missing in what the server sends',
      facts: ['TLS-13', 'TLS-15'],
      fix: 'name the root CA that stands above the server with --ca and see whether boards hold it, or give the server a certificate of your authority',
    }
  },
}

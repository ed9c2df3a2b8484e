import { trustOf } from '../trust.ts'
import type { BrokerRule } from '../finding.ts'

/** A chain with a gap below the root. */
export const missingIntermediate: BrokerRule = {
  class: 'missing-intermediate',
  judge(survey) {
    const trust = trustOf(survey)
    if (trust?.is !== 'gap') return undefined
    return {
      weight: 'refuses',
      sure: trust.sure,
      what: `the certificate of ${trust.issuer} is missing: the server does not send who signed for it`,
      why: trust.sure
        ? 'with it the chain leads to the root CA; a board has the root only and cannot fetch the rest'
        : 'likely an issuing CA under the root; if it is not, the server belongs to another authority. A board cannot fetch what is missing',
      facts: ['TLS-13', 'TLS-15'],
      fix: "write it behind the server's own: cat server.crt issuing.crt > chain.crt, and name chain.crt as certfile",
    }
  },
}

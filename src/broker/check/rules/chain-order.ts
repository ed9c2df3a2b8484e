import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A chain that is not in its order. */
export const chainOrder: BrokerRule = {
  class: 'chain-order',
  judge(survey) {
    const chain = chainOf(survey)
    if (chain === undefined || chain.inOrder) return undefined
    return {
      weight: 'open',
      what: 'the chain was not sent in its order: each certificate must stand before the one that signed it',
      why: 'TLS 1.2 demands it (RFC 5246, 7.4.2), and whether a modem puts it in order is not known',
      facts: ['TLS-30'],
      fix: "write the server's certificate first, then what signed it, and so on: cat server.crt issuing.crt > chain.crt",
    }
  },
}

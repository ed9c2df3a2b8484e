import { trustOf } from '../trust.ts'
import type { BrokerRule } from '../finding.ts'

/** A server that vouches for itself. */
export const selfSignedServer: BrokerRule = {
  class: 'self-signed-server',
  judge(survey) {
    const trust = trustOf(survey)
    if (trust?.is !== 'self-signed') return undefined
    return {
      weight: 'refuses',
      what: "the server's certificate is signed by itself, and is not the root CA that was named",
      why: 'a board believes only what leads to a root CA in its tag',
      facts: ['TLS-11', 'TLS-13'],
      fix: 'issue one from your authority (`sectag ca issue --profile server`), or put this very certificate into the boards as their root CA',
    }
  },
}

import { longestChain } from '../../../numbers/index.ts'
import type { ShownChain } from '../chain.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** More bytes than a modem takes. */
export const chainTooLarge: BrokerRule = {
  class: 'chain-too-large',
  judge(survey) {
    const chain = chainOf(survey)
    if (chain === undefined || chain.bytes <= longestChain) return undefined
    const over = chain.bytes - longestChain
    return {
      weight: 'refuses',
      what: `the chain has ${chain.bytes} bytes, ${over} too many`,
      why: `a modem takes ${longestChain} bytes of certificates from a server`,
      facts: ['TLS-10', 'PEM-34', 'PEM-36'],
      fix: fixOf(chain, over),
      figures: { bytes: chain.bytes, limit: longestChain, over },
    }
  },
}

/** Leaving out what proves nothing is cheaper than issuing anew. */
function fixOf({ sent }: ShownChain, over: number): string {
  const idle = sent.filter(({ role }) => role === 'extra' || role === 'root')
  const bytes = idle.reduce((sum, { x509 }) => sum + x509.raw.length, 0)
  if (bytes >= over) return `leave the root and what is not on the path out of the file: that is ${bytes} bytes`
  return 'issue server and issuing CA with P-256 keys, few names and short subjects: two such certificates have about 900 bytes'
}

import { hasForeignKey } from '../keys.ts'
import type { BrokerRule } from '../finding.ts'

/** A suite in common, and no curve or signature for it. */
export const noCommonCurve: BrokerRule = {
  class: 'no-common-curve',
  judge(survey) {
    const { wider } = survey
    const answered = wider?.suites.flight
    if (answered?.hello?.version !== 0x0303 || hasForeignKey(survey)) return undefined
    return {
      weight: 'refuses',
      sure: answered.curve !== undefined && answered.curve !== 23 && answered.curve !== 24,
      what: "the server takes a modem's suites, and none of its curves for the key exchange (P-256, P-384) or of its signatures",
      why: `it was set to others, such as X25519 alone${answered.curve === undefined ? '' : ` (it would choose group ${answered.curve})`}`,
      facts: ['TLS-18'],
      fix: 'let the server take prime256v1 besides: with OpenSSL, Groups = X25519:prime256v1 in its configuration',
    }
  },
}

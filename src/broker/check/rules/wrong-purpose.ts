import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A certificate that is not for servers. */
export const wrongPurpose: BrokerRule = {
  class: 'wrong-purpose',
  judge(survey) {
    // Node calls the extended key usage so: OIDs.
    const purposes = chainOf(survey)?.leaf.keyUsage
    if (purposes === undefined || purposes.some((oid) => oid === serverAuth || oid === any)) return undefined
    return {
      weight: 'open',
      what: `the server's certificate is not for servers: its extended key usage is ${purposes.map((oid) => words[oid] ?? oid).join(', ')}`,
      why: 'whether a modem looks at it is not known (RFC 5280, 4.2.1.12 wants serverAuth); other clients refuse it',
      facts: ['TLS-32'],
      fix: 'issue one for servers: `sectag ca issue --profile server`',
    }
  },
}

const serverAuth = '1.3.6.1.5.5.7.3.1'
const any = '2.5.29.37.0'
const words: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
}

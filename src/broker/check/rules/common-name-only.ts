import { bears } from '../../../tls/index.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A name that stands only where clients stopped looking. */
export const commonNameOnly: BrokerRule = {
  class: 'common-name-only',
  judge(survey) {
    const { name } = survey
    const leaf = chainOf(survey)?.leaf
    if (name === undefined || leaf === undefined || leaf.subjectAltName !== undefined || !bears(leaf, name))
      return undefined
    return {
      weight: 'open',
      what: `${name} stands in the common name only: the certificate has no subject alternative name`,
      why: 'clients have stopped to read the common name (RFC 9525, 6.3), and whether a modem does is not known',
      facts: ['TLS-12', 'TLS-31'],
      fix: `issue it with the name as it should stand: \`sectag ca issue --profile server --name ${name}\``,
    }
  },
}

import { bears } from '../../../tls/index.ts'
import { namesOf } from '../keys.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A certificate for another name. */
export const nameMismatch: BrokerRule = {
  class: 'name-mismatch',
  judge(survey) {
    const { name } = survey
    const leaf = chainOf(survey)?.leaf
    if (name === undefined || leaf === undefined || bears(leaf, name)) return undefined
    return {
      weight: 'refuses',
      what: `the server's certificate is not for ${name}; it is for ${namesOf(leaf)}`,
      why: 'an application that sets the host name has the modem look for it; one that sets none does not mind (--no-name says that yours is so)',
      facts: ['TLS-12'],
      fix: `issue it with this name: \`sectag ca issue --profile server --name ${name}\`; or say with --name what boards call it`,
    }
  },
}

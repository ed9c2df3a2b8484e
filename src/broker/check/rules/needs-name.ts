import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A server that behaves otherwise when nobody names it. */
export const needsName: BrokerRule = {
  class: 'needs-name',
  judge(survey) {
    const { nameless } = survey
    const leaf = chainOf(survey)?.leaf
    if (nameless === undefined || leaf === undefined) return undefined
    const [other] = nameless.flight.certificates ?? []
    if (other !== undefined && leaf.raw.equals(other)) return undefined
    return {
      weight: 'note',
      what:
        other === undefined
          ? 'it refuses clients that send no name'
          : 'it shows another certificate to clients that send no name',
      why: 'a board sends the name (SNI) only if its application sets the host name',
      facts: ['TLS-12'],
      fix: 'have applications set the host name, or make the certificate for boards the default one of this listener',
    }
  },
}

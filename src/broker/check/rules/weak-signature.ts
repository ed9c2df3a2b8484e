import { isSelfSigned } from '../chain.ts'
import { nameOf } from '../keys.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A signature with a broken hash. */
export const weakSignature: BrokerRule = {
  class: 'weak-signature',
  judge(survey) {
    const path = chainOf(survey)?.path ?? []
    const weak = path.find((one) => !isSelfSigned(one) && /sha-?1(?!\d)|md5/i.test(one.signatureAlgorithm ?? ''))
    if (weak === undefined) return undefined
    return {
      weight: 'open',
      what: `${nameOf(weak)} is signed with ${weak.signatureAlgorithm ?? ''}`,
      why: 'whether a modem takes SHA-1 or MD5 is not known, and other clients refuse it',
      facts: ['TLS-20'],
      fix: 'issue it anew with SHA-256',
    }
  },
}

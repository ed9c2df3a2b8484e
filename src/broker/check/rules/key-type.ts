import { isModemKey, keyWords, nameOf } from '../keys.ts'
import { chainOf } from '../survey.ts'
import type { BrokerRule } from '../finding.ts'

/** A key that no modem is known to use. */
export const keyType: BrokerRule = {
  class: 'key-type',
  judge(survey) {
    const chain = chainOf(survey)
    const at = chain?.path.findIndex((certificate) => !isModemKey(certificate.publicKey)) ?? -1
    const found = chain?.path[at]
    if (found === undefined) return undefined
    const whose = at === 0 ? "the server's key" : `the key of ${nameOf(found)}, which signs for it,`
    return {
      weight: at === 0 ? 'refuses' : 'open',
      what: `${whose} is ${keyWords(found.publicKey)}`,
      why: 'modems are known to take EC P-256 and P-384, and RSA up to 4,096 bits; no source knows one that takes another',
      facts: ['TLS-18'],
      fix: 'issue it anew with a P-256 key: `sectag ca issue --profile server --new-key broker.key`, or `openssl ecparam -name prime256v1 -genkey`',
    }
  },
}

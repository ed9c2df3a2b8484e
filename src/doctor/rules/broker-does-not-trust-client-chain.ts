import type { DistrustWhy } from '../facts.ts'
import { seen } from './seen.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'

const words: Partial<Record<DistrustWhy, string>> = {
  untrusted: "the broker does not trust the chain of the client's certificate",
  unsaid: "the broker does not accept the client's certificate, and does not say why",
  unusable: "the broker cannot use the client's certificate",
  expired: "the broker says that the client's certificate is expired",
}

/** The broker's own verdict on the client's certificate. */
export const brokerDoesNotTrust: Rule = {
  id: 'broker-does-not-trust-client-chain',
  judge(facts) {
    const said = facts.of('distrust').flatMap((fact): Point[] => {
      const { by, why } = fact.value
      const told = by === 'device' ? undefined : words[why]
      if (told === undefined) return []
      return [point(by === 'either' ? strength.sign : why === 'unsaid' ? strength.strong : strength.proof, told, fact)]
    })
    return judgement([...said, ...seen(facts, { 'only-intermediate-fails': strength.sign })], ['broker-log', 'files'])
  },
}

import { judgement, point, type Rule, strength } from '../rule.ts'

/** The broker asks for a client certificate and gets none. Why the device shows none, only its listing tells. */
export const clientCertMissing: Rule = {
  id: 'client-cert-missing',
  judge(facts) {
    const said = facts
      .of('distrust')
      .filter(({ value }) => value.why === 'missing')
      .map((fact) => point(strength.proof, 'the broker asks for a client certificate and gets none', fact))
    return judgement(said, ['listing', 'tag-in-use'])
  },
}

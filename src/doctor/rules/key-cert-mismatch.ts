import { judgement, point, type Rule, strength } from '../rule.ts'

/** A signature that is not by the key of the certificate. */
export const keyCertMismatch: Rule = {
  id: 'key-cert-mismatch',
  judge(facts) {
    const said = facts
      .of('key-mismatch')
      .map((fact) => point(strength.proof, 'a signature is not by the key of the certificate', fact))
    const differs = facts
      .of('slot')
      .filter(({ value }) => value.is === 'differs' && (value.type === 1 || value.type === 2))
      .map((fact) => point(strength.sign, 'client certificate or key are not those that are wanted', fact))
    return judgement([...said, ...differs], ['files', 'listing'])
  },
}

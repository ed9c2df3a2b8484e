import { credentialNumbers, setOf, setTypes, typesThat } from './absence.ts'
import { seen } from './seen.ts'
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
    // A modem with a pair that does not fit fails by itself, and no broker hears why (ERR-20, ERR-83).
    const full = typesThat(setOf(facts), 'held').length === setTypes.length
    const silent = full && facts.of('distrust').length === 0 ? credentialNumbers(facts).slice(0, 2) : []
    return judgement(
      [
        ...said,
        ...seen(facts, { 'pair-does-not-fit': strength.strong, 'gave-up-at-its-key': strength.strong }),
        ...differs,
        ...silent,
      ],
      ['files', 'listing'],
    )
  },
}

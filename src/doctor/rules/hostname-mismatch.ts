import { judgement, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** The chain is trusted, and the name is not in the certificate. */
export const hostnameMismatch: Rule = {
  id: 'hostname-mismatch',
  explains: ['cred-wrong-ca', 'server-ca-rotated'],
  judge: (facts) =>
    judgement(
      seen(facts, { 'name-not-in-certificate': strength.strong, 'names-differ': strength.sign + strength.hint / 2 }),
      ['served-chain'],
    ),
}

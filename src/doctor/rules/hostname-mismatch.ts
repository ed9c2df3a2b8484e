import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { isSeen, seen } from './seen.ts'

/** The chain is trusted, and the name is not in the certificate. */
export const hostnameMismatch: Rule = {
  id: 'hostname-mismatch',
  explains: ['cred-wrong-ca', 'server-ca-rotated'],
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, {
          'name-not-in-certificate': strength.strong,
          'names-differ': strength.sign + strength.hint / 2,
        }),
        ...refusedForIt(facts),
      ],
      ['served-chain'],
    ),
}

/** Names that differ, and a device that refuses the certificate without a word of its issuer. */
function refusedForIt(facts: Facts): Point[] {
  if (!isSeen(facts, 'names-differ')) return []
  return facts
    .of('distrust')
    .filter(({ value }) => value.by === 'device' && (value.why === 'unusable' || value.why === 'unsaid'))
    .map((fact) => point(strength.sign, 'the device refuses the certificate, and the names differ', fact))
}

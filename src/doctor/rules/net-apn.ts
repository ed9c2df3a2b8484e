import { bearerCause } from '../../numbers/index.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { met, tlsBegan } from './numbers.ts'
import { seen } from './seen.ts'

/** MODE-46: the network refuses the attach because it refuses the bearer. */
const sessionFailure = 19

/** Registered, and no bearer that carries data. */
export const netApn: Rule = {
  id: 'net-apn',
  explains: ['dns-failure', 'net-blocked', 'net-not-registered', 'net-plmn-reject'],
  judge(facts) {
    const causes = facts.of('bearer').flatMap((fact): Point[] => {
      const known = bearerCause(fact.value.cause)
      if (known === undefined || known.harmless) return []
      return [point(strength.proof, `the network gives no bearer, cause ${known.code}: ${known.words}`, fact)]
    })
    const refused = facts
      .of('registration')
      .filter(({ value }) => value.reject === sessionFailure)
      .map((fact) => point(strength.proof, 'refused with cause 19: the session could not be set up', fact))
    const moved = tlsBegan(facts) ? {} : { 'sim-changed': strength.sign, 'place-changed': strength.hint }
    const said = seen(facts, { 'apn-wrong': strength.strong, ...moved })
    return judgement(
      [...causes, ...refused, ...said, ...met(facts, 'network', strength.hint)],
      ['bearer', 'registration'],
    )
  },
}

import { rejectCause } from '../../numbers/index.ts'
import { judgement, point, type Rule, strength } from '../rule.ts'
import { isRegistered } from './radio.ts'
import { seen } from './seen.ts'

/** Causes that speak of the subscriber or of the bearer: they have rules of their own. */
const ofSubscriber = new Set([2, 3, 7, 8, 19])

/** The network says why it refuses. */
export const netPlmnReject: Rule = {
  id: 'net-plmn-reject',
  explains: ['net-not-registered'],
  judge(facts) {
    if (isRegistered(facts)) return undefined
    const rejects = facts.of('registration').flatMap((fact) => {
      const { reject, stat } = fact.value
      if (reject === undefined) return stat === 3 ? [point(strength.strong, 'the registration is denied', fact)] : []
      const known = rejectCause(reject)
      return [
        point(
          ofSubscriber.has(reject) ? strength.sign : strength.proof,
          `refused with cause ${reject}: ${known?.words ?? 'a cause that we have no words for'}`,
          fact,
        ),
      ]
    })
    const told = rejects.length > 0 ? [] : seen(facts, { 'network-refuses': strength.strong })
    return judgement([...rejects, ...told], ['registration', 'sim'])
  },
}

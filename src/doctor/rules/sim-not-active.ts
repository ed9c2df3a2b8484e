import { judgement, point, type Rule, strength } from '../rule.ts'
import { isRegistered } from './radio.ts'
import { tlsBegan } from './numbers.ts'
import { seen } from './seen.ts'

/** EMM causes that speak of the subscriber rather than of the place (MODE-34, MODE-46). */
const ofSubscriber = new Set([2, 3, 7, 8])

/** The card works, and the subscription does not. */
export const simNotActive: Rule = {
  id: 'sim-not-active',
  explains: ['net-plmn-reject', 'net-not-registered'],
  judge(facts) {
    if (isRegistered(facts)) return undefined
    const rejects = facts
      .of('registration')
      .filter(({ value }) => value.reject !== undefined && ofSubscriber.has(value.reject))
      .map((fact) => point(strength.proof, `refused with cause ${fact.value.reject}: this SIM is not served`, fact))
    return judgement(
      [
        ...seen(facts, {
          'sim-inactive': strength.proof,
          'network-refuses': strength.hint,
          ...(tlsBegan(facts) ? {} : { 'sim-changed': strength.sign }),
        }),
        ...rejects,
      ],
      ['registration', 'sim'],
    )
  },
}

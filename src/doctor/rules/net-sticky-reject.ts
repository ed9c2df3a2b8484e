import { rejectCause } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { isRegistered } from './radio.ts'
import { isSeen, seen } from './seen.ts'

/** A refusal that the modem remembers until the SIM is powered down (MODE-47): resets do not clear it. */
export const netStickyReject: Rule = {
  id: 'net-sticky-reject',
  explains: ['net-plmn-reject', 'net-not-registered', 'sim-not-active'],
  judge(facts) {
    const weight = isRegistered(facts) ? strength.sign + strength.hint : strength.proof
    const remembered = seen(facts, { 'network-forbidden': weight })
    if (remembered.length > 0) return judgement(remembered, ['registration'])
    if (!isSeen(facts, 'resets-do-not-help')) return undefined
    const refused = [...rejects(facts), ...seen(facts, { 'never-registers': strength.hint })]
    if (refused.length === 0) return undefined
    return judgement([...seen(facts, { 'resets-do-not-help': strength.strong }), ...refused], ['registration'])
  },
}

function rejects(facts: Facts): Point[] {
  return facts.of('registration').flatMap((fact) => {
    const { reject, stat } = fact.value
    if (reject === undefined) return stat === 3 ? [point(strength.sign, 'the registration is denied', fact)] : []
    if (rejectCause(reject)?.sticky !== true) return []
    return [point(strength.sign, `cause ${reject} is remembered until the SIM is powered down`, fact)]
  })
}

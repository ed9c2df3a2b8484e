import { judgement, point, type Rule, strength } from '../rule.ts'
import { comesAndGoes } from './sessions.ts'
import { seen, seenTogether } from './seen.ts'

/** Two live clients share an id and throw each other out. From one and the same address it is the device's own stale session. */
export const mqttDuplicateClientId: Rule = {
  id: 'mqtt-duplicate-client-id',
  judge(facts) {
    const own = facts.of('takeover').some(({ value }) => value.address === 'same')
    const others = facts
      .of('takeover')
      .filter(({ value }) => value.address === 'other')
      .map((fact) => point(strength.sign, 'the two come from different addresses', fact))
    const said = seen(facts, {
      'same-client-id': strength.strong,
      'one-throws-out-the-other': strength.strong,
      'taken-over': own ? strength.hint : strength.strong,
      'connects-and-drops': strength.sign + strength.hint,
    })
    const fleet = seenTogether(facts, {
      'same-image-on-several': strength.strong,
      'connects-and-drops': strength.hint,
    })
    return judgement([...others, ...fleet, ...said, ...comesAndGoes(facts, strength.sign)], ['broker-log'])
  },
}

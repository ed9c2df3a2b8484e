import { judgement, point, type Rule, strength } from '../rule.ts'
import { comesAndGoes, pingsUnanswered } from './sessions.ts'
import { seen } from './seen.ts'

/** The session ends for silence, or the same device comes back before the broker has noticed that it was gone. */
export const mqttKeepaliveTimeout: Rule = {
  id: 'mqtt-keepalive-timeout',
  judge(facts) {
    const own = facts
      .of('takeover')
      .filter(({ value }) => value.address === 'same')
      .map((fact) => point(strength.strong, 'the session was taken over from the same address', fact))
    const said = seen(facts, { 'silent-too-long': strength.strong, 'connects-and-drops': strength.sign })
    return judgement(
      [...own, ...said, ...comesAndGoes(facts, strength.hint), ...pingsUnanswered(facts, strength.strong)],
      ['broker-log'],
    )
  },
}

import { judgement, type Rule, strength } from '../rule.ts'
import { answered } from './numbers.ts'
import { seen } from './seen.ts'

/** User name, password or token are refused. */
export const mqttBadCredentials: Rule = {
  id: 'mqtt-bad-credentials',
  judge: (facts) => {
    const said = answered(facts, [4, 0x86, 0x8c], strength.strong, 'user name or password')
    return judgement(
      [...said, ...seen(facts, { 'wrong-password': strength.strong, 'token-expired': strength.sign + strength.hint })],
      ['broker-log'],
    )
  },
}

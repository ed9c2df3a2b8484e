import { judgement, type Rule, strength } from '../rule.ts'
import { answered, met } from './numbers.ts'
import { seen } from './seen.ts'

/** Authenticated, and not authorised. AWS IoT sends no CONNACK then and closes (MQTT-04). */
export const brokerPolicyDenies: Rule = {
  id: 'broker-policy-denies',
  judge: (facts) =>
    judgement(
      [
        ...answered(facts, [5, 0x87, 0x8a], strength.strong, 'not authorised'),
        ...answered(facts, [2, 0x85], strength.sign, 'this client id is not allowed'),
        ...seen(facts, { 'policy-forbids': strength.strong, 'closed-without-connack': strength.sign + strength.hint }),
        ...met(facts, 'closed', strength.hint),
      ],
      ['broker-log'],
    ),
}

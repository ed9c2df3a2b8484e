import { judgement, type Rule, strength } from '../rule.ts'
import { answered } from './numbers.ts'
import { seen } from './seen.ts'

/** TLS is fine, and the cloud does not know the certificate or the device. */
export const clientCertNotRegistered: Rule = {
  id: 'client-cert-not-registered',
  explains: ['broker-policy-denies'],
  judge: (facts) => {
    const said = seen(facts, { 'not-registered-there': strength.strong, 'closed-without-connack': strength.hint })
    return judgement([...said, ...answered(facts, [5, 0x87], strength.hint, 'not authorised')], ['broker-log'])
  },
}

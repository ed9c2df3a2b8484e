import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { isSeen, seen } from './seen.ts'

/** The listener is not what its owner thinks: every device fails. */
export const brokerConfig: Rule = {
  id: 'broker-config',
  explains: [
    'client-cert-missing',
    'broker-does-not-trust-client-chain',
    'plain-on-tls-port',
    'net-blocked',
    'server-ca-rotated',
  ],
  judge(facts) {
    const said = seen(facts, {
      'listener-misconfigured': strength.strong,
      'config-not-in-force': strength.strong,
      'chain-incomplete': strength.strong,
      'no-certificate-wanted': strength.hint,
      'other-broker-works': strength.sign + strength.hint / 2,
      'tls-lines-commented-out': strength.sign + strength.hint,
    })
    return judgement([...said, ...contradicts(facts)], ['broker-log'])
  },
}

/** It asks for what its configuration says is not wanted: then another configuration is in force. */
function contradicts(facts: Facts): Point[] {
  if (!isSeen(facts, 'no-certificate-wanted')) return []
  return facts
    .of('distrust')
    .filter(({ value }) => value.by === 'broker' && value.why === 'missing')
    .map((fact) => point(strength.strong, 'it asks for a client certificate although that is switched off', fact))
}

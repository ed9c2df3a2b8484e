import { judgement, type Rule, strength } from '../rule.ts'
import { arrived } from './arrived.ts'
import { met, nativeMeans } from './numbers.ts'
import { seen } from './seen.ts'

/** The name has an address, and nothing answers at that port: no route, a firewall, a broker that is down. */
export const netBlocked: Rule = {
  id: 'net-blocked',
  judge(facts) {
    // Whoever exchanged certificates was connected.
    if (facts.of('distrust').length + facts.of('key-mismatch').length > 0) return undefined
    const said = seen(facts, { 'port-closed': strength.strong, 'other-network-works': strength.hint })
    const numbers = [
      ...met(facts, 'no-answer', strength.sign + strength.hint),
      ...met(facts, 'tls-or-refused', strength.hint / 2),
      ...met(facts, 'closed', strength.hint / 2),
      ...nativeMeans(facts, 'unreachable', strength.strong),
    ]
    const open = [...seen(facts, { 'port-open': -strength.sign }), ...arrived(facts, -strength.sign)]
    return judgement([...said, ...numbers, ...open], ['port', 'broker-log'])
  },
}

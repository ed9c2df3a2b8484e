import { judgement, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** No TLS where TLS is expected, or the reverse: the first bytes tell. */
export const plainOnTlsPort: Rule = {
  id: 'plain-on-tls-port',
  explains: ['tls-version-mismatch'],
  judge: (facts) =>
    judgement(seen(facts, { 'plain-on-tls': strength.strong, 'tls-lines-commented-out': strength.sign }), [
      'broker-log',
    ]),
}

import { judgement, point, type Rule, strength } from '../rule.ts'
import { met, nativeMeans } from './numbers.ts'
import { seen } from './seen.ts'

/** No version or no suite in common. The alert of a failed handshake may mean a client certificate as well. */
export const tlsVersionMismatch: Rule = {
  id: 'tls-version-mismatch',
  judge(facts) {
    const alerts = facts
      .of('alert')
      .map((fact) => point(strength.sign, 'alert 40: nothing in common, or something needed was not shown', fact))
    const said = seen(facts, { 'no-common-version': strength.strong, 'no-common-suite': strength.strong })
    const numbers = [...met(facts, 'suite', strength.hint), ...met(facts, 'tls-version', strength.sign)]
    const native = [...nativeMeans(facts, 'suite', strength.strong), ...nativeMeans(facts, 'version', strength.proof)]
    return judgement([...said, ...alerts, ...numbers, ...native], ['served-chain'])
  },
}

import { judgement, point, type Rule, strength } from '../rule.ts'
import { credentialNumbers, setOf } from './absence.ts'
import { seen } from './seen.ts'
import { endedRoots } from './ended-roots.ts'
import { deviceDistrusts, notTheCa } from './distrust.ts'

/** The device does not trust the server's chain. Which root is stored, only a digest or the file tells. */
export const credWrongCa: Rule = {
  id: 'cred-wrong-ca',
  judge(facts) {
    const held = setOf(facts)?.states[0]?.state
    const numbers = credentialNumbers(facts).slice(0, 2)
    const stored =
      held?.is === 'held' && numbers.length > 0
        ? held.from.slice(0, 1).map((fact) => point(strength.hint / 2, 'a root CA is stored, and TLS fails', fact))
        : []
    const differs = facts
      .of('slot')
      .filter(({ value }) => value.type === 0 && value.is === 'differs')
      .map((fact) => point(strength.strong, 'another root CA is stored than the one that is wanted', fact))
    const said = seen(facts, { 'root-not-the-issuer': strength.sign + strength.hint })
    const points = [
      ...deviceDistrusts(facts),
      ...endedRoots(facts),
      ...said,
      ...differs,
      ...stored,
      ...numbers,
      ...notTheCa(facts),
    ]
    return judgement(points, ['broker-log', 'listing', 'served-chain'])
  },
}

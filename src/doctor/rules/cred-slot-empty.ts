import { judgement, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'
import { credentialNumbers, emptyTag, setOf, typesThat } from './absence.ts'

/** The tag holds nothing. The failure is local: the number comes at once, and the broker sees nothing, or a connection that ends. */
export const credSlotEmpty: Rule = {
  id: 'cred-slot-empty',
  judge(facts) {
    // CMNG-15: what is listed is there, whatever a number says.
    if (typesThat(setOf(facts), 'held').length > 0) return undefined
    const empty = emptyTag(facts)
    const cured = facts
      .of('history')
      .filter((fact) => fact.value.what === 'rewrite-cures')
      .map((fact) => point(strength.sign, 'writing the credentials again cures it', fact))
    const alerts = facts
      .of('distrust')
      .map((fact) => point(-strength.sign, 'TLS got as far as certificates, so something is stored', fact))
    const told = seen(facts, {
      'credentials-gone': strength.strong,
      'download-never-starts': strength.sign + strength.hint,
    })
    const points = [...empty, ...told, ...credentialNumbers(facts).slice(0, 2), ...cured, ...alerts]
    return judgement(points, ['control', 'listing', 'supply', 'tag-in-use'])
  },
}

import { judgement, point, type Rule, strength } from '../rule.ts'
import { holding } from './content.ts'
import { isSeen, seen } from './seen.ts'

/** What is stored is no certificate and no key, whatever its form. On old firmware it can keep the library from starting (LOSS-46). */
export const credContentMalformed: Rule = {
  id: 'cred-content-malformed',
  explains: ['modem-init-failed', 'cred-wrong-ca', 'key-cert-mismatch'],
  judge(facts) {
    const said = seen(facts, { 'no-valid-content': strength.strong })
    const start = facts
      .of('failure')
      .filter(({ value }) => value.call === 'start' && isSeen(facts, 'no-valid-content'))
      .map((fact) => point(strength.strong, 'and the library does not start over it', fact))
    return judgement([...said, ...start, ...holding(facts, 'nothing-valid', strength.proof)], ['files', 'listing'])
  },
}

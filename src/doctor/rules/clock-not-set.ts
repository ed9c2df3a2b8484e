import { judgement, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** A stack that checks dates, and a clock that does not know them yet (MODE-43). */
export const clockNotSet: Rule = {
  id: 'clock-not-set',
  explains: ['cred-wrong-ca', 'server-ca-rotated'],
  judge: (facts) =>
    judgement(
      seen(facts, {
        'not-yet-valid': strength.strong,
        'clock-wrong': strength.sign + strength.hint,
        'first-attempt-fails': strength.sign,
      }),
      ['log'],
    ),
}

import { judgement, type Rule, strength } from '../rule.ts'
import { failed, met, nativeMeans } from './numbers.ts'
import { seen } from './seen.ts'

/** The name is not resolved, so nobody was connected to. */
export const dnsFailure: Rule = {
  id: 'dns-failure',
  judge: (facts) =>
    judgement(
      [
        ...failed(facts, 'name', strength.strong, 'the name was not resolved'),
        ...seen(facts, { 'name-not-resolved': strength.strong }),
        ...met(facts, 'name', strength.sign),
        ...nativeMeans(facts, 'name', strength.proof),
      ],
      ['bearer', 'log'],
    ),
}

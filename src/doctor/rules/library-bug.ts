import { judgement, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** It depends on a version, and a fix exists. */
export const libraryBug: Rule = {
  id: 'library-bug',
  judge: (facts) =>
    judgement(
      seen(facts, {
        'version-dependent': strength.strong,
        'download-never-starts': strength.hint,
        'application-faulted': strength.sign,
      }),
      ['build', 'log'],
    ),
}

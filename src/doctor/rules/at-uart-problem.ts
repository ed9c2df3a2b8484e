import { judgement, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** The serial path, and nothing behind it. */
export const atUartProblem: Rule = {
  id: 'at-uart-problem',
  explains: ['cred-slot-empty', 'cred-store-corrupt', 'pem-format', 'pem-line-endings'],
  judge: (facts) =>
    judgement(
      seen(facts, {
        'serial-path-odd': strength.strong,
        'flow-control-missing': strength.sign + strength.hint,
        'at-unanswered': strength.sign + strength.hint,
        'write-hangs': strength.hint,
      }),
      ['serial-path'],
    ),
}

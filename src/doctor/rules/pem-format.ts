import { typeName } from '../../terms/index.ts'
import { judgement, point, type Rule, strength } from '../rule.ts'
import { isAboutLineEnds } from '../read/pem-fault.ts'
import { holding } from './content.ts'
import { seen } from './seen.ts'
import { refusedWith } from './refused-write.ts'

/** From here on a refusal names its reason (CME-12 and what follows); this one is the text itself. */
const firstOfStore = 513
const notValid = 527

/** What was written is malformed: the command shows it, or a firmware that checks refuses it. */
export const pemFormat: Rule = {
  id: 'pem-format',
  explains: ['cred-slot-empty', 'cred-set-incomplete', 'cred-wrong-ca', 'key-cert-mismatch'],
  judge(facts) {
    const faults = facts.of('written').flatMap((fact) => {
      const { fault, type, end, code } = fact.value
      // Line ends have a rule of their own.
      if (fault === undefined || isAboutLineEnds(fault)) return []
      // Nothing was written, and the modem says why.
      if (code !== undefined && code >= firstOfStore && code !== notValid) return []
      // PEM-14: old firmware answers OK to it all the same.
      const weight = { refused: strength.strong + 1, open: strength.strong, ok: strength.sign }[end]
      return [point(weight, `the ${typeName(type)} was written with a fault: ${fault}`, fact)]
    })
    const refused = refusedWith(facts, notValid, 'what was to be written is no valid certificate')
    return judgement(
      [
        ...refused,
        ...faults,
        ...holding(facts, 'form-wrong', strength.proof),
        ...seen(facts, { 'text-form-wrong': strength.strong, 'digest-differs': strength.sign }),
      ],
      ['listing', 'files'],
    )
  },
}

import { typeName } from '../../terms/index.ts'
import { judgement, point, type Rule, strength } from '../rule.ts'
import { isAboutLineEnds } from '../read/pem-fault.ts'
import { holding } from './content.ts'
import { seen } from './seen.ts'

/** The text is right but for its line ends: CR, CR LF, or none at all (PEM-14, PEM-20, PEM-28). */
export const pemLineEndings: Rule = {
  id: 'pem-line-endings',
  explains: ['pem-format', 'cred-wrong-ca', 'cred-content-malformed', 'cred-slot-empty'],
  judge(facts) {
    const written = facts
      .of('written')
      .filter(({ value }) => isAboutLineEnds(value.fault ?? ''))
      .map((fact) =>
        point(strength.strong, `the ${typeName(fact.value.type)} was written with a fault: ${fact.value.fault}`, fact),
      )
    const stored = holding(facts, 'no-line-ends', strength.proof)
    return judgement(
      [
        ...seen(facts, { 'line-ends-wrong': strength.strong, 'digest-differs': strength.sign + strength.hint }),
        ...written,
        ...stored,
      ],
      ['listing', 'files'],
    )
  },
}

import { typeName } from '../../terms/index.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'
import { credentialNumbers, namesOf, setOf, typesThat } from './absence.ts'

/** Some of the set is there, and some is not. Without a client certificate and key a set may still be whole, if the broker asks for none. */
export const credSetIncomplete: Rule = {
  id: 'cred-set-incomplete',
  explains: ['client-cert-missing', 'cred-wrong-ca'],
  judge(facts) {
    const set = setOf(facts)
    const [held, absent] = [typesThat(set, 'held'), typesThat(set, 'absent')]
    const refused = facts
      .of('written')
      .filter(({ value }) => value.end === 'refused' && facts.of('written').some((other) => other.value.end === 'ok'))
      .map((fact) =>
        point(strength.sign, `the ${typeName(fact.value.type)} was refused, and others were written`, fact),
      )
    const said = seen(facts, { 'set-incomplete-told': strength.strong })
    const [fact] = absent[0]?.state.from ?? []
    if (set === undefined || held.length === 0 || fact === undefined)
      return judgement(
        [...said, ...refused, ...(said.length + refused.length > 0 ? credentialNumbers(facts).slice(0, 2) : [])],
        ['listing', 'broker-log'],
      )
    const wanted = absent.some(({ state }) => state.from.some(({ kind }) => kind === 'slot'))
    const onlyCa = !wanted && held.every(({ type }) => type === 0)
    const asksForOne = facts.of('distrust').filter(({ value }) => value.by === 'broker' && value.why === 'missing')
    const missing = point(
      onlyCa ? strength.sign : strength.proof,
      `tag ${set.tag} holds ${namesOf(held)}, and not ${namesOf(absent)}`,
      fact,
    )
    const broker: Point[] = asksForOne.map((fact) =>
      point(strength.strong, 'the broker asks for a client certificate and gets none', fact),
    )
    return judgement([missing, ...said, ...broker, ...credentialNumbers(facts).slice(0, 2)], ['listing', 'broker-log'])
  },
}

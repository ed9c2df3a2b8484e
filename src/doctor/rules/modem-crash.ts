import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { met } from './numbers.ts'
import { seen } from './seen.ts'

/** The modem crashed at run time; after it every other number is its echo. */
export const modemCrash: Rule = {
  id: 'modem-crash',
  explains: ['modem-init-failed', 'net-not-registered', 'dns-failure', 'app-config'],
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, { 'modem-crashed': strength.strong, 'at-times-minus-one': strength.hint }),
        ...libraryGone(facts),
        ...met(facts, 'library', strength.hint),
      ],
      ['log'],
    ),
}

/** ERR-104: -1 is what a library gives that is not there any more; from two interfaces it is no accident. */
function libraryGone(facts: Facts): Point[] {
  return facts.of('failure').flatMap((fact): Point[] => {
    const { number, call } = fact.value
    if (number !== -1 || (call !== 'at' && call !== 'link')) return []
    const words = `${call === 'at' ? 'the AT interface' : 'the link control'} gives -1: the library is not started, or the modem crashed`
    return [point(call === 'at' ? strength.strong : strength.sign, words, fact)]
  })
}

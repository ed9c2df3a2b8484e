import { functionalMode } from '../../numbers/index.ts'
import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { setOf, typesThat } from './absence.ts'
import { answered } from './numbers.ts'
import { isSeen, seen } from './seen.ts'
import { refusedWith } from './refused-write.ts'

/**
 * The order of things, or how they are set. 518: something was to be written while the modem was active. It is `app-config` and no cause of the store, because tag, text
 * and store are fine: whoever wrote, an application or a person, did things in the wrong order.
 */
export const appConfig: Rule = {
  id: 'app-config',
  explains: ['cred-slot-empty', 'cred-set-incomplete', 'cred-lost-after-power-event'],
  judge(facts) {
    const refused = refusedWith(facts, 518, 'not while the modem is active').map((found) =>
      missesSince(facts) ? { ...found, weight: strength.sign } : found,
    )
    const said = seen(facts, {
      'order-wrong': strength.sign + strength.hint,
      'written-before-start': strength.proof + strength.sign,
      'command-not-known': strength.sign,
      'stops-at-the-jump': strength.sign,
      'application-faulted': strength.hint,
    })
    const argument = [
      ...badArgument(facts),
      ...answered(facts, [1], strength.sign, 'the client speaks a version of MQTT that this broker does not'),
    ]
    if (refused.length + said.length + argument.length === 0) return undefined
    const active = facts
      .of('mode')
      .filter(({ value }) => functionalMode(value.mode).writing === 'active')
      .map((fact) => point(strength.hint, `CFUN was ${fact.value.mode}`, fact))
    return judgement([...refused, ...(refused.length > 0 ? active : []), ...said, ...argument], ['listing', 'log'])
  },
}

/** Behind the refusal a part of the set is seen to be missing, and connections fail: then that part is what is to be mended. */
function missesSince(facts: Facts): boolean {
  const set = setOf(facts)
  return facts.connects.length > 0 && typesThat(set, 'held').length > 0 && typesThat(set, 'absent').length > 0
}

/** EINVAL in every numbering (ERR-33): a call does not take what it was given. */
function badArgument(facts: Facts): Point[] {
  return facts
    .of('failure')
    .filter(({ value }) => Math.abs(value.number) === 22 && (value.call === 'other' || value.call === 'connect'))
    .map((fact) =>
      point(
        isSeen(facts, 'version-dependent') ? strength.hint : strength.sign,
        `${fact.value.number} is EINVAL: a call does not take what it was given`,
        fact,
      ),
    )
}

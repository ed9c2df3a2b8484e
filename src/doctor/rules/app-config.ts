import { functionalMode } from '../../numbers/index.ts'
import { judgement, point, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'
import { silentJump } from './wrong-image-or-target.ts'
import { refusedWith } from './refused-write.ts'

/**
 * The order of things, or how they are set. 518: something was to be written while the modem was active. It is `app-config` and no cause of the store, because tag, text
 * and store are fine: whoever wrote, an application or a person, did things in the wrong order.
 */
export const appConfig: Rule = {
  id: 'app-config',
  explains: ['cred-slot-empty', 'cred-set-incomplete', 'cred-lost-after-power-event'],
  judge(facts) {
    const refused = refusedWith(facts, 518, 'not while the modem is active')
    const said = seen(facts, {
      'order-wrong': strength.sign + strength.hint,
      'command-not-known': strength.sign,
      'application-faulted': strength.hint,
    })
    const jump = silentJump(facts, strength.sign)
    if (refused.length + said.length + jump.length === 0) return undefined
    const active = facts
      .of('mode')
      .filter(({ value }) => functionalMode(value.mode).writing === 'active')
      .map((fact) => point(strength.hint, `CFUN was ${fact.value.mode}`, fact))
    return judgement([...refused, ...(refused.length > 0 ? active : []), ...said, ...jump], ['listing', 'log'])
  },
}

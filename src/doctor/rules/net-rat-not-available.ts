import type { Facts } from '../gather.ts'
import { judgement, point, type Point, type Rule, strength } from '../rule.ts'
import { tlsBegan } from './numbers.ts'
import { isRegistered } from './radio.ts'
import { seen } from './seen.ts'

/** The device asks for LTE-M where there is only NB-IoT, or the reverse. */
export const netRatNotAvailable: Rule = {
  id: 'net-rat-not-available',
  explains: ['net-not-registered'],
  judge: (facts) =>
    judgement(
      [
        ...seen(facts, {
          // Who is in the network by one radio needs no other.
          'one-radio-only': isRegistered(facts) ? strength.hint / 2 : strength.strong,
          'never-registers': strength.hint,
          ...(tlsBegan(facts) ? {} : { 'place-changed': strength.sign }),
        }),
        ...otherMode(facts),
      ],
      ['system-mode', 'registration'],
    ),
}

/** It searched in one system mode and registered in the next. */
function otherMode(facts: Facts): Point[] {
  const modes = facts.of('system-mode')
  return modes.flatMap((mode, index) => {
    const before = modes[index - 1]
    if (before === undefined || before.from.evidence !== mode.from.evidence) return []
    const heard = facts.of('registration').filter(({ from }) => from.evidence === mode.from.evidence)
    const searched = heard.some(({ turn, value }) => turn < mode.turn && value.stat !== 1 && value.stat !== 5)
    const there = heard.some(({ last, value }) => last >= mode.turn && (value.stat === 1 || value.stat === 5))
    const words = 'after a change of the system mode it registered at once'
    return searched && there ? [point(strength.strong, words, mode)] : []
  })
}

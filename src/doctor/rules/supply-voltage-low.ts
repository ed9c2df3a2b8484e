import { judgement, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'
import { refusedWith } from './refused-write.ts'

/** The modem refuses to write at a low supply, to spare its store. */
export const supplyVoltageLow: Rule = {
  id: 'supply-voltage-low',
  explains: ['cred-slot-empty', 'cred-set-incomplete', 'cred-lost-after-power-event'],
  judge: (facts) =>
    judgement(
      [
        ...refusedWith(facts, 528, 'the power-off warning is active'),
        ...seen(facts, { 'supply-weak': strength.sign + strength.hint }),
      ],
      ['supply'],
    ),
}

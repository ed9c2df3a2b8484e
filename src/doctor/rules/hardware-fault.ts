import { judgement, type Rule, strength } from '../rule.ts'
import { seen } from './seen.ts'

/** Board, supply or module: one unit, and nothing in software differs. */
export const hardwareFault: Rule = {
  id: 'hardware-fault',
  explains: ['net-not-registered', 'net-rat-not-available', 'sim-failure', 'modem-init-failed'],
  judge: (facts) =>
    judgement(
      seen(facts, {
        'hardware-suspect': strength.strong,
        'one-unit': strength.hint + strength.hint / 2,
        'debug-access-lost': strength.sign + strength.hint / 2,
        'supply-weak': strength.sign,
      }),
      ['supply', 'sim'],
    ),
}

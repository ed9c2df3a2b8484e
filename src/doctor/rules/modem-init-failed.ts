import { judgement, point, type Rule, strength } from '../rule.ts'
import { failed, met } from './numbers.ts'
import { seen } from './seen.ts'

/** EHOSTDOWN in each numbering (ERR-56, ERR-90). */
const hostDown = new Set([117, 67, 112])

/** The modem, or its library, does not start. */
export const modemInitFailed: Rule = {
  id: 'modem-init-failed',
  explains: ['net-not-registered', 'dns-failure', 'app-memory-or-buffer'],
  judge: (facts) =>
    judgement(
      [
        ...failed(facts, 'start', strength.strong, 'the modem library did not start'),
        ...seen(facts, {
          'library-does-not-start': strength.strong,
          'at-times-minus-one': strength.hint,
          'at-unanswered': strength.sign,
        }),
        ...met(facts, 'library', strength.sign),
        ...facts
          .of('failure')
          .filter(({ value }) => value.call === 'at' && hostDown.has(Math.abs(value.number)))
          .map((fact) =>
            point(strength.strong, `the AT interface gives ${fact.value.number}: the modem does not answer`, fact),
          ),
      ],
      ['log'],
    ),
}

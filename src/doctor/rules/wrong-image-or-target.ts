import type { Facts } from '../gather.ts'
import { judgement, type Point, point, type Rule, strength } from '../rule.ts'
import { isSeen, seen, seenTogether } from './seen.ts'

/** A tool wrote what it was told to where it was told to, and reported success; and the device is mute since. */
export const wrongImageOrTarget: Rule = {
  id: 'wrong-image-or-target',
  explains: ['modem-init-failed', 'hardware-fault', 'modem-crash', 'sim-failure', 'net-not-registered'],
  judge: (facts) =>
    judgement(
      [
        ...seenTogether(facts, { 'success-told': strength.sign, 'dead-since': strength.sign }),
        ...seen(facts, {
          'wrong-target': isSeen(facts, 'image-written', 'dead-since') ? strength.strong : strength.sign,
        }),
        ...seenTogether(facts, { 'image-written': strength.hint, 'dead-since': strength.sign }),
        ...testImage(facts),
        ...seen(facts, {
          'no-image-there': strength.strong,
          'debug-access-lost': strength.hint,
          'stops-at-the-jump': strength.sign + strength.hint,
          'other-chip-answers': strength.sign + strength.hint,
        }),
      ],
      ['image'],
    ),
}

/** COMPAT-86: chips come with it, and it serves no SIM. */
function testImage(facts: Facts): Point[] {
  return facts
    .of('mfw')
    .filter(({ value }) => value.text.startsWith('mfw-pti'))
    .map((fact) => point(strength.proof, "the modem runs the test image of the chip's production", fact))
}

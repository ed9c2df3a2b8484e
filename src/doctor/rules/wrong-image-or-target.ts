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
        ...(isSeen(facts, 'image-written', 'dead-since') ? seen(facts, { 'wrong-target': strength.strong }) : []),
        ...seenTogether(facts, { 'image-written': strength.hint, 'dead-since': strength.sign }),
        ...silentJump(facts, strength.sign + strength.hint),
        ...testImage(facts),
        ...seen(facts, { 'no-image-there': strength.strong, 'other-chip-answers': strength.sign + strength.hint }),
      ],
      ['image'],
    ),
}

/** The last that is heard is the boot loader's: there is no application where it jumps to, or it ends in a fault at once. */
export function silentJump(facts: Facts, weight: number): Point[] {
  const heard = facts.of('boot')
  const last = facts
    .of('seen')
    .filter(({ value, last }) => value.sign === 'stops-at-the-jump' && heard.every((boot) => boot.last < last))
  return last.length === 0 ? [] : seen(facts, { 'stops-at-the-jump': weight })
}

/** COMPAT-70: chips come with it, and it serves no SIM. */
function testImage(facts: Facts): Point[] {
  return facts
    .of('mfw')
    .filter(({ value }) => value.text.startsWith('mfw-pti'))
    .map((fact) => point(strength.proof, "the modem runs the test image of the chip's production", fact))
}

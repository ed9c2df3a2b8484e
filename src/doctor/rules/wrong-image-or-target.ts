import { judgement, type Rule, strength } from '../rule.ts'
import { isSeen, seen, seenTogether } from './seen.ts'

/** A tool wrote what it was told to where it was told to, and reported success; and the device is mute since. */
export const wrongImageOrTarget: Rule = {
  id: 'wrong-image-or-target',
  explains: ['modem-init-failed', 'hardware-fault', 'modem-crash'],
  judge: (facts) =>
    judgement(
      [
        ...seenTogether(facts, { 'success-told': strength.sign, 'dead-since': strength.sign }),
        ...(isSeen(facts, 'image-written', 'dead-since') ? seen(facts, { 'wrong-target': strength.strong }) : []),
        ...seenTogether(facts, { 'image-written': strength.hint, 'dead-since': strength.sign }),
      ],
      ['image'],
    ),
}
